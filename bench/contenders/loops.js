/**
 * Columns worked through one key at a time: the part that is the same for everything that looks
 * like a `Map`. A process loads one contender only, so these call sites see one class only.
 *
 * Answers are summed as they come, which is less work than storing them: what a batch is compared
 * with is a loop at its best.
 */

/**
 * @typedef {object} MapLike
 * @property {(key: any) => number | undefined} get
 * @property {(key: any) => boolean} has
 * @property {(key: any, value: number) => unknown} set
 * @property {(key: any) => boolean} delete
 */

/** @typedef {import('../rows/map-data.js').Lookup} Lookup */

export const loops = {
  /**
   * @param {MapLike} map
   * @param {ArrayLike<any>} keys
   * @param {ArrayLike<number>} values
   */
  fill(map, keys, values) {
    for (let i = 0; i < keys.length; i++) map.set(keys[i], values[i]);
  },

  /**
   * @param {MapLike} map
   * @param {Lookup} lookup
   */
  get(map, lookup) {
    const { keys } = lookup;
    let sum = 0;
    for (let i = 0; i < keys.length; i++) {
      const value = map.get(keys[i]);
      if (value !== undefined) sum = (sum + value + 1) | 0;
    }
    lookup.checksum = sum;
  },

  /**
   * @param {MapLike} map
   * @param {Lookup} lookup
   */
  has(map, lookup) {
    const { keys } = lookup;
    let found = 0;
    for (let i = 0; i < keys.length; i++) if (map.has(keys[i])) found++;
    lookup.checksum = found;
  },

  /** @param {Iterable<[number, number]>} map */
  iterate(map) {
    let sum = 0;
    for (const [key, value] of map) sum = (sum + key + value) | 0;
    return sum;
  },

  /**
   * @param {{ size: number } & Iterable<[number, number]>} map
   * @returns {[keys: Uint32Array, values: Uint32Array]}
   */
  columns(map) {
    const keys = new Uint32Array(map.size);
    const values = new Uint32Array(map.size);
    let row = 0;
    for (const [key, value] of map) {
      keys[row] = key;
      values[row++] = value;
    }
    return [keys, values];
  },

  /**
   * @param {MapLike} map
   * @param {ArrayLike<any>} keys
   */
  remove(map, keys) {
    let removed = 0;
    for (let i = 0; i < keys.length; i++) if (map.delete(keys[i])) removed++;
    return removed;
  },
};
