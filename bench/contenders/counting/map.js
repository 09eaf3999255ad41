export default {
  create: () => new Map(),
  /**
   * @param {Map<number, number>} map
   * @param {Uint32Array} draws
   */
  count(map, draws) {
    for (let i = 0; i < draws.length; i++) map.set(draws[i], (map.get(draws[i]) ?? 0) + 1);
  },
  entries: (/** @type {Map<number, number>} */ map) => map,
  bytes: () => undefined,
  dispose() {},
};
