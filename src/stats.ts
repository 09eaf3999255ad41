// What a map tells about itself, read from its table's header.

import type { CheckedOptions } from './options.js';
import type { MapStats } from './types.js';
import type { Place } from './wasm/tables.js';

const WASM_PAGE = 65536;

/** Statistics of a table, or of the map that has none yet. O(size): the histogram looks at every entry. */
export function statsOf(place: Place | undefined, options: CheckedOptions, seed: number): MapStats {
  if (place === undefined) return emptyStats(options, seed);
  const { instance, table } = place;
  const { exports, layout, views } = instance;
  const field = (offset: number): number => views.u32[(table + offset) >>> 2] as number;

  const size = field(layout.COUNT) + field(layout.ZERO_PRESENT);
  const pages = field(layout.PAGES);
  const bucketsPerPage = field(layout.BUCKET_MASK) + 1;
  const buckets = pages * bucketsPerPage;
  const bytes = exports.bytesOf(table) >>> 0;
  const evacuated = field(layout.SPLIT_NEXT);
  const growing = evacuated > 0;
  const overflow = exports.probeHistogram(table, layout.STAGING) >>> 0;
  const first = layout.STAGING >>> 2;
  const histogram = Array.from(views.u32.subarray(first, first + layout.HISTOGRAM_LENGTH));
  while (histogram.length > 0 && histogram[histogram.length - 1] === 0) histogram.pop();

  const pageBytes = (exports.imageBytes(table) >>> 0) / pages;
  return {
    size,
    buckets,
    overflow,
    load: size / buckets,
    bytes,
    bytesPerEntry: size === 0 ? 0 : bytes / size,
    growing,
    evacuated,
    toEvacuate: growing ? field(layout.GROUP_MASK) + 1 - evacuated : 0,
    moved: Number(views.u64[(table + layout.MOVED) >>> 3]),
    maxMovedPerOp: field(layout.MAX_MOVED),
    probeHistogram: histogram,
    forecast: {
      nextGrowthAt: field(layout.GROW_AT) + field(layout.ZERO_PRESENT),
      bytesAfter: instance.isPool ? bytes + pageBytes : roundUp(bytes + pageBytes, WASM_PAGE),
      entriesLeft: entriesLeft(options, bytes, pageBytes / bucketsPerPage, size, buckets),
    },
    backend: 'simd',
    nativeRows: 0,
    seed,
  };
}

function emptyStats(options: CheckedOptions, seed: number): MapStats {
  return {
    size: 0,
    buckets: 0,
    overflow: 0,
    load: 0,
    bytes: 0,
    bytesPerEntry: 0,
    growing: false,
    evacuated: 0,
    toEvacuate: 0,
    moved: 0,
    maxMovedPerOp: 0,
    probeHistogram: [],
    forecast: { nextGrowthAt: 0, bytesAfter: 0, entriesLeft: entriesLeft(options, 0, bucketBytesOf(options), 0, 0) },
    backend: 'simd',
    nativeRows: 0,
    seed,
  };
}

function bucketBytesOf({ key, value }: CheckedOptions): number {
  return 8 * (key.bytes + value.bytes);
}

/** Entries at the load at which growth begins in the buckets there are and those that `maxBytes` leaves room for. */
function entriesLeft(o: CheckedOptions, bytes: number, bucketBytes: number, size: number, buckets: number): number {
  const more = Math.max(0, Math.floor((o.maxBytes - bytes) / bucketBytes));
  return Math.max(0, Math.floor(((buckets + more) * o.entriesPerPage) / 64) - size);
}

function roundUp(x: number, unit: number): number {
  return Math.ceil(x / unit) * unit;
}
