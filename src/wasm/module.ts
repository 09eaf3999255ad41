// The wasm modules: compiled at their first use, once for each kind of memory.

import type { Source } from './source.js';

/** By their sources: those for unshared memory, and those for shared. */
const compiled = [new Map<Source, WebAssembly.Module>(), new Map<Source, WebAssembly.Module>()] as const;

/** The compiled module. `shared` says which kind of memory it imports. */
export function moduleFor(source: Source, shared: boolean): WebAssembly.Module {
  if (typeof WebAssembly === 'undefined') {
    throw new Error('tophash needs WebAssembly, which this host has switched off (node --jitless does)');
  }
  const modules = compiled[shared ? 1 : 0];
  let module = modules.get(source);
  if (module === undefined) {
    module = source.compile(shared);
    modules.set(source, module);
  }
  return module;
}
