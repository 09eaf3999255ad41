import { useKernels } from '../kernels.js';
import { batches } from '../batches.js';

await useKernels();
export default {
  ...batches('u32', 'u32'),
  rest(map) {
    while (map.maintain());
  },
};
