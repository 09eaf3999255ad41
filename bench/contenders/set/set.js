/** The built-in Set, with loops: Node 20 has none of its algebra yet. */
export default {
  /** @param {Uint32Array} keys */
  create: (keys) => new Set(keys),
  /**
   * @param {Set<number>} a
   * @param {Set<number>} b
   */
  union(a, b) {
    const result = new Set(a);
    for (const key of b) result.add(key);
    return result;
  },
  /**
   * @param {Set<number>} a
   * @param {Set<number>} b
   */
  intersection(a, b) {
    const result = new Set();
    for (const key of a) if (b.has(key)) result.add(key);
    return result;
  },
  dispose() {},
};
