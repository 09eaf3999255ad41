import { loops } from '../loops.js';
import { byRows } from './loops.js';

export default byRows({
  create: () => /** @type {Map<number, number>} */ (new Map()),
  count: (map, key) => map.set(key, (map.get(key) ?? 0) + 1),
  set: (map, key, value) => map.set(key, value),
  get: (map, key) => map.get(key),
  columns: loops.columns,
});
