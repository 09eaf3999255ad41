import { HashMap } from 'tophash';
import { loops } from './loops.js';

/**
 * tophash, one call for each key.
 * @param {import('tophash').KeyKind} key
 * @param {import('tophash').ValueKind} value
 * @returns {import('./index.js').Contender<HashMap<any, any>>}
 */
export const singles = (key, value) => ({
  ...loops,
  create: (capacity) => new HashMap({ key, value, capacity }),
  bytes: (map) => map.stats().bytes,
  dispose: (map) => map.dispose(),
});
