// Pages of the system for large maps (src/native/pages.c): random look-ups in 1e7 entries were 1.1 to 1.5 times as fast
// on large ones, in wasm as well.

import { REFUSED, useKernel } from "./use";


@external("tophash_native", "adviseLarge")
declare function adviseLarge(from: usize, length: usize): u32;


@external("tophash_native", "backMemory")
declare function backMemoryBy(from: usize, length: usize, large: bool): u32;


@external("tophash_native", "collapsePage")
declare function collapsePageBy(from: usize, length: usize): u32;

/**
 * Pages of wasm, of 64 KiB, from which on a memory that grows bit by bit is large: what the processor's translation
 * cache reaches in small pages is a fraction of it.
 */
const LARGE_MEMORY: u32 = 1024;
/** Pages of wasm in a large page of the system, of 2 MiB. */
const IN_LARGE_PAGE: u32 = 32;
/** Two of them: one is whole in as much, wherever it begins. */
const TWO_LARGE_PAGES: u32 = 2 * IN_LARGE_PAGE;
/** Bytes from which on what is taken at once is taken in large pages. */
const LARGE: usize = (<usize>TWO_LARGE_PAGES) << 16;
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

/** Large pages from the start of this memory on that {@link collapseNext} has been at. */
let collapsed: u32 = 0;

/**
 * In idle time: has the system move the next 2 MiB of this memory to a large page, which takes 0.5 ms, or 5 where a
 * virtual machine has never touched what becomes the page. Is there more? A page that can't be moved stays as it is, and
 * where there are no large ones, so do all until the memory has grown.
 */
export function collapseNext(): bool {
  const pages = <u32>memory.size();
  if (!useKernel(pages, TWO_LARGE_PAGES)) return false;
  const whole = pages / IN_LARGE_PAGE;
  if (collapsed + 2 > whole) return false;
  const refused = collapsePageBy((collapsed * IN_LARGE_PAGE) << 16, LARGE) == REFUSED;
  collapsed = refused ? whole : collapsed + 1;
  return collapsed + 2 <= whole;
}
