import { HashMap } from 'tophash';
import { loops } from './loops.js';

/**
 * One call for each key.
 * @type {import('./index.js').Contender<HashMap<'u32', 'u32'>>}
 */
export default {
  ...loops,
  create: (capacity) => new HashMap({ key: 'u32', value: 'u32', capacity }),
  bytesPerEntry: (map) => map.stats().bytesPerEntry,
  dispose: (map) => map.dispose(),
};
