// What a snapshot is made of, piece by piece.

import { show } from '../kinds.js';
import { SLOTS } from '../options.js';
import type { Store } from '../store.js';
import type { ImageExports, MapExports, RecordExports } from '../wasm/map-instance.js';
import type { Place } from '../wasm/tables.js';
import { Checksum } from './checksum.js';
import {
  checksumIn,
  type Form,
  type Header,
  HEADER_BYTES,
  LENGTH_BYTES,
  TRAILER_BYTES,
  writeHeader,
} from './header.js';

/** Pages of a piece: a checksum's block, or several, and little enough to stay in a cache. */
const PIECE_PAGES = 64;
/** Longest piece: of the widest pages. */
export const MOST_PIECE = 2 ** 19;
/** No reference: a slot has no more records (assembly/bytes/record.ts). */
const NONE = 0xffff_ffff;

/** @throws TypeError for a map whose values can't be in a snapshot */
export function checkHasSnapshot(store: Store): void {
  store.checkAlive();
  if (store.slots !== undefined) {
    throw new TypeError(
      `snapshot: values of kind ${show(store.value.name)} are JavaScript values, which it can't hold`,
    );
  }
}

/** The header of a store's snapshot. */
export function headerOf(store: Store): Header {
  const { key, value, seed, size, options, place } = store;
  const header = { key, value, seed, entriesPerPage: options.entriesPerPage, size };
  if (key.isBytes) {
    const bodyBytes = size * (LENGTH_BYTES + value.bytes) + store.keyBytes;
    return { ...header, spilled: 0, form: undefined, zero: undefined, bodyBytes };
  }
  if (place === undefined) return { ...header, spilled: 0, form: undefined, zero: undefined, bodyBytes: 0 };
  const { layout, views, exports } = place.instance;
  const field = (offset: number): number => views.u32[(place.table + offset) >>> 2] as number;
  const spilled = field(layout.SPILLED);
  const zero = field(layout.APART) === 0 ? undefined : views.u64[(place.table + layout.ZERO_VALUE) >>> 3];
  const pages = exports.imageBytes(place.table) >>> 0;
  return {
    ...header,
    spilled,
    form: formOf(field, place),
    zero: zero === undefined ? undefined : BigInt.asUintN(8 * value.bytes, zero as bigint),
    bodyBytes: pages + spilled * (key.bytes + value.bytes),
  };
}

function formOf(field: (offset: number) => number, { instance: { layout } }: Place): Form {
  const groups = field(layout.GROUP_MASK) + 1;
  const splitNext = field(layout.SPLIT_NEXT);
  return {
    bucketBits: Math.log2(field(layout.BUCKET_MASK) + 1),
    groupLog: Math.log2(groups),
    pagesPerGroup: (field(layout.PAGES) - splitNext) / groups,
    splitNext,
  };
}

/** Bytes of the snapshot with this header. */
export function lengthOfSnapshot({ bodyBytes }: Header): number {
  return HEADER_BYTES + bodyBytes + TRAILER_BYTES;
}

/**
 * The pieces of a store's snapshot, none longer than MOST_PIECE. Each may lie in the map's memory: to be copied before
 * the next one is asked for.
 */
export function* piecesOf(store: Store, header: Header): Generator<Uint8Array> {
  const head = writeHeader(header);
  const checksum = new Checksum(checksumIn(head));
  yield head;
  const exports = store.place?.instance.exports as (MapExports & ImageExports) | undefined;
  const isInMemory = exports !== undefined && !store.key.isBytes; // every piece of the body
  for (const piece of bodyOf(store)) {
    if (isInMemory) checksum.addIn(exports, piece);
    else checksum.add(piece);
    yield piece;
  }
  const trailer = new Uint8Array(TRAILER_BYTES);
  new DataView(trailer.buffer).setBigUint64(0, checksum.end(), true);
  yield trailer;
}

function* bodyOf(store: Store): Generator<Uint8Array> {
  const { place } = store;
  if (place === undefined) return;
  if (store.key.isBytes) {
    yield* recordsOf(store, place);
    return;
  }
  yield* imageOf(place);
  yield* spillOf(store, place);
}

/** The pages. */
function* imageOf({ instance, table }: Place): Generator<Uint8Array> {
  const exports = instance.exports as MapExports & ImageExports;
  const pages = instance.views.u32[(table + instance.layout.PAGES) >>> 2] as number;
  const pageBytes = (exports.imageBytes(table) >>> 0) / pages;
  for (let page = 0; page < pages;) {
    const count = exports.pagesInRow(table, page, Math.min(PIECE_PAGES, pages - page)) >>> 0;
    exports.tidyPages(table, page, count);
    const at = exports.pageAt(table, page) >>> 0;
    const end = at + count * pageBytes;
    yield instance.viewTo('u8', end).subarray(at, end);
    page += count;
  }
}

/** The entries of the spill, as rows. */
function* spillOf({ key, value }: Store, { instance, table }: Place): Generator<Uint8Array> {
  if (instance.views.u32[(table + instance.layout.SPILLED) >>> 2] === 0) return;
  const exports = instance.exports as MapExports & ImageExports;
  const leaves = exports.leafCount() >>> 0;
  const { STAGING } = instance.layout;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const rows = exports.writeLeaf(leaf) >>> 0;
    yield instance.views.u8.subarray(STAGING, STAGING + rows * (key.bytes + value.bytes));
  }
}

/**
 * The records of a table of byte keys, page by page, the pages of a group together: so that they spread evenly over a
 * smaller table.
 */
function* recordsOf(store: Store, place: Place): Generator<Uint8Array> {
  const { layout, views } = place.instance;
  const exports = place.instance.exports as MapExports & RecordExports;
  const field = (offset: number): number => views.u32[(place.table + offset) >>> 2] as number;
  const [groups, pages, spilled] = [field(layout.GROUP_MASK) + 1, field(layout.PAGES), field(layout.SPILLED)];
  for (let group = 0; group < groups; group++) {
    for (let page = group; page < pages; page += groups) {
      yield* recordsOfPage(store, place, exports.pageAt(place.table, page) >>> 0);
    }
  }
  const leaves = spilled === 0 ? 0 : exports.leafCount() >>> 0;
  for (let leaf = 0; leaf < leaves; leaf++) yield* recordsOfPage(store, place, exports.leafAt(leaf) >>> 0);
}

function* recordsOfPage({ value }: Store, { instance, table }: Place, page: number): Generator<Uint8Array> {
  const exports = instance.exports as MapExports & RecordExports;
  const { GATHERED } = instance.layout.bytes as NonNullable<typeof instance.layout.bytes>;
  const slots = SLOTS * ((instance.views.u32[(table + instance.layout.BUCKET_MASK) >>> 2] as number) + 1);
  const { keys } = instance.layout.staging;
  let slot = 0;
  let reference = NONE;
  while (slot < slots || reference !== NONE) {
    const bytes = exports.writeRecords(table, page, slot, reference) >>> 0;
    const at = GATHERED >>> 2;
    const [next, chain, key, length, valueAt] = instance.views.u32.slice(at, at + 5) as unknown as FiveWords;
    slot = next;
    reference = chain;
    if (bytes > 0) yield instance.views.u8.subarray(keys, keys + bytes);
    if (length === NONE) continue;
    const head = new Uint8Array(LENGTH_BYTES + value.bytes);
    new DataView(head.buffer).setUint32(0, length, true);
    head.set(instance.viewTo('u8', valueAt + value.bytes).subarray(valueAt, valueAt + value.bytes), LENGTH_BYTES);
    yield head;
    for (let from = key; from < key + length; from += MOST_PIECE) {
      const end = Math.min(from + MOST_PIECE, key + length);
      yield instance.viewTo('u8', end).subarray(from, end);
    }
  }
}

type FiveWords = [number, number, number, number, number];
