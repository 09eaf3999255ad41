// What a map or set tells about itself, read from its table's header.

import type { CheckedOptions } from './options.js';
import type { Store } from './store.js';
import type { MapStats } from './types.js';
import type { ImageExports, MapExports } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';

const WASM_PAGE = 65536;

/** What a map has done since its creation. */
export type Totals = Pick<MapStats, 'moved' | 'maxMovedPerOp' | 'walked'>;

/** What a table and those before it have done. */
export function totalsOf({ instance, table }: Place, before: Totals): Totals {
  const { layout, views } = instance;
  return {
    moved: before.moved + Number(views.u64[(table + layout.MOVED) >>> 3]),
    maxMovedPerOp: Math.max(before.maxMovedPerOp, views.u32[(table + layout.MAX_MOVED) >>> 2] as number),
    walked: before.walked + Number(views.u64[(table + layout.WALKED) >>> 3]),
  };
}

/** How far entries stand from home. */
type Probes = Pick<MapStats, 'overflow' | 'probeHistogram'>;

/** Looks at every entry. */
function probesOf(place: Place | undefined): Probes {
  if (place === undefined) return { overflow: 0, probeHistogram: [] };
  const { exports, layout, views } = place.instance;
  const overflow = exports.probeHistogram(place.table, layout.STAGING) >>> 0;
  const first = layout.STAGING >>> 2;
  const probeHistogram = Array.from(views.u32.subarray(first, first + layout.HISTOGRAM_LENGTH));
  while (probeHistogram.at(-1) === 0) probeHistogram.pop();
  return { overflow, probeHistogram };
}

/** Statistics of a store, which may have no table yet. O(1), but for the probes, which are O(size) when they are first read. */
export function statsOf(store: Store): MapStats {
  store.checkAlive();
  let probes: Probes | undefined;
  const lazily = () => {
    store.checkAlive();
    return (probes ??= probesOf(store.place));
  };
  return {
    ...figuresOf(store),
    get overflow() {
      return lazily().overflow;
    },
    get probeHistogram() {
      return lazily().probeHistogram;
    },
  };
}

function figuresOf(store: Store): Omit<MapStats, keyof Probes> {
  const { place, options, seed = 0, totalsBefore } = store;
  if (place === undefined) return { ...noFigures(options), ...backendOf(store), ...totalsBefore, seed };
  const { instance, table } = place;
  const { exports, layout, views } = instance;
  const field = (offset: number): number => views.u32[(table + offset) >>> 2] as number;

  const size = field(layout.COUNT) + field(layout.APART);
  const pages = field(layout.PAGES);
  const buckets = pages * (field(layout.BUCKET_MASK) + 1);
  const { bytes } = store;
  const pageBytes = (exports.imageBytes(table) >>> 0) / pages;
  const evacuated = field(layout.SPLIT_NEXT);
  const growing = evacuated > 0;
  return {
    size,
    buckets,
    load: size / buckets,
    bytes,
    bytesPerEntry: size === 0 ? 0 : bytes / size,
    growing,
    evacuated,
    toEvacuate: growing ? field(layout.GROUP_MASK) + 1 - evacuated : 0,
    ...totalsOf(place, totalsBefore),
    forecast: {
      nextGrowthAt: field(layout.GROW_AT) + field(layout.APART),
      bytesAfter: instance.isPool ? bytes + pageBytes : roundUp(bytes + pageBytes, WASM_PAGE),
      entriesLeft: options.key.isBytes
        ? recordsLeft(options, bytes, size, store.keyBytes)
        : entriesLeft(options, instance.isPool ? bytes : bytesInUse(place, pages, pageBytes), size, buckets),
    },
    ...backendOf(store),
    seed,
  };
}

/** Bytes of a memory of its own up to the end of the pages: it may have been another map's before, which was larger. */
function bytesInUse({ instance, table }: Place, pages: number, pageBytes: number): number {
  const { pageAt } = instance.exports as MapExports & ImageExports;
  return (pageAt(table, pages - 1) >>> 0) + pageBytes - instance.layout.ORIGIN;
}

/** What serves its batches. */
type Backend = Pick<MapStats, 'backend' | 'nativeRows'>;

function backendOf({ native, nativeRows }: Store): Backend {
  return { backend: native === undefined ? 'simd' : 'avx512', nativeRows };
}

function noFigures(options: CheckedOptions): Omit<MapStats, keyof Probes | keyof Totals | keyof Backend | 'seed'> {
  return {
    size: 0,
    buckets: 0,
    load: 0,
    bytes: 0,
    bytesPerEntry: 0,
    growing: false,
    evacuated: 0,
    toEvacuate: 0,
    forecast: {
      nextGrowthAt: 0,
      bytesAfter: 0,
      entriesLeft: options.key.isBytes ? recordsLeft(options, 0, 0, 0) : entriesLeft(options, 0, 0, 0),
    },
  };
}

const SLOTS = 8;
const BUCKETS = 64;

/** Entries at the load at which growth begins in the buckets there are and those that `maxBytes` leaves room for. */
function entriesLeft(options: CheckedOptions, bytes: number, size: number, buckets: number): number {
  const { key, value, maxBytes, entriesPerPage } = options;
  const more = Math.max(0, Math.floor((maxBytes - bytes) / (SLOTS * (key.bytes + value.bytes))));
  return Math.max(0, Math.floor(((buckets + more) * entriesPerPage) / BUCKETS) - size);
}

/** A reference and a part of the hash in a slot; the head of a record (assembly/bytes/record.ts). */
const BYTE_SLOT = 8;
const RECORD_HEAD = 8;

/** Entries with byte keys, as long as those there are on average, in the bytes that `maxBytes` leaves. */
function recordsLeft(options: CheckedOptions, bytes: number, size: number, keyBytes: number): number {
  const { value, maxBytes, entriesPerPage } = options;
  const record = RECORD_HEAD + value.bytes + (size === 0 ? 0 : keyBytes / size);
  const slot = (SLOTS * BUCKETS * BYTE_SLOT) / entriesPerPage;
  return Math.max(0, Math.floor((maxBytes - bytes) / (slot + record)));
}

function roundUp(x: number, unit: number): number {
  return Math.ceil(x / unit) * unit;
}
