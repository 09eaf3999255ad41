export default {
  create: () => Object.create(null),
  /**
   * @param {Record<number, number>} counts
   * @param {Uint32Array} draws
   */
  count(counts, draws) {
    for (let i = 0; i < draws.length; i++) counts[draws[i]] = (counts[draws[i]] ?? 0) + 1;
  },
  /** @param {Record<number, number>} counts */
  *entries(counts) {
    for (const key in counts) yield /** @type {[number, number]} */ ([Number(key), counts[key]]);
  },
  bytes: () => undefined,
  dispose() {},
};
