import { HashMap } from 'tophash';

/** From the columns, into an empty map. */
export default {
  /**
   * @param {Uint32Array} keys
   * @param {Uint32Array} values
   */
  prepare: (keys, values) => [keys, values],
  /** @param {[Uint32Array, Uint32Array]} columns */
  make: ([keys, values]) => HashMap.fromColumns(keys, values, { key: 'u32', value: 'u32' }),
  /** @param {HashMap<'u32', 'u32'>} map */
  dispose: (map) => map.dispose(),
};
