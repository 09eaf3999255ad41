// What the host can do.

import { native } from './wasm/native.js';
import { runtime } from './wasm/runtime.js';
import { hasSimd } from './wasm/simd.js';

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

/** What this host offers, and what tophash uses of it. Compiles nothing. */
export function capabilities(): Capabilities {
  const wasm = typeof WebAssembly === 'object';
  return {
    runtime,
    simd: wasm && hasSimd(),
    threads: wasm && typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false,
    backend: native === undefined ? 'simd' : 'avx512',
    isa: [...(native?.isa ?? [])],
  };
}
