// Compiles wasm from bytes.

import { hasSimd } from './simd.js';

/** @throws Error: with what may be done about it, where the host does not let anybody */
export function compileBytes(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new Error(`${reason()} (${(cause as Error).message})`, { cause });
  }
}

/** Why a host may not compile a module. */
function reason(): string {
  return hasSimd()
    ? 'this host does not let tophash compile its WebAssembly: the content security policy of a page needs ' +
        "'wasm-unsafe-eval', and some edge hosts compile none at run time"
    : 'tophash needs 128-bit SIMD in WebAssembly, which this host does not have';
}
