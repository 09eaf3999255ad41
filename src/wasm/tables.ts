// Where tables live: small ones in pools, others in a memory of their own. A table begins in a pool if it fits there, and
// moves out once, when it outgrows the three pages that a pool gives it.

import { CapacityError } from '../errors.js';
import type { ModuleName } from './inlined.js';
import { atEnd, type Cursor, MapInstance } from './map-instance.js';
import { REPLACE } from '../merge.js';
import { stepShift } from './runtime.js';

/** A table and the instance that it lives in. */
export interface Place {
  readonly instance: MapInstance;
  readonly table: number;
}

/** Pages that a table in a pool has at most (assembly/table/table.ts). */
const POOLED_PAGES = 3;

interface Pools {
  /** The pool that new tables go to. */
  current: MapInstance | undefined;
  /** Pools that got blocks back after they were full. Weak: tables hold their pool, and so does nobody else. */
  readonly others: Set<WeakRef<MapInstance>>;
  /** Wiped memories of single maps. */
  readonly spare: MapInstance[];
}

const poolsByModule = new Map<ModuleName, Pools>();

function poolsOf(name: ModuleName): Pools {
  let pools = poolsByModule.get(name);
  if (pools === undefined) {
    pools = { current: undefined, others: new Set(), spare: [] };
    poolsByModule.set(name, pools);
  }
  return pools;
}

export interface TableOptions {
  readonly module: ModuleName;
  readonly entries: number;
  readonly entriesPerPage: number;
  readonly maxBytes: number;
}

/**
 * Makes an empty table that has room for `entries` before it grows.
 * @throws CapacityError
 */
export function openTable(options: TableOptions): Place {
  const { module, entries, entriesPerPage, maxBytes } = options;
  if (entries <= entriesPerPage * POOLED_PAGES) {
    const place = openPooled(options);
    if (place !== undefined) return place;
    throw new CapacityError(`maxBytes: ${maxBytes} bytes are too few for a table of ${entries} entries`);
  }
  const instance = takeOwned(module, maxBytes);
  const table = instance?.exports.createOwned(entries, entriesPerPage, maxBytes, stepShift) ?? 0;
  if (instance === undefined || table === 0) {
    throw new CapacityError(`no room for a table of ${entries} entries; maxBytes is ${maxBytes} bytes`);
  }
  return { instance, table: table >>> 0 };
}

function openPooled({ module, entries, entriesPerPage, maxBytes }: TableOptions): Place | undefined {
  const pools = poolsOf(module);
  const tryIn = (instance: MapInstance): Place | undefined => {
    const table = instance.exports.createPooled(entries, entriesPerPage, maxBytes) >>> 0;
    if (table === 0) return undefined;
    instance.maps++;
    return { instance, table };
  };
  let place = pools.current && tryIn(pools.current);
  if (place !== undefined) return place;
  for (const reference of pools.others) {
    pools.others.delete(reference);
    const instance = reference.deref();
    place = instance && tryIn(instance);
    if (place === undefined) continue;
    pools.current = place.instance;
    return place;
  }
  pools.current = MapInstance.pool(module);
  return tryIn(pools.current);
}

function takeOwned(module: ModuleName, maxBytes: number): MapInstance | undefined {
  const spare = poolsOf(module).spare.pop();
  if (spare !== undefined && spare.memory.buffer.byteLength - spare.layout.ORIGIN <= maxBytes) return spare;
  const instance = MapInstance.owned(module);
  return instance.memory.buffer.byteLength - instance.layout.ORIGIN <= maxBytes ? instance : undefined;
}

/**
 * Moves a table out of its pool into a memory of its own: a copy of at most three pages.
 * @throws CapacityError: nothing has changed then
 */
export function moveOut({ instance: from, table }: Place, maxBytes: number): Place {
  const to = takeOwned(from.name, maxBytes);
  if (to === undefined) {
    throw new CapacityError(
      `maxBytes: ${maxBytes} bytes are too few for the memory that the map needs to grow further`,
    );
  }
  const { BASE, CONTROL, HEADER_BYTES } = from.layout;
  const source = from.views.u8;
  const target = to.views.u8;
  const pages = (from.views.u32[(table + BASE) >>> 2] as number) >>> 0;
  target.set(source.subarray(table, table + HEADER_BYTES), CONTROL);
  const bytes = from.exports.imageBytes(table) >>> 0;
  target.set(source.subarray(pages, pages + bytes), from.exports.landingOf(table) >>> 0);
  const moved = to.exports.settle(maxBytes, stepShift) >>> 0;
  release(from, table);
  return { instance: to, table: moved };
}

/**
 * Moves a table of one page from a pool that has no block left for its next form to one that has.
 * @throws CapacityError: nothing has changed then
 */
export function changePool({ instance: from, table }: Place, options: Omit<TableOptions, 'module' | 'entries'>): Place {
  const { CARRIED, COUNT, MAX_MOVED, MOVED, SEED, WALKED } = from.layout;
  const { u32, u64 } = from.views;
  const count = u32[(table + COUNT) >>> 2] as number;
  const walked = u64[(table + WALKED) >>> 3] as bigint;
  const { entriesPerPage, maxBytes } = options;
  const place = openTable({ module: from.name, entries: count + 1, entriesPerPage, maxBytes });
  const { views } = place.instance;
  views.u32[(place.table + SEED) >>> 2] = u32[(table + SEED) >>> 2] as number;
  copyEntries({ instance: from, table }, place);
  views.u64[(place.table + WALKED) >>> 3] = walked;
  views.u64[(place.table + MOVED) >>> 3] = (u64[(table + MOVED) >>> 3] as bigint) + BigInt(count);
  views.u32[(place.table + MAX_MOVED) >>> 2] = u32[(table + MAX_MOVED) >>> 2] as number;
  views.u32[(place.table + CARRIED) >>> 2] = count;
  release(from, table);
  return place;
}

/** Copies the entries of a table of one page to another instance, whose table has room for them. */
function copyEntries({ instance: from, table }: Place, { instance: to, table: copy }: Place): void {
  const { staging, widths, WALK_KEYS, WALK_VALUES } = from.layout;
  const cursor: Cursor = { high: 0, low: 0 };
  do {
    const rows = from.walk(table, cursor); // no more than a page has, and the staging holds that
    const source = from.views.u8;
    to.views.u8.set(source.subarray(WALK_KEYS, WALK_KEYS + rows * widths.key), staging.keys);
    to.views.u8.set(source.subarray(WALK_VALUES, WALK_VALUES + rows * widths.value), staging.values);
    to.exports.putRows(copy, staging.keys, staging.values, rows, REPLACE);
  } while (!atEnd(cursor));
}

/** Largest memory of a single map that is wiped and kept for the next one, and how many are kept for each module. */
const MOST_SPARE_BYTES = 2 ** 18;
const MOST_SPARE = 64;

/** Gives back the memory of a table that nobody will use any more. */
export function closeTable({ instance, table }: Place): void {
  if (instance.isPool) {
    release(instance, table);
    return;
  }
  const { spare } = poolsOf(instance.name);
  if (spare.length < MOST_SPARE && instance.exports.bytesOf(table) >>> 0 <= MOST_SPARE_BYTES) {
    instance.exports.wipeOwned(table);
    spare.push(instance);
  }
}

function release(pool: MapInstance, table: number): void {
  pool.exports.dropPooled(table);
  pool.maps--;
  const pools = poolsOf(pool.name);
  if (pool === pools.current) return;
  for (const reference of pools.others) {
    if (reference.deref() !== pool) continue;
    if (pool.maps === 0) pools.others.delete(reference); // nothing is in it: the collector may have it
    return;
  }
  if (pool.maps > 0) pools.others.add(new WeakRef(pool));
}
