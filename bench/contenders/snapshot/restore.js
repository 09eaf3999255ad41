import { HashMap } from 'tophash';

/** From the bytes of a snapshot. */
export default {
  /**
   * @param {Uint32Array} keys
   * @param {Uint32Array} values
   */
  prepare(keys, values) {
    const map = HashMap.fromColumns(keys, values, { key: 'u32', value: 'u32' });
    const snapshot = map.snapshot();
    map.dispose();
    return snapshot;
  },
  /** @param {Uint8Array} snapshot */
  make: (snapshot) => HashMap.restore(snapshot),
  /** @param {HashMap<'u32', 'u32'>} map */
  dispose: (map) => map.dispose(),
};
