// Large pages of the system for large maps: random look-ups in 1e7 entries were 1.1 to 1.5 times as fast on them, in
// wasm as well.

import { useKernel } from "./use";


@external("tophash_native", "adviseHuge")
declare function adviseHuge(from: usize, length: usize): u32;

/**
 * Pages of wasm, of 64 KiB, from which on a memory is large: what the processor's translation cache reaches in small
 * pages is a fraction of it.
 */
const LARGE: u32 = 1024;

/**
 * Advises the system that all of this memory, which has just grown to `pages` pages, be in large pages. Where it does
 * not take the advice, nothing is different.
 */
@inline
export function adviseGrown(pages: u32): void {
  if (useKernel(pages, LARGE)) adviseHuge(0, pages << 16);
}
