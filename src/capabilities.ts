// What the host can do.

import { runtime } from './wasm/runtime.js';

/** What the host offers, and what tophash uses of it. */
export interface Capabilities {
  /** 'node', 'deno', 'bun', 'workerd', 'edge-light', 'browser' or 'unknown'. */
  runtime: string;
  /** 128-bit SIMD in wasm: without it tophash does not run. */
  simd: boolean;
  /** Can a wasm memory be shared between threads? */
  threads: boolean;
  /** What batches run on. */
  backend: 'simd' | 'avx512';
  /** Instruction sets that the native path uses. */
  isa: string[];
}

// (module (func (result v128) i32.const 0 i8x16.splat))
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];

/** What this host offers, and what tophash uses of it. Compiles nothing. */
export function capabilities(): Capabilities {
  const wasm = typeof WebAssembly === 'object';
  return {
    runtime,
    simd: wasm && WebAssembly.validate(new Uint8Array(SIMD_PROBE)),
    threads: wasm && typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false,
    backend: 'simd',
    isa: [],
  };
}
