// Blocks for small maps. A block is taken from its size class's free list or from the end of the pool, is always
// zeroed, and comes back only by `release` (an explicit dispose, or a table that outgrew it): a finalizer never returns
// one. Once all have come back, the pool begins anew.
//
// Size classes run 64, 96, 128, 192, 256, 384 .. 24576: two per doubling, so that 2^n buckets of 32, 64 or 96 bytes and
// three pages of 64 buckets waste at most a third, most of them nothing. For arenas of byte keys they go on to 65536.

import { touchFresh } from "./fresh";
import { BYTES_SLACK, CONTROL, FIXED_END, memoryBytes } from "./layout";

const CLASSES: u32 = BYTES ? 21 : 18;
// Control area of a pool's memory: [0] end of the part given out so far, [4 ..] heads of the free lists.
const END = CONTROL;
const FREE = CONTROL + 4;


@inline
function classBytes(sizeClass: u32): usize {
  return ((<usize>64) << (sizeClass >>> 1)) + (((<usize>32) << (sizeClass >>> 1)) & (0 - <usize>(sizeClass & 1)));
}

function classOf(bytes: usize): u32 {
  for (let sizeClass: u32 = 0; sizeClass < CLASSES; sizeClass++) {
    if (classBytes(sizeClass) >= bytes) return sizeClass;
  }
  return CLASSES;
}

/** Bytes that a block for `bytes` takes from the pool. */
export function blockBytes(bytes: usize): usize {
  return classBytes(classOf(bytes));
}

/** A zeroed block of at least `bytes`, 64-byte aligned; 0 where it is too large or the pool is full. */
export function acquire(bytes: usize): usize {
  const sizeClass = classOf(bytes);
  if (sizeClass >= CLASSES) return 0;
  const head = FREE + ((<usize>sizeClass) << 2);
  const free = <usize>load<u32>(head);
  if (free) {
    store<u32>(head, load<u32>(free));
    store<u32>(free, 0);
    return free;
  }
  const start = max<usize>(load<u32>(END), FIXED_END);
  const end = (start + classBytes(sizeClass) + 63) & ~63;
  // A pool's memory is made whole and never grows. The hash of bytes reads behind them.
  if (end + (BYTES ? BYTES_SLACK : 0) > memoryBytes()) return 0;
  store<u32>(END, <u32>end);
  touchFresh(start, end);
  return start;
}

/** Takes back the block that `acquire(bytes)` gave, zeroing it. */
export function release(block: usize, bytes: usize): void {
  const sizeClass = classOf(bytes);
  memory.fill(block, 0, classBytes(sizeClass));
  const head = FREE + ((<usize>sizeClass) << 2);
  store<u32>(block, load<u32>(head));
  store<u32>(head, <u32>block);
}

/** Makes the pool, all of whose blocks have come back, what it was at first: any sizes fit again. */
export function resetPool(): void {
  for (let sizeClass: u32 = 0; sizeClass < CLASSES; sizeClass++) {
    const head = FREE + ((<usize>sizeClass) << 2);
    let block = <usize>load<u32>(head);
    while (block) {
      const next = <usize>load<u32>(block);
      store<u32>(block, 0);
      block = next;
    }
    store<u32>(head, 0);
  }
  if (CHECK) {
    for (let at = FIXED_END; at < <usize>load<u32>(END); at += 4) assert(!load<u32>(at), "a block has not come back");
  }
  store<u32>(END, 0);
}
