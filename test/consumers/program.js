/** What each consumer runs: a little of the package, with values that only a working one gives. */
import { CapacityError, capabilities, HashMap, HashSet, hash, SnapshotError } from 'tophash';

export function run() {
  const rows = 5000;
  const keys = Uint32Array.from({ length: rows }, (_, i) => Math.imul(i, 0x9e3779b1));
  const squares = Float64Array.from(keys, (_, i) => i * i);
  const map = new HashMap({ key: 'u32', value: 'f64', seed: 1 });
  map.putAll(keys, squares);
  const { values, hits } = map.getAll(keys);
  const words = new HashMap({ key: 'string', value: 'u32' });
  words.putAll('to be or not to be'.split(' '), 1, 'add');
  const wide = new HashMap({ key: 'i64', value: 'any' }).set(-1n, 'minus one');
  const set = HashSet.from([1, 2, 3], { key: 'f64' }).union(new Set([3, 4]));
  const errors = [
    () => HashMap.restore(new Uint8Array(9)),
    () => new HashMap({ key: 'u32', value: 'u32', maxBytes: 9 }).set(1, 1),
  ];
  return {
    size: map.size,
    hits,
    sum: values.reduce((a, b) => a + b),
    restored: HashMap.restore(map.snapshot(), { key: 'u32', value: 'f64' }).get(keys[70]),
    words: [...words].map(([word, count]) => `${word} ${count}`).sort(),
    wide: wide.get(-1n),
    set: [...set].sort(),
    hash: hash.bytes('tophash', 7),
    wideHash: String(hash.bytes64('tophash', 7)),
    errors: errors.map((act) => {
      try {
        act();
      } catch (error) {
        return error instanceof SnapshotError
          ? 'SnapshotError'
          : error instanceof CapacityError
            ? 'CapacityError'
            : `${error}`;
      }
      return 'none';
    }),
    simd: capabilities().simd,
  };
}
