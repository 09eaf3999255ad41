// What the package exports that needs maps: a file of its own in the package, as core.ts.

export { HashMap } from './hash-map.js';
export { HashSet } from './hash-set.js';
