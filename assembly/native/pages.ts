// Pages of the system for large maps (src/native/pages.c): random look-ups in 1e7 entries were 1.1 to 1.5 times as fast
// on large ones, in wasm as well.

import { REFUSED, useKernel } from "./use";


@external("tophash_native", "adviseLarge")
declare function adviseLarge(from: usize, length: usize): u32;


@external("tophash_native", "backMemory")
declare function backMemoryBy(from: usize, length: usize, large: bool): u32;

/**
 * Pages of wasm, of 64 KiB, from which on a memory that grows bit by bit is large: what the processor's translation
 * cache reaches in small pages is a fraction of it.
 */
const LARGE_MEMORY: u32 = 1024;
/** Pages of wasm in a large page of the system, of 2 MiB. */
const IN_LARGE_PAGE: u32 = 32;
/** Bytes from which on what is taken at once is taken in large pages: two, so that one is whole wherever it begins. */
const LARGE: usize = (<usize>(2 * IN_LARGE_PAGE)) << 16;
/** Bytes from which on it is worth the calls. */
const LEAST: usize = 1 << 17;

/**
 * Advises the system that all of this memory, which has just grown by `added` pages to `pages`, be in large pages: it
 * makes them of small ones when it finds the time. Where it does not take the advice, nothing is different. What comes
 * at once would come in large pages at once, whose time nobody looks at: that is for {@link backMemory}.
 */
@inline
export function adviseGrown(pages: u32, added: u32): void {
  if (useKernel(pages, LARGE_MEMORY) && added < IN_LARGE_PAGE) adviseLarge(0, pages << 16);
}

/**
 * Has the system back memory that is about to be filled: fault by fault that takes as long as all the writing. False
 * where it does not.
 */
@inline
export function backMemory(from: usize, length: usize): bool {
  return useKernel(<u32>length, <u32>LEAST) && backMemoryBy(from, length, length >= LARGE) != REFUSED;
}
