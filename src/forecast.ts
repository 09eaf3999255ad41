// What is to come: when a table grows next, what it takes then, and how many entries still fit.
//
// A table takes its forms in one order (assembly/table/form.ts): a page of ever more buckets, three pages' room in a
// pool, then page by page in a memory of its own. A new key is refused where growth is due and there is no memory for
// it. So the count at which that will be follows from the last form that there is memory for.

import { BUCKETS, type CheckedOptions, MOST_BYTES, SLOTS } from './options.js';
import type { Store } from './store.js';
import type { MapStats } from './types.js';
import { type ImageExports, type MapExports, WASM_PAGE } from './wasm/map-instance.js';
import { byteStepShift, stepShift } from './wasm/runtime.js';
import { leastOwned, type Place, POOLED_PAGES } from './wasm/tables.js';

type Forecast = MapStats['forecast'];

/** Of a memory of its own, before the pages of numeric keys (assembly/memory/layout.ts). */
const FIXED_BYTES = WASM_PAGE;
/** Pages of a segment of a table of byte keys (assembly/table/segmented.ts). */
const SEGMENT_PAGES = 16;
const LEAST_BLOCK = 64;
/** Block of a header in a pool. */
const HEADER_BLOCK = 128;
/** What a round of growth may add to the load of a page (assembly/table/table.ts). */
const LOAD_SLACK = BUCKETS / 2;

/** The forecast of a store. */
export function forecastOf(store: Store): Forecast {
  const { place, bytes, options } = store;
  if (place === undefined) return { nextGrowthAt: 0, bytesAfter: 0, entriesLeft: entriesLeft(store, 0) };
  const { layout, views, isPool } = place.instance;
  const field = (offset: number): number => views.u32[(place.table + offset) >>> 2] as number;
  const pages = field(layout.PAGES);
  return {
    nextGrowthAt: Math.max(field(layout.GROW_AT) + field(layout.APART), store.size),
    bytesAfter: isPool
      ? afterInPool(bytes, pages, field(layout.BUCKET_MASK) + 1, options)
      : grown(bytes, endAfter(bytes, place, pages, options), options),
    entriesLeft: entriesLeft(store, pages),
  };
}

/** Bytes of 64 buckets: of byte keys a slot has a hash and a reference. */
function pageBytesOf({ key, value }: Pick<CheckedOptions, 'key' | 'value'>): number {
  return BUCKETS * SLOTS * (key.isBytes ? 8 : key.bytes + value.bytes);
}

/** Where the memory must reach for one page more. Of byte keys at most: segments may be free. */
function endAfter(bytes: number, place: Place, pages: number, options: CheckedOptions): number {
  if (!options.key.isBytes) return bytesTo(place, pages) + pageBytesOf(options);
  return pages % SEGMENT_PAGES === 0 ? bytes + WASM_PAGE : bytes;
}

/**
 * Bytes of a memory of its own up to the end of its pages, of which there are so many: it may have been another map's
 * before, which was larger.
 */
function bytesTo({ instance, table }: Place, pages: number): number {
  const { exports, layout } = instance;
  const last = (exports as MapExports & ImageExports).pageAt(table, pages - 1) >>> 0;
  return last + (exports.imageBytes(table) >>> 0) / pages - layout.ORIGIN;
}

/** What a pooled table takes in its next form. */
function afterInPool(bytes: number, pages: number, buckets: number, options: CheckedOptions): number {
  const pageBytes = pageBytesOf(options);
  const pooled = POOLED_PAGES * pageBytes;
  if (pages === POOLED_PAGES) return leastOwned(options.key.isBytes);
  if (pages > 1) return bytes; // the block has room for all three
  const now = (pageBytes * buckets) / BUCKETS;
  return bytes - blockBytes(now) + blockBytes(buckets < BUCKETS ? 2 * now : pooled);
}

/** Bytes of a pool's block (assembly/memory/pool.ts): a power of two, or three quarters of one, and so many at least. */
function blockBytes(bytes: number): number {
  const power = 2 ** (32 - Math.clz32(bytes - 1));
  return Math.max(LEAST_BLOCK, bytes <= power * 0.75 ? power * 0.75 : power);
}

/** A memory of so many bytes once it reaches `end` (assembly/memory/layout.ts). */
function grown(bytes: number, end: number, { key, maxBytes }: CheckedOptions): number {
  if (end <= bytes) return bytes;
  const step = Math.floor(bytes / 2 ** (key.isBytes ? byteStepShift : stepShift) / WASM_PAGE) * WASM_PAGE;
  return Math.max(roundUp(end), Math.min(bytes + step, mostOwned(maxBytes)));
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / WASM_PAGE) * WASM_PAGE;
}

/** Bytes of whole wasm pages that a memory has at most. */
function mostOwned(maxBytes: number): number {
  return Math.floor(Math.min(maxBytes, MOST_BYTES) / WASM_PAGE) * WASM_PAGE;
}

/** Entries that still fit. @param pages that there are now, of a table that owns its memory */
function entriesLeft(store: Store, pages: number): number {
  const { options, place } = store;
  const { key, maxBytes, entriesPerPage } = options;
  const inPool = place === undefined || place.instance.isPool;
  if (key.isBytes) {
    const staysPooled = inPool && maxBytes < leastOwned(true);
    const most = staysPooled ? fullAt(POOLED_PAGES, entriesPerPage) - store.size : Infinity;
    return Math.max(0, Math.min(recordsLeft(store), most));
  }
  return Math.max(0, (inPool ? mostEntries(options) : mostEntries(options, pages, bytesTo(place, pages))) - store.size);
}

/**
 * Entries of a table with numeric keys in the largest form that there is memory for. (The one that is counted apart may
 * be one more.)
 * @param pages that there are, of a table that owns its memory, and how far they reach
 */
function mostEntries({ key, value, maxBytes, entriesPerPage }: CheckedOptions, pages = 0, used = FIXED_BYTES): number {
  const pageBytes = pageBytesOf({ key, value });
  if (pages === 0 && maxBytes < leastOwned(false))
    return mostPooled(maxBytes - HEADER_BLOCK, pageBytes, entriesPerPage);
  const more = Math.max(0, Math.floor((mostOwned(maxBytes) - used) / pageBytes));
  return fullAt(pages + more, entriesPerPage);
}

function mostPooled(room: number, pageBytes: number, entriesPerPage: number): number {
  if (blockBytes(POOLED_PAGES * pageBytes) <= room) return fullAt(POOLED_PAGES, entriesPerPage);
  for (let buckets = BUCKETS; buckets >= 1; buckets /= 2) {
    if (blockBytes((pageBytes * buckets) / BUCKETS) <= room)
      return Math.max(1, Math.floor((entriesPerPage * buckets) / BUCKETS));
  }
  return 0;
}

/** Entries of a table of so many whole pages, each of which it took when growth was due, when it is due again. */
function fullAt(pages: number, entriesPerPage: number): number {
  const { groups, each } = roundOf(pages);
  const last = each * groups - 1; // of the round before
  const due = dueAt(pages, entriesPerPage);
  // Where the load is low, a round begins with fewer entries due than there are: each new one is a step then.
  return last < 1 ? due : Math.max(due, dueAt(last, entriesPerPage) + pages - last);
}

/** Entries at which growth is due in a table of so many whole pages (`pace` in assembly/table/table.ts). */
function dueAt(pages: number, entriesPerPage: number): number {
  const { groups, each } = roundOf(pages);
  const slack = Math.min(LOAD_SLACK, SLOTS * BUCKETS - entriesPerPage);
  return each * (entriesPerPage * groups + slack * (pages - each * groups));
}

/**
 * The round of growth that a table of so many pages is in: its groups, and the pages of those that have not grown in
 * it.
 */
function roundOf(pages: number): { groups: number; each: number } {
  const groups = pages === 1 ? 1 : 2 ** (30 - Math.clz32(pages));
  return { groups, each: Math.floor(pages / groups) };
}

/** A reference and a part of the hash in a slot; the head of a record (assembly/bytes/record.ts). */
const BYTE_SLOT = 8;
const RECORD_HEAD = 8;

/** Entries with byte keys, as long as those there are on average, in the bytes that `maxBytes` leaves. */
function recordsLeft({ options, bytes, size, keyBytes }: Store): number {
  const { value, maxBytes, entriesPerPage } = options;
  const record = RECORD_HEAD + value.bytes + (size === 0 ? 0 : keyBytes / size);
  const slot = (SLOTS * BUCKETS * BYTE_SLOT) / entriesPerPage;
  return Math.max(0, Math.floor((maxBytes - bytes) / (slot + record)));
}
