import { singles } from './singles.js';

/**
 * tophash, one call for each column. The answers stay in columns that are allocated before the timed part
 * (`into`), and are summed after it.
 * @type {typeof singles}
 */
export const batches = (key, value) => ({
  ...singles(key, value),
  fill(map, keys, values) {
    map.putAll(keys, values);
  },
  get(map, lookup) {
    map.getAll(lookup.keys, lookup);
  },
  has(map, lookup) {
    map.hasAll(lookup.keys, lookup.found);
  },
  iterate(map) {
    const { keys, values } = map.columns();
    let sum = 0;
    for (let i = 0; i < keys.length; i++) sum = (sum + keys[i] + values[i]) | 0;
    return sum;
  },
  columns(map) {
    const { keys, values } = map.columns();
    return [keys, values];
  },
  remove: (map, keys) => map.deleteAll(keys),
  sumGet(lookup) {
    let sum = 0;
    lookup.found.forEach((found, i) => {
      if (found) sum = (sum + lookup.values[i] + 1) | 0;
    });
    lookup.checksum = sum;
  },
  sumHas(lookup) {
    lookup.checksum = lookup.found.reduce((sum, found) => sum + found, 0);
  },
});
