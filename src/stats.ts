// What a map or set tells about itself, read from its table's header.

import { forecastOf } from './forecast.js';
import { showBy } from './inspectable.js';
import type { Store } from './store.js';
import type { MapStats } from './types.js';
import type { Place } from './wasm/tables.js';

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

/**
 * Statistics of a store, which may have no table yet. O(1), but for the probes, which are O(size) when they are first
 * read.
 */
export function statsOf(store: Store): MapStats {
  store.checkAlive();
  let probes: Probes | undefined;
  let asked: Store | undefined = store;
  const lazily = () => {
    asked?.checkAlive();
    probes ??= probesOf(asked?.place);
    asked = undefined; // else figures that somebody keeps would keep the map
    return probes;
  };
  const figures = figuresOf(store);
  const stats = {
    ...figures,
    get overflow() {
      return lazily().overflow;
    },
    get probeHistogram() {
      return lazily().probeHistogram;
    },
  };
  // Else `console.log` of Node, Deno and Bun shows that there are getters.
  showBy(stats, () => {
    try {
      return { ...stats };
    } catch {
      return figures; // the map is gone
    }
  });
  return stats;
}

function figuresOf(store: Store): Omit<MapStats, keyof Probes> {
  const { place, bytes, seed = 0, totalsBefore } = store;
  const forecast = forecastOf(store);
  if (place === undefined) return { ...NO_FIGURES, ...totalsBefore, forecast, ...backendOf(store), seed };
  const { instance, table } = place;
  const { layout, views } = instance;
  const field = (offset: number): number => views.u32[(table + offset) >>> 2] as number;

  const size = field(layout.COUNT) + field(layout.APART);
  const pages = field(layout.PAGES);
  const buckets = pages * (field(layout.BUCKET_MASK) + 1);
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
    forecast,
    ...backendOf(store),
    seed,
  };
}

/** What serves its batches. */
type Backend = Pick<MapStats, 'backend' | 'nativeRows'>;

function backendOf({ native, nativeRows }: Store): Backend {
  return { backend: native === undefined ? 'simd' : 'avx512', nativeRows };
}

const NO_FIGURES: Omit<MapStats, keyof Probes | keyof Totals | keyof Backend | 'seed' | 'forecast'> = {
  size: 0,
  buckets: 0,
  load: 0,
  bytes: 0,
  bytesPerEntry: 0,
  growing: false,
  evacuated: 0,
  toEvacuate: 0,
};
