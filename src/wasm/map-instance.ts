// Instances of the map's modules: what they export, and the memories of pools and of single maps.

import { Instance, type Views } from './instance.js';
import type { Native, NativeExports } from './native.js';
import { sharedMemory } from './runtime.js';
import type { MapModuleName } from './source.js';
import { maps } from './sources.js';
import { turnsKnown } from './turns.js';

/** Functions of a map's module (assembly/index.ts). Addresses and counts come signed: `>>> 0`. */
export interface MapExports {
  createPooled(entries: number, entriesPerPage: number, maxBytes: number, valueBytes: number): number;
  createOwned(entries: number, entriesPerPage: number, maxBytes: number, stepShift: number, valueBytes: number): number;
  landingOf(table: number): number;
  imageBytes(table: number): number;
  settle(maxBytes: number, stepShift: number): number;
  dropPooled(table: number): void;
  resetPool(): void;
  wipeOwned(table: number): void;
  reserve(table: number, entries: number, keeps: boolean): number;
  maintain(table: number): number;
  touchAhead(table: number, rows: number): void;
  anticipate(table: number, soon: number, entries: number): void;
  bytesOf(table: number): number;
  find(table: number, key: number | bigint): number;
  claim(table: number, key: number | bigint): number;
  remove(table: number, key: number | bigint): number;
  getRows(table: number, keys: number, rows: number, values: number, found: number): number;
  hasRows(table: number, keys: number, rows: number, found: number): number;
  selectRows(keys: number, rows: number, found: number, wanted: number): number;
  putRows(table: number, keys: number, values: number, rows: number, how: number): number;
  removeRows(table: number, keys: number, rows: number): number;
  /** Comes behind the last rows of a batch that deletes. */
  shrinkBehind(table: number, removed: number): void;
  walk(table: number, high: number, low: number, level: number, aim: number, most: number): number;
  probeHistogram(table: number, histogram: number): number;
  endRestore(table: number): void;
}

/** What the module for byte keys has besides, or otherwise (assembly/bytes.ts). A key is an address and a length. */
export interface ByteExports {
  find(table: number, key: number, length: number): number;
  claim(table: number, key: number, length: number): number;
  remove(table: number, key: number, length: number): number;
  makeLongRoom(table: number, length: number): number;
  gather(table: number, rows: number): number;
}

/** What snapshots need of a module for keys that are numbers, besides. */
export interface ImageExports {
  createPooledForm(bits: number, pages: number, entriesPerPage: number, maxBytes: number): number;
  createOwnedForm(
    groupLog: number,
    pagesPerGroup: number,
    splitNext: number,
    entriesPerPage: number,
    maxBytes: number,
    stepShift: number,
  ): number;
  makePages(table: number, pages: number, stepShift: number): number;
  pageAt(table: number, page: number): number;
  addToChecksum(checksum: bigint, at: number, length: number): bigint;
  pagesInRow(table: number, page: number, most: number): number;
  tidyPages(table: number, page: number, pages: number): void;
  checkPages(table: number, page: number, pages: number, random: number, floats: number): number;
  leafCount(): number;
  writeLeaf(index: number): number;
  placeRows(table: number, rows: number, first: number, floats: number, random: number): number;
  placeZero(table: number, floats: number): number;
}

/** What they need of the module for byte keys. */
export interface RecordExports {
  pageAt(table: number, page: number): number;
  leafCount(): number;
  leafAt(index: number): number;
  writeRecords(table: number, page: number, slot: number, reference: number): number;
  placeRecords(table: number, at: number, bytes: number, last: number, random: number, text: number): void;
}

/** What a module for 8-byte keys has besides (assembly/wide.ts): calls for keys of kind f64. */
export interface FloatExports {
  findFloat(table: number, key: number): number;
  claimFloat(table: number, key: number): number;
  removeFloat(table: number, key: number): number;
  makeCanonical(keys: number, count: number): void;
}

const CONSTANTS = [
  'CONTROL',
  'MISSING',
  'ORIGIN',
  'PENDING',
  'STAGING',
  'STAGING_BYTES',
  'REFUSED_BLOCK',
  'REFUSED_POOL',
  'HISTOGRAM_LENGTH',
  'MOST_ROWS',
  'WALK_KEYS',
  'WALK_VALUES',
  'NEXT',
  'HEADER_BYTES',
  'COUNT',
  'GROW_AT',
  'BASE',
  'PAGES',
  'BUCKET_MASK',
  'SPLIT_NEXT',
  'GROUP_MASK',
  'APART',
  'SEED',
  'MOVED',
  'MAX_MOVED',
  'CARRIED',
  'WALKED',
  'REFUSAL',
  'SPILLED',
  'ZERO_VALUE',
] as const;

/** What the module for byte keys has besides. */
const BYTE_CONSTANTS = [
  'BYTE_ROWS',
  'KEY_BYTES',
  'KEY_BYTES_ROOM',
  'OFFSETS',
  'ROW_VALUES',
  'ROW_FOUND',
  'GATHERED',
  'LONG_AT',
  'LONG_ROOM',
  'TOTAL_KEY_BYTES',
  'FAULT_BAD',
  'FAULT_REFUSED',
  'FINGERPRINTS',
] as const;

type Constants<Names extends readonly string[]> = Readonly<Record<Names[number], number>>;

/** Constants of the module: offsets in a table's header, places in a memory. */
export type Layout = Constants<typeof CONSTANTS> & {
  readonly widths: Widths;
  readonly staging: Staging;
  /** Of the module for byte keys. */
  readonly bytes: Constants<typeof BYTE_CONSTANTS> | undefined;
};

/** Rows of a batch that the staging holds, and where their keys, values and found flags stand in it. */
interface Staging {
  readonly rows: number;
  readonly keys: number;
  readonly values: number;
  readonly found: number;
  /** Of byte keys: the room for all of their bytes, and where their offsets stand. */
  readonly room: number;
  readonly offsets: number;
}

/** Rows are hashed in blocks of 128 (assembly/memory/layout.ts), so the staging holds whole blocks. */
const BLOCK_ROWS = 128;

function stagingOf(name: MapModuleName, { STAGING, STAGING_BYTES }: Constants<typeof CONSTANTS>): Staging {
  const { key, value } = widthsOf(name);
  const rows = Math.floor(STAGING_BYTES / (key + value + 1) / BLOCK_ROWS) * BLOCK_ROWS;
  const keys = STAGING;
  return { rows, keys, values: keys + rows * key, found: keys + rows * (key + value), room: 0, offsets: 0 };
}

/** Bytes of a key and of a value: of byte keys neither is a constant. */
interface Widths {
  readonly key: number;
  readonly value: number;
}

function widthsOf(name: MapModuleName): Widths {
  const [, key, value] = /^k(\d)v(\d)$/.exec(name) ?? [];
  return { key: Number(key), value: Number(value) };
}

const layouts = new Map<MapModuleName, Layout>();

function layoutOf(name: MapModuleName, exports: object): Layout {
  let layout = layouts.get(name);
  if (layout === undefined) {
    layout = name === 'bytes' ? byteLayout(exports) : numericLayout(name, exports);
    layouts.set(name, layout);
  }
  return layout;
}

function numericLayout(name: MapModuleName, exports: object): Layout {
  const constants = constantsOf(exports, CONSTANTS);
  return { ...constants, widths: widthsOf(name), staging: stagingOf(name, constants), bytes: undefined };
}

function byteLayout(exports: object): Layout {
  const bytes = constantsOf(exports, BYTE_CONSTANTS);
  const { BYTE_ROWS: rows, KEY_BYTES: keys, KEY_BYTES_ROOM: room, OFFSETS: offsets } = bytes;
  return {
    ...constantsOf(exports, CONSTANTS),
    widths: widthsOf('bytes'),
    staging: { rows, keys, room, offsets, values: bytes.ROW_VALUES, found: bytes.ROW_FOUND },
    bytes,
  };
}

function constantsOf<Names extends readonly string[]>(exports: object, names: Names): Constants<Names> {
  const globals = exports as Record<string, WebAssembly.Global>;
  const entries = names.map((name) => [name, (globals[name] as WebAssembly.Global).value >>> 0]);
  return Object.fromEntries(entries) as Constants<Names>;
}

/**
 * A position in the hash order of a level, as two i32: what a walk has passed lies before it. Both 0 at the start, and
 * again at the end. It is right for every table with the same seed, whatever happens in between
 * (assembly/table/order.ts).
 */
export interface Cursor {
  high: number;
  low: number;
  /** At the start how fine the order shall be (assembly/table/order.ts); the first step puts the level there. */
  level: number;
}

/** The order of iterators: as fine as groups are, which are read whole. */
export const COARSE = 0;
/** An order fine enough for entries that go into another table of the same seed, at about 12 ns an entry more. */
export const FINE = 3;

/** A cursor at the start. */
export function startCursor(fineness: number): Cursor {
  return { high: 0, low: 0, level: fineness };
}

/** Is a cursor that has been moved at the end? */
export function atEnd(cursor: Cursor): boolean {
  return (cursor.high | cursor.low) === 0;
}

/** Rows of a step of a walk, about. */
const STEP_ROWS = 1024;

export const WASM_PAGE = 65536;

/**
 * Bytes of blocks that one pool gives out. Small, for a pool lives as long as the last of its maps that was not
 * disposed.
 */
const POOL_BYTES = 2 ** 20;

/**
 * V8 does not count shared memory against the heap's limits, so maps that are dropped without dispose would not bring a
 * collection about. Beside its memory a map therefore holds a buffer that V8 counts and nobody touches: address space,
 * no memory. Above this size it does not grow with the map, as collections are the pauses that shared memory is there
 * to avoid.
 */
const MOST_COUNTED = 8 * 2 ** 20;

export class MapInstance extends Instance<MapExports> {
  readonly name: MapModuleName;
  /** Of which it is; undefined: it has no native kernels. */
  readonly native: Native | undefined;
  readonly layout: Layout;
  /** Does the memory hold the blocks of many small maps? */
  readonly isPool: boolean;
  /** Maps that live in it: of a pool. */
  maps = 0;
  /** How many turns of the event loop were known of when it was made: of a pool. */
  readonly madeIn: number;
  /** By which freed-pools.ts knows a pool. */
  reference: WeakRef<MapInstance> | undefined;
  #counted: ArrayBuffer | undefined;
  #keyRoom: Uint8Array | undefined;

  private constructor(
    name: MapModuleName,
    native: Native | undefined,
    pages: number,
    shared: boolean,
    isPool: boolean,
  ) {
    super((native?.maps ?? maps)[name], pages, shared, native);
    this.name = name;
    this.native = native;
    this.layout = layoutOf(name, this.exports);
    this.isPool = isPool;
    this.madeIn = isPool ? turnsKnown() : 0;
    if (shared) this.#count();
  }

  /** The memory of a pool: made whole, so that it never grows. */
  static pool(name: MapModuleName, native: Native | undefined): MapInstance {
    return new MapInstance(name, native, POOL_BYTES / WASM_PAGE, sharedMemory, true);
  }

  /** The memory of one map. */
  static owned(name: MapModuleName, native: Native | undefined): MapInstance {
    return new MapInstance(name, native, 1, sharedMemory, false);
  }

  override renewViews(): Views {
    const views = super.renewViews();
    this.countMemory();
    return views;
  }

  /**
   * Reads the next entries behind a cursor, about `aim` and at most `most`, as columns at WALK_KEYS and WALK_VALUES,
   * and moves the cursor behind them. Returns how many: 0 only at the end.
   */
  walk(table: number, cursor: Cursor, aim = STEP_ROWS, most = this.layout.MOST_ROWS): number {
    const { high, low, level } = cursor;
    const rows =
      this.exports.walk(table, high, low, level, Math.min(aim, STEP_ROWS), Math.min(most, this.layout.MOST_ROWS)) >>> 0;
    const next = this.layout.NEXT >>> 2;
    const { i32 } = this.views;
    cursor.high = i32[next] as number;
    cursor.low = i32[next + 1] as number;
    cursor.level = i32[next + 2] as number;
    return rows;
  }

  /**
   * Stages entries of byte keys that the last walk has read, of `rows` rows; returns how many: see
   * assembly/bytes/gather.ts.
   */
  gather(table: number, rows: number): number {
    return (this.exports as MapExports & ByteExports).gather(table, rows) >>> 0;
  }

  /** Rows that native kernels have served since the last call. */
  takeServed(): number {
    return this.native === undefined ? 0 : (this.exports as MapExports & NativeExports).takeServed();
  }

  /** The staging for the bytes of keys. */
  get keyRoom(): Uint8Array {
    if (this.#keyRoom === undefined || this.#keyRoom.length === 0) {
      const { keys, room } = this.layout.staging;
      this.#keyRoom = this.views.u8.subarray(keys, keys + room);
    }
    return this.#keyRoom;
  }

  /**
   * Where a key goes that is too long for the staging, and how long it may be: as long as the longest so far that was
   * to be written.
   */
  longKey(table: number): { at: number; room: number } {
    const { LONG_AT, LONG_ROOM } = this.layout.bytes as NonNullable<Layout['bytes']>;
    const { u32 } = this.views;
    return { at: u32[(table + LONG_AT) >>> 2] as number, room: u32[(table + LONG_ROOM) >>> 2] as number };
  }

  /** Lets V8 know of the memory that the map has taken since the last time. */
  countMemory(): void {
    if (this.#counted !== undefined && !this.isPool) this.#count(); // a pool never grows
  }

  #count(): void {
    const bytes = this.memory.buffer.byteLength - this.layout.ORIGIN;
    const counted = this.#counted?.byteLength ?? 0;
    if (bytes < 2 * counted || counted >= MOST_COUNTED) return;
    const size = Math.min(bytes, MOST_COUNTED);
    this.#counted = new (ArrayBuffer as new (bytes: number, options: object) => ArrayBuffer)(size, {
      maxByteLength: size, // a resizable buffer is reserved, not cleared, and V8 counts it at once
    });
  }
}
