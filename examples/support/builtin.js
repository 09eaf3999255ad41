// The work of the batch calls, done with the built-in Map and Set: one loop each.

/** @typedef {Uint32Array | Float64Array} Column */

/**
 * A Map from two columns.
 * @param {Uint32Array | BigUint64Array} keys
 * @param {Column} values
 */
export function load(keys, values) {
  const map = new Map();
  for (let row = 0; row < keys.length; row++) map.set(keys[row], values[row]);
  return map;
}

/**
 * Fills `values` and a column of 1 (found) or 0, and counts the hits.
 * @param {Map<number, number>} map
 * @param {Uint32Array} keys
 * @param {Column} values
 */
export function getAll(map, keys, values) {
  const found = new Uint8Array(keys.length);
  let hits = 0;
  for (let row = 0; row < keys.length; row++) {
    const value = map.get(keys[row]);
    if (value === undefined) continue;
    values[row] = value;
    found[row] = 1;
    hits++;
  }
  return { values, found, hits };
}

/**
 * A column of 1 (there) or 0.
 * @param {Map<number, number>} map
 * @param {Uint32Array} keys
 */
export function hasAll(map, keys) {
  const found = new Uint8Array(keys.length);
  for (let row = 0; row < keys.length; row++) found[row] = map.has(keys[row]) ? 1 : 0;
  return found;
}

/**
 * How often each key occurs.
 * @param {Uint32Array | string[]} keys
 */
export function count(keys) {
  const map = new Map();
  for (const key of keys) map.set(key, (map.get(key) ?? 0) + 1);
  return map;
}

/**
 * Deletes the keys and returns the map.
 * @param {Map<number, number>} map
 * @param {Uint32Array} keys
 */
export function deleteAll(map, keys) {
  for (const key of keys) map.delete(key);
  return map;
}

/**
 * All entries as two columns.
 * @param {Map<number, number>} map
 */
export function columns(map) {
  const keys = new Uint32Array(map.size);
  const values = new Uint32Array(map.size);
  let row = 0;
  for (const [key, value] of map) {
    keys[row] = key;
    values[row++] = value;
  }
  return { keys, values };
}

/**
 * The keys of both sets. Node 20 has no Set.prototype.union.
 * @param {Set<number>} one
 * @param {Set<number>} other
 */
export function union(one, other) {
  const both = new Set(one);
  for (const key of other) both.add(key);
  return both;
}

/**
 * The keys that both sets have.
 * @param {Set<number>} one
 * @param {Set<number>} other
 */
export function intersection(one, other) {
  const both = new Set();
  for (const key of one) if (other.has(key)) both.add(key);
  return both;
}
