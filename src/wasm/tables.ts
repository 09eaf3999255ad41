// Where tables live: small ones in pools, others in a memory of their own. A table begins in a pool if it fits there,
// and moves out once, when it outgrows the three pages that a pool gives it.

import { CapacityError } from '../errors.js';
import { MOST_BYTES } from '../options.js';
import type { Form } from '../snapshot/header.js';
import { FreedPools } from './freed-pools.js';
import {
  atEnd,
  COARSE,
  type ImageExports,
  type MapExports,
  MapInstance,
  startCursor,
  WASM_PAGE,
} from './map-instance.js';
import { REPLACE } from '../merge.js';
import type { Native } from './native.js';
import { byteStepShift, stepShift } from './runtime.js';
import type { MapModuleName } from './source.js';
import { transfer } from './transfer.js';

/** A table and the instance that it lives in. */
export interface Place {
  readonly instance: MapInstance;
  readonly table: number;
}

/** Pages that a table in a pool has at most (assembly/table/table.ts). */
export const POOLED_PAGES = 3;

interface Pools {
  /** The pool that new tables go to. */
  current: MapInstance | undefined;
  readonly freed: FreedPools;
  /** Pools without a table. */
  readonly empty: MapInstance[];
  /** Wiped memories of single maps. */
  readonly spare: MapInstance[];
}

type PoolsByModule = Map<MapModuleName, Pools>;
const poolsOfModules: PoolsByModule = new Map();
/** Those of native modules. */
const nativePools = new WeakMap<Native, PoolsByModule>();

function poolsOf({ name, native }: Pick<MapInstance, 'name' | 'native'>): Pools {
  const all = native === undefined ? poolsOfModules : poolsOfNative(native);
  let pools = all.get(name);
  if (pools === undefined) {
    pools = { current: undefined, freed: new FreedPools(), empty: [], spare: [] };
    all.set(name, pools);
  }
  return pools;
}

function poolsOfNative(native: Native): PoolsByModule {
  let pools = nativePools.get(native);
  if (pools === undefined) {
    pools = new Map();
    nativePools.set(native, pools);
  }
  return pools;
}

export interface TableOptions {
  readonly name: MapModuleName;
  /** Whose module it is: none's, if it is the package's own. */
  readonly native: Native | undefined;
  /** Bytes of a value: of byte keys, where the module does not tell. */
  readonly valueBytes: number;
  readonly entriesPerPage: number;
  readonly maxBytes: number;
  /** No memory that another map had, which may be larger than need be. */
  readonly fresh: boolean;
}

/**
 * Makes an empty table that has room for `entries` before it grows.
 * @throws CapacityError
 */
export function openTable(options: TableOptions, entries: number): Place {
  const { entriesPerPage, maxBytes } = options;
  if (entries <= entriesPerPage * POOLED_PAGES) {
    const { valueBytes } = options;
    const place = openPooled(options, ({ exports }) =>
      exports.createPooled(entries, entriesPerPage, maxBytes, valueBytes),
    );
    if (place !== undefined) return place;
    throw new CapacityError(`maxBytes: ${maxBytes} bytes are too few for a table of ${entries} entries`);
  }
  return openOwned(options, entries);
}

function openOwned(options: TableOptions, entries: number): Place {
  const { name, valueBytes, entriesPerPage, maxBytes } = options;
  const instance = takeOwned(options);
  const shift = name === 'bytes' ? byteStepShift : stepShift;
  const table = instance?.exports.createOwned(entries, entriesPerPage, maxBytes, shift, valueBytes) ?? 0;
  if (instance === undefined || table === 0) {
    throw new CapacityError(`no room for a table of ${entries} entries; ${limitOf(maxBytes)}`);
  }
  return { instance, table: table >>> 0 };
}

/**
 * Makes an empty table of a given form; in a memory of its own it has no pages yet.
 * @throws CapacityError
 */
export function openForm(options: TableOptions, form: Form, pooled: boolean): Place {
  const { entriesPerPage, maxBytes } = options;
  const { bucketBits, groupLog, pagesPerGroup, splitNext } = form;
  if (pooled) {
    const place = openPooled(options, ({ exports }) =>
      (exports as MapExports & ImageExports).createPooledForm(bucketBits, pagesPerGroup, entriesPerPage, maxBytes),
    );
    if (place !== undefined) return place;
    throw new CapacityError(`maxBytes: ${maxBytes} bytes are too few for this table`);
  }
  const instance = takeOwned(options);
  if (instance === undefined)
    throw new CapacityError(`maxBytes: ${maxBytes} bytes are too few for a memory of its own`);
  const exports = instance.exports as MapExports & ImageExports;
  const table = exports.createOwnedForm(groupLog, pagesPerGroup, splitNext, entriesPerPage, maxBytes, stepShift);
  return { instance, table: table >>> 0 };
}

/** Has the next tables go to a pool without a table. */
export function openPool(like: Pick<MapInstance, 'name' | 'native'>): void {
  poolsOf(like).current = takePool(like);
}

function limitOf(maxBytes: number): string {
  return maxBytes < MOST_BYTES ? `maxBytes is ${maxBytes} bytes` : 'a map has 4 GiB at most';
}

/** Makes a table in a pool; `create` answers 0 where there is no room for it. */
function openPooled(options: TableOptions, create: (instance: MapInstance) => number): Place | undefined {
  const pools = poolsOf(options);
  const tryIn = (instance: MapInstance): Place | undefined => {
    const table = create(instance) >>> 0;
    if (table === 0) return undefined;
    instance.maps++;
    return { instance, table };
  };
  let place = pools.current && tryIn(pools.current);
  if (place !== undefined) return place;
  const tried: MapInstance[] = [];
  for (const instance of pools.freed.taken()) {
    place = tryIn(instance);
    if (place !== undefined) {
      pools.current = instance;
      return place;
    }
    tried.push(instance);
  }
  const next = takePool(options);
  place = tryIn(next);
  if (place !== undefined) {
    pools.current = next;
  } else {
    for (const instance of tried) pools.freed.add(instance); // they were not full: maxBytes is too small for any
    keepEmpty(next);
  }
  return place;
}

/** A pool without a table. */
function takePool({ name, native }: Pick<MapInstance, 'name' | 'native'>): MapInstance {
  return poolsOf({ name, native }).empty.pop() ?? MapInstance.pool(name, native);
}

/** Pools without a table that are kept for the next ones, for each module. */
const MOST_EMPTY = 4;

/** Keeps a pool without a table for the next one, or leaves it to the collector. */
function keepEmpty(pool: MapInstance): void {
  const { empty } = poolsOf(pool);
  if (empty.length < MOST_EMPTY) empty.push(pool);
}

/**
 * Bytes of a memory of its own at its beginning: of numeric keys, and of byte keys, whose table and keys have segments
 * of their own.
 */
export function leastOwned(isBytes: boolean): number {
  return (isBytes ? 5 : 2) * WASM_PAGE;
}

/** A memory for a single map: one of those that were wiped, or a new one. */
function takeOwned({ name, native, maxBytes, fresh }: TableOptions): MapInstance | undefined {
  if (maxBytes < leastOwned(name === 'bytes')) return undefined; // a map at its limit asks with each new key
  const fits = ({ memory, layout }: MapInstance) => memory.buffer.byteLength - layout.ORIGIN <= maxBytes;
  const { spare } = poolsOf({ name, native });
  const last = fresh ? -1 : spare.findLastIndex(fits);
  if (last >= 0) return spare.splice(last, 1)[0];
  const instance = MapInstance.owned(name, native);
  return fits(instance) ? instance : undefined;
}

/**
 * Moves a table out of its pool into a memory of its own: a copy of at most three pages. Byte keys are written anew,
 * with their entries.
 * @throws CapacityError: nothing has changed then
 */
export function moveOut(place: Place, options: TableOptions): Place {
  const { instance: from, table } = place;
  if (from.layout.bytes !== undefined) {
    return carry(place, openOwned(options, (from.views.u32[(table + from.layout.COUNT) >>> 2] as number) + 1));
  }
  const { maxBytes } = options;
  const to = takeOwned(options);
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
  transfer(source.subarray(pages, pages + bytes), target, from.exports.landingOf(table) >>> 0);
  const moved = to.exports.settle(maxBytes, stepShift) >>> 0;
  release(from, table);
  return { instance: to, table: moved };
}

/**
 * Moves a table from a pool that has no block left for its next form to one that has.
 * @throws CapacityError: nothing has changed then
 */
export function changePool(place: Place, options: TableOptions): Place {
  const { instance: from, table } = place;
  const { COUNT, GROW_AT } = from.layout;
  const { u32 } = from.views;
  // As many pages as it has, at least: in fewer, entries of a crowd or at a high load may not find a place.
  const entries = Math.max((u32[(table + COUNT) >>> 2] as number) + 1, u32[(table + GROW_AT) >>> 2] as number);
  const pools = poolsOf(from);
  if (from.layout.bytes === undefined) return carry(place, openTable(options, entries));
  // Byte keys need blocks for their bytes besides, which the current pool may have, and a new one has.
  if (pools.current !== undefined && pools.current !== from) {
    try {
      return carry(place, openTable(options, entries));
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
    }
  }
  openPool(from);
  return carry(place, openTable(options, entries));
}

/** Writes the entries of a pooled table to an empty one and gives its blocks back. */
function carry(place: Place, to: Place): Place {
  const { instance: from, table } = place;
  const { CARRIED, COUNT, MAX_MOVED, MOVED, SEED, WALKED } = from.layout;
  const { u32, u64 } = from.views;
  const count = u32[(table + COUNT) >>> 2] as number;
  const walked = u64[(table + WALKED) >>> 3] as bigint;
  to.instance.views.u32[(to.table + SEED) >>> 2] = u32[(table + SEED) >>> 2] as number;
  try {
    copyEntries(place, to);
  } catch (error) {
    closeTable(to);
    throw error;
  }
  const { views } = to.instance;
  views.u64[(to.table + WALKED) >>> 3] = walked;
  views.u64[(to.table + MOVED) >>> 3] = (u64[(table + MOVED) >>> 3] as bigint) + BigInt(count);
  views.u32[(to.table + MAX_MOVED) >>> 2] = u32[(table + MAX_MOVED) >>> 2] as number;
  views.u32[(to.table + CARRIED) >>> 2] = count;
  release(from, table);
  return to;
}

/** Copies the entries of a pooled table to another instance, whose table has room for them. */
function copyEntries({ instance: from, table }: Place, to: Place): void {
  const cursor = startCursor(COARSE);
  do {
    const rows = from.walk(table, cursor);
    if (from.layout.bytes === undefined) copyRows(from, to, rows);
    else copyByteRows(from, table, to, rows);
  } while (!atEnd(cursor));
  to.instance.takeServed(); // no batch of the caller's
}

/** Copies the rows that a walk has read: of one page, which the staging holds. */
function copyRows(from: MapInstance, { instance: to, table: copy }: Place, rows: number): void {
  const { staging, widths, WALK_KEYS, WALK_VALUES } = from.layout;
  const source = from.views.u8;
  transfer(source.subarray(WALK_KEYS, WALK_KEYS + rows * widths.key), to.views.u8, staging.keys);
  transfer(source.subarray(WALK_VALUES, WALK_VALUES + rows * widths.value), to.views.u8, staging.values);
  putCopies(to, copy, rows);
}

/** Copies the rows that a walk has read, with their bytes. None of a pool's keys is too long for the staging. */
function copyByteRows(from: MapInstance, table: number, { instance: to, table: copy }: Place, rows: number): void {
  const { staging } = from.layout;
  for (let count = from.gather(table, rows); count > 0; count = from.gather(table, rows)) {
    const source = from.views.u8;
    transfer(source.subarray(staging.offsets, staging.keys + staging.room), to.views.u8, staging.offsets);
    putCopies(to, copy, count);
  }
}

/** Writes copies that are staged. @throws CapacityError where the table has no room for all of them */
function putCopies({ exports, layout }: MapInstance, copy: number, rows: number): void {
  const { keys, values } = layout.staging;
  if (exports.putRows(copy, keys, values, rows, REPLACE) >>> 0 < rows) {
    throw new CapacityError('maxBytes: too few bytes for the memory that the map needs to grow further');
  }
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
  const { spare } = poolsOf(instance);
  if (spare.length < MOST_SPARE && instance.exports.bytesOf(table) >>> 0 <= MOST_SPARE_BYTES) {
    instance.exports.wipeOwned(table);
    spare.push(instance);
  }
}

/** Drops a table that is not whole: a memory that may lack some of its pages is left to the collector. */
export function abandonTable({ instance, table }: Place): void {
  if (instance.isPool) release(instance, table);
}

function release(pool: MapInstance, table: number): void {
  pool.exports.dropPooled(table);
  pool.maps--;
  if (pool.maps === 0) pool.exports.resetPool();
  const { current, freed } = poolsOf(pool);
  if (pool === current) return;
  if (pool.maps > 0) {
    freed.add(pool);
  } else {
    freed.delete(pool);
    keepEmpty(pool);
  }
}
