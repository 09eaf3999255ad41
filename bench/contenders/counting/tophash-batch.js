import singles from './tophash.js';

/** All draws in one call. */
export default {
  ...singles,
  /**
   * @param {import('tophash').HashMap<'u32', 'u32'>} map
   * @param {Uint32Array} draws
   */
  count(map, draws) {
    map.putAll(draws, 1, 'add');
  },
};
