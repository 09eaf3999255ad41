// The wasm modules: decoded and compiled at their first use, once for each kind of memory.

import { inlined, type ModuleName } from './inlined.js';

const compiled = new Map<string, WebAssembly.Module>();

/** The compiled module. `shared` says which kind of memory it imports. */
export function moduleFor(name: ModuleName, shared: boolean): WebAssembly.Module {
  const key = `${name} ${shared}`;
  let module = compiled.get(key);
  if (module === undefined) {
    module = compile(name, shared);
    compiled.set(key, module);
  }
  return module;
}

const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

function compile(name: ModuleName, shared: boolean): WebAssembly.Module {
  if (typeof WebAssembly === 'undefined') {
    throw new Error('tophash needs WebAssembly, which this host has switched off (node --jitless does)');
  }
  const { base64, memoryFlags } = inlined[name];
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  // One binary serves both kinds of memory: they differ in this byte alone.
  bytes[memoryFlags] = shared ? HAS_MAXIMUM | IS_SHARED : HAS_MAXIMUM;
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new Error(
      'this host does not let tophash compile its WebAssembly: the content security policy of a page needs ' +
        `'wasm-unsafe-eval', and some edge hosts compile none at run time (${(cause as Error).message})`,
      { cause },
    );
  }
}

/** Least pages of the module's memory. */
export function leastPages(name: ModuleName): number {
  return inlined[name].pages;
}
