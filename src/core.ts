// What the package exports that needs no map: a file of its own in the package, so that a bundler leaves out the maps
// and their wasm where only this is used.

export { type Capabilities, capabilities } from './capabilities.js';
export { AbortError, CapacityError, SnapshotError } from './errors.js';
export { hash } from './hash.js';
// What tophash/native (src/native/) needs of the core that it shares with tophash.
export { compileInlined, unpackInlined } from './wasm/inlined.js';
export { setNative } from './wasm/native.js';
export { runtime } from './wasm/runtime.js';
