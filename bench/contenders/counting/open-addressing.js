import { OpenAddressing } from '../u32/open-addressing.js';

export default {
  create: () => new OpenAddressing(),
  /**
   * @param {OpenAddressing} map
   * @param {Uint32Array} draws
   */
  count(map, draws) {
    for (let i = 0; i < draws.length; i++) map.add(draws[i], 1);
  },
  /** @param {OpenAddressing} map */
  entries(map) {
    /** @type {[number, number][]} */
    const entries = [];
    map.forEach((value, key) => entries.push([key, value]));
    return entries;
  },
  bytes: (/** @type {OpenAddressing} */ map) => map.slots.byteLength,
  dispose() {},
};
