import { HashMap } from 'tophash';

/** One call for each draw to read, one to write. */
export default {
  create: () => new HashMap({ key: 'u32', value: 'u32' }),
  /**
   * @param {HashMap<'u32', 'u32'>} map
   * @param {Uint32Array} draws
   */
  count(map, draws) {
    for (let i = 0; i < draws.length; i++) map.set(draws[i], (map.get(draws[i]) ?? 0) + 1);
  },
  entries: (/** @type {HashMap<'u32', 'u32'>} */ map) => map,
  bytes: (/** @type {HashMap<'u32', 'u32'>} */ map) => map.stats().bytes,
  dispose: (/** @type {HashMap<'u32', 'u32'>} */ map) => map.dispose(),
};
