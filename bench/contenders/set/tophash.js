import { HashSet } from 'tophash';

/** Set against set, in one call. */
export default {
  /** @param {Uint32Array} keys */
  create: (keys) => HashSet.fromColumn(keys, { key: 'u32' }),
  /**
   * @param {HashSet<'u32'>} a
   * @param {HashSet<'u32'>} b
   */
  union: (a, b) => a.union(b),
  /**
   * @param {HashSet<'u32'>} a
   * @param {HashSet<'u32'>} b
   */
  intersection: (a, b) => a.intersection(b),
  /** @param {HashSet<'u32'>} set */
  dispose: (set) => set.dispose(),
};
