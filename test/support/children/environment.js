/**
 * On a host that lacks something: prints what it can, what reading empty maps gives, and the errors of what needs wasm.
 */
import { capabilities, HashMap, HashSet, hash } from '../tophash.js';

const errorOf = (run) => {
  try {
    run();
    return null;
  } catch (error) {
    return { name: error.name, message: error.message };
  }
};

const map = new HashMap({ key: 'u32', value: 'f64' });
const set = new HashSet({ key: 'string' });
console.log(
  JSON.stringify({
    ...capabilities(),
    empty: [map.get(1) ?? null, map.size, set.has('a'), [...map].length],
    errors: {
      set: errorOf(() => map.set(1, 1)),
      putAll: errorOf(() => map.putAll(Uint32Array.of(1), 1)),
      add: errorOf(() => set.add('a')),
      'hash.u32': errorOf(() => hash.u32(Uint32Array.of(1))),
      'hash.bytes': errorOf(() => hash.bytes('a')),
      again: errorOf(() => map.set(1, 1)),
    },
    after: [map.size, set.size],
  }),
);
