import { useKernels } from '../kernels.js';
import { batches } from '../batches.js';

await useKernels();
/** Columns of bytes, as they are. */
export default batches('string', 'u32');
