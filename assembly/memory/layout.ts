// The fixed first 64 KiB of every memory. The table (or the pool's blocks) follows.
//
//   ORIGIN + 0      static data of the compiler (below __heap_base)
//          2048     scratch of one block of a batch: hashes, bucket addresses, pending rows
//          4096     scratch of one bucket row while a group of pages splits
//          5504     bits of the ranges that walks know to be empty
//          6144     entries displaced by a split, to be placed again
//         30720     staging: columns on their way in and out
//         47104     first pages of the spill: entries whose home page is full
//         63488     control: the header of the map that owns the memory and what leads to its spill, or the pool's free lists
//         65536     first bucket page, or first block of the pool; where keys are bytes (BYTES=1), 64 KiB more come first:
//         65536     which segment is whose (segments.ts)
//         71680     staging of byte keys: offsets, values, found flags, bytes
//        131072     first segment, or first block of the pool
//
// ORIGIN is 0 in the package. HIGH says how many wasm pages lie below it: 1 for the WASI command, which has texts to
// keep there; 32,768 in a test build, so that every address has its top bit set.

import { adviseGrown } from "../native/pages";
import { IS_NATIVE } from "../native/use";

export const ORIGIN: usize = (<usize>HIGH) << 16;

/** Rows of a batch that are hashed, touched and probed together: enough misses in flight, small enough for L1. */
export const BLOCK_ROWS: u32 = 128;
/** Widest key or value, in bytes: the scratch is laid out for it. */
export const MAX_WIDTH: usize = 8;

export const HASHES: usize = ORIGIN + 2048;
export const ADDRESSES: usize = HASHES + <usize>BLOCK_ROWS * MAX_WIDTH;
export const PENDING: usize = ADDRESSES + <usize>BLOCK_ROWS * 4;

export const ROWS: usize = ORIGIN + 4096;
/** 520 bytes, see empty.ts. */
export const EMPTY: usize = ORIGIN + 5504;
/**
 * Value that a batched get writes for a miss (8 bytes), the sink that keeps touches alive, and the next cursor of a
 * walk (12 bytes).
 */
export const MISSING: usize = ORIGIN + 6144 - 64;
export const SINK: usize = MISSING + 8;
export const NEXT: usize = MISSING + 16;
/** Addresses of the pages of a group that splits. */
export const GROUP: usize = MISSING + 32;

export const DISPLACED: usize = ORIGIN + 6144;
export const STAGING: usize = ORIGIN + 30720;
export const SPILL_PAGES: usize = ORIGIN + 47104;
export const STAGING_BYTES: usize = SPILL_PAGES - STAGING;
export const CONTROL: usize = ORIGIN + 63488;
/**
 * What leads to the spill: its own header, the gaps between the pages, its first fences, its counters. All 0 in a pool.
 */
export const SPILL_CONTROL: usize = CONTROL + 256;
export const GAPS: usize = CONTROL + 320;
export const FENCES: usize = CONTROL + 512;
export const COUNTERS: usize = CONTROL + 1024;
const CONTROL_END: usize = ORIGIN + 65536;
export const COUNTERS_END: usize = CONTROL_END;

/** Where reading the entries of byte keys goes on (bytes/gather.ts). */
export const GATHERED: usize = CONTROL + 448;

/** Byte keys: rows of a batch at a time, and where their columns stand. */
export const BYTE_ROWS: u32 = 1024;
export const SEGMENTS: usize = CONTROL_END;
export const OFFSETS: usize = CONTROL_END + 6144;
export const ROW_VALUES: usize = OFFSETS + ((<usize>BYTE_ROWS + 2) << 2);
export const ROW_FOUND: usize = ROW_VALUES + ((<usize>BYTE_ROWS) << 3);
export const KEY_BYTES: usize = ROW_FOUND + <usize>BYTE_ROWS;
/** Hashing reads up to so many bytes behind a key. */
export const BYTES_SLACK: usize = 64;

export const FIXED_END: usize = CONTROL_END + (BYTES ? 65536 : 0);
export const KEY_BYTES_ROOM: usize = CONTROL_END + 65536 - BYTES_SLACK - KEY_BYTES;

const WASM_PAGE_LOG: u32 = 16;
const WASM_PAGE_MASK: usize = 0xffff;
/** One less than wasm allows: the size in bytes fits 32 bits. */
const MAX_WASM_PAGES: u64 = 65535;

/** Bytes of linear memory there are now. At most 65,535 wasm pages, so the product never wraps. */
@inline
export function memoryBytes(): usize {
  return (<usize>memory.size()) << WASM_PAGE_LOG;
}

/**
 * Makes the memory reach `end`, in steps of at least `size >> stepShift` (31: single pages; the size counts from
 * ORIGIN), holding at most `limit` bytes from ORIGIN on. False where the limit is passed or the host refuses; nothing
 * has changed then.
 */
export function ensureMemory(end: usize, stepShift: u32, limit: u32): bool {
  const have = memoryBytes();
  if (end <= have) return true;
  const now = <u32>memory.size();
  const most = min<u64>(MAX_WASM_PAGES, (<u64>ORIGIN + limit) >>> WASM_PAGE_LOG);
  const need = <u64>((end - have + WASM_PAGE_MASK) >>> WASM_PAGE_LOG);
  if (end < have || need + now > most) return false; // `end` wrapped around, or too much
  const own = now - <u32>(ORIGIN >>> WASM_PAGE_LOG);
  const step = min<u64>(max<u64>(need, own >>> stepShift), most - now);
  if (memory.grow(<i32>step) >= 0) {
    if (IS_NATIVE) adviseGrown(memory.size(), <u32>step);
    return true;
  }
  return step > need && memory.grow(<i32>need) >= 0; // the host may refuse the generous step and grant the bare need
}
