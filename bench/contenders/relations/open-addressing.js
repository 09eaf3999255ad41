import table, { OpenAddressing } from '../u32/open-addressing.js';
import { byRows } from './loops.js';

export default byRows({
  create: (capacity) => new OpenAddressing(capacity),
  count: (map, key) => map.add(key, 1),
  set: (map, key, value) => map.set(key, value),
  get: (map, key) => map.get(key),
  columns: table.columns,
});
