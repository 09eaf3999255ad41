// The wasm modules: compiled at their first use, once for each kind of memory.

import type { Source } from './source.js';

const compiled = new Map<string, WebAssembly.Module>();

/** The compiled module. `shared` says which kind of memory it imports. */
export function moduleFor(source: Source, shared: boolean): WebAssembly.Module {
  if (typeof WebAssembly === 'undefined') {
    throw new Error('tophash needs WebAssembly, which this host has switched off (node --jitless does)');
  }
  const key = `${source.name} ${shared}`;
  let module = compiled.get(key);
  if (module === undefined) {
    module = source.compile(shared);
    compiled.set(key, module);
  }
  return module;
}
