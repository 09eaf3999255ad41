// The header of a map: all that a table knows besides its pages. Nothing in it is an address of another memory.

import { blockBytes } from "../memory/pool";
import { BUCKETS, BUCKET_BITS, SLOTS, keysBytes, pageBytes } from "./bucket";

/** Why a write was refused; the facade acts on it. */
/** The table outgrew the pools: it must move to a memory of its own. */
export const REFUSED_POOL: u32 = 1;
/** Its pool has no block left: it must move to another pool. */
export const REFUSED_BLOCK: u32 = 2;
/** The memory ended, or the map's own limit did. */
export const REFUSED_MEMORY: u32 = 3;

/** Bytes kept behind the header for the arena of a table of byte keys. */
const ARENA_BYTES: usize = 64;

/** Most pages that a table has while it lives in the pool. */
export const POOLED_PAGES: u32 = 3;


@unmanaged
export class Table {
  seed: u32;
  /** Entries, those of the spill included, the zero entry not. */
  count: u32;
  /** Count at which the next write of a new key grows the table first. */
  growAt: u32;
  /** Address of page 0; the others follow, but for gaps (gaps.ts). */
  base: u32;

  // Which page: see address.ts.
  pages: u32;
  groupMask: u32;
  groupLog: u32;
  pagesPerGroup: u32;
  /** The next group to grow; those before it have one page more. */
  splitNext: u32;
  bucketShift: u32;
  bucketMask: u32;

  /** 1 where the key whose hash is 0 is there; its value is `zeroValue`. */
  zeroPresent: u32;
  /** Entries a page of a group not yet grown holds when a round of growth begins, and when it must have ended. */
  loadStart: u32;
  loadEnd: u32;
  /** Entries in the spill (spill.ts). */
  spilled: u32;
  /** Most entries that one single-key operation put into another bucket. */
  maxMoved: u32;

  // Offset 64, see zeroSlot.
  zeroValue: u64;
  /** Entries that growth, deletion or a move between memories put into another bucket, since creation. */
  moved: u64;
  /** Buckets that walks have read. */
  walked: u64;
  refusal: u32;
  /** Bytes that the map may hold. */
  maxBytes: u32;
  /** Memory grows by at least `size >> stepShift`. */
  stepShift: u32;
  /** Bytes of the pool's block that holds the pages; 0 where the map owns its memory. */
  block: u32;
  /** Entries that a move to another memory has put elsewhere for the operation under way. */
  carried: u32;
  /** 0 where no ranges are known to be empty; else one more than the level of those that are (empty.ts). */
  knowsEmpty: u32;
  /** Mutations so far: paces the debug build's checks. */
  mutations: u32;
  /** Bytes of the pool's block for the keys of a table of byte keys (bytes/arena.ts). */
  arenaBlock: u32;
  /** Count below which the next deletion shrinks the table (shrink.ts). */
  shrinkAt: u32;
  /** Pages that it keeps, whatever is deleted: somebody asked for them. */
  leastPages: u32;
}

/** Bytes of a header. That of a table of byte keys goes on with its arena (bytes/arena.ts). */
export const HEADER_BYTES: usize = offsetof<Table>() + (BYTES ? ARENA_BYTES : 0);

/** Bytes of the pool's block that holds a header. */
export function headerBlock(): usize {
  return blockBytes(HEADER_BYTES);
}


@inline
export function headerOf(table: Table): usize {
  return changetype<usize>(table);
}

/** The slot of the zero entry: a bucket that is laid over the header so that slot 0's value is `zeroValue`. */
@inline
export function zeroSlot<K>(table: Table): usize {
  return headerOf(table) + offsetof<Table>("zeroValue") - keysBytes<K>();
}

/** Notes why a write is refused; returns false. */
export function refuse(table: Table, reason: u32): bool {
  table.refusal = reason;
  return false;
}

/** Notes what one single-key operation moved, `before` being `table.moved` at its start. */
@inline
export function noteMoved(table: Table, before: u64): void {
  const moved = <u32>(table.moved - before) + table.carried;
  table.carried = 0;
  if (moved > table.maxMoved) table.maxMoved = moved;
}

/** Bytes of the pages. */
@inline
export function tableBytes<K, V>(table: Table): usize {
  return bucketsBytes<K, V>(table.bucketMask + 1) * <usize>table.pages;
}

/** Bytes of a page of `buckets` buckets. */
@inline
export function bucketsBytes<K, V>(buckets: u32): usize {
  return (pageBytes<K, V>() >>> BUCKET_BITS) * <usize>buckets;
}

/** Where one page holds all, it may have less than 64 buckets. */
function setBuckets(table: Table, bits: u32): void {
  table.bucketShift = 31 - bits;
  table.bucketMask = (1 << bits) - 1;
}

/** The form of one page of 2^bits buckets. */
export function setOnePage(table: Table, bits: u32): void {
  setBuckets(table, bits);
  setGroups(table, 0, 1);
}

/** The form of 2^groupLog groups of `pagesPerGroup` pages. */
export function setGroups(table: Table, groupLog: u32, pagesPerGroup: u32): void {
  table.groupLog = groupLog;
  table.groupMask = (1 << groupLog) - 1;
  table.pagesPerGroup = pagesPerGroup;
  table.splitNext = 0;
  table.pages = pagesPerGroup << groupLog;
  pace(table);
}

/**
 * Sets the count at which the group `splitNext` must grow: growth is spread evenly over a round. And that below which
 * the table shrinks: so much less that it does not grow again soon.
 */
export function pace(table: Table): void {
  const buckets = table.bucketMask + 1;
  table.shrinkAt = 0;
  if (buckets < BUCKETS) {
    table.growAt = max<u32>(1, (table.loadStart * buckets) >>> BUCKET_BITS);
    return;
  }
  table.growAt = <u32>capacityOf(table, table.groupLog, table.pagesPerGroup, table.splitNext);
  if (table.pages > table.leastPages) table.shrinkAt = table.growAt / SHRINK_PART;
}

/** Entries before growth is due where `grown` of 2^groupLog groups of `pagesPerGroup` pages have one page more. */
export function capacityOf(table: Table, groupLog: u32, pagesPerGroup: u32, grown: u32): u64 {
  const start = (<u64>table.loadStart * pagesPerGroup) << groupLog;
  return start + <u64>(table.loadEnd - table.loadStart) * pagesPerGroup * grown;
}

/** Sets the load: `loadStart` entries a page of 64 buckets. */
export function setLoad(table: Table, entriesPerPage: u32): void {
  const slots = BUCKETS * SLOTS;
  table.loadStart = max<u32>(1, min<u32>(entriesPerPage, slots));
  table.loadEnd = min<u32>(table.loadStart + LOAD_SLACK, slots);
}

/** A table shrinks once it holds this part of what it could. */
export const SHRINK_PART: u32 = 4;

/** Half an entry a bucket: what a round of growth may add to the load of the groups that still wait. */
const LOAD_SLACK: u32 = BUCKETS / 2;
