/**
 * Bytes instead of time: JavaScript heap, array buffers and wasm memory. The process, a new one for every sample, has a
 * young generation so large (see `WEIGHING_FLAGS`) that no garbage is collected meanwhile, so that what was allocated
 * is what the heap grew by; if V8 collects all the same, the sample is refused.
 *
 * Keys and values are there before, as the contender takes them, and are not counted: strings for those that take
 * strings, bytes for those that take bytes. Strings that a contender makes of bytes while it runs are counted.
 */
import { GCProfiler } from 'node:v8';

/** In MB, for each half of the young generation. */
const YOUNG = 1024;
export const WEIGHING_FLAGS = [`--max-semi-space-size=${YOUNG}`, `--min-semi-space-size=${YOUNG}`];

/**
 * @param {'retained' | 'allocated'} what `retained`: garbage is collected before the heap is weighed
 * @param {() => number} run returns the bytes of wasm memory that it took
 */
export function weigh(what, run) {
  globalThis.gc?.();
  const profiler = new GCProfiler();
  const before = heapBytes();
  profiler.start();
  const wasm = run();
  if (profiler.stop().statistics.length > 0 && what === 'allocated')
    throw new Error('V8 collected garbage: allocations not counted');
  if (what === 'retained') globalThis.gc?.();
  return heapBytes() - before + wasm;
}

function heapBytes() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
