// The test that goes before any use of the kernels: two instances of each module do the same, one of them with its kernels switched off. What they answer, what they stage and what
// becomes of their tables must be the same, byte by byte.
//
// Kernels that work on the caller's columns do the same on copies of what is staged.
//
// Batches of all lengths about those of vectors and blocks go to kernels here, also those that are too short to gain by it. The inputs are random: seed and clock
// are WASI's, and so is the standard error, which is told where something differs.

import { type ColumnKernels, type Host, lookUpColumn, putColumn, REFUSED } from '../wasm/column-kernels.js';
import { getByteColumn, hasByteColumn, putByteColumn } from '../wasm/byte-kernels.js';
import type { MapExports } from '../wasm/map-instance.js';
import type { Native, NativeExports } from '../wasm/native.js';
import type { MapModuleName, Source } from '../wasm/source.js';
import type { Addon } from './addon.js';
import { Unavailable } from './host.js';

/** What a module for servers exports besides (assembly/native/reactor.ts). */
interface ReactorExports extends NativeExports {
  setCapabilities(mask: number): void;
  layout(): number;
  drawSeed(): number;
  now(): number;
  warn(length: number): void;
}

interface HasherExports {
  hashU32(keys: number, count: number, seed: number, out: number): void;
  hashU64(keys: number, count: number, seed: number, out: number): void;
  hashRows(bytes: number, offsets: number, rows: number, seed: number, out: number): void;
  hashRowsLow(bytes: number, offsets: number, rows: number, seed: number, out: number): void;
}

type Constants = Readonly<Record<string, WebAssembly.Global | undefined>>;

/** In the mask of an instance: batches of any length go to kernels (assembly/native/use.ts). */
const ALWAYS = 0x8000_0000;

const MOST_PAGES = 65535;
/** Room for what the hasher's tests use. */
const MORE_PAGES = 16;
/** Lengths about those of vectors, of steps and of blocks. */
const LENGTHS = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200, 256, 300, 384];
/** Rounds through all lengths: so many at least, and more while there is time. */
const ROUNDS = 2;
const MOST_MS = 10;

/** The codes of replace, keep, and adding of unsigned and signed integers, least and greatest, those of floats among them (assembly/batch/combine.ts). */
const HOWS = [0, 1, 8, 9, 16, 17, 18, 24, 25, 26];
const ENTRIES_PER_PAGE = 416;
const STEP_SHIFT = 3;

/** What builds that check their invariants call where one does not hold. */
function broken(): never {
  throw new Error('an invariant of the table does not hold');
}

/** An instance, and its memory as bytes. */
class Side {
  readonly exports: ReactorExports & MapExports & HasherExports;
  readonly memory: WebAssembly.Memory;
  #u8: Uint8Array;

  constructor(native: Native, source: Source, module: WebAssembly.Module, mask: number) {
    this.memory = new WebAssembly.Memory({ initial: source.pages + MORE_PAGES, maximum: MOST_PAGES });
    const link = native.link(this.memory);
    const env = { memory: this.memory, abort: broken };
    const instance = new WebAssembly.Instance(module, { env, ...link.imports });
    link.start(instance);
    this.exports = instance.exports as unknown as Side['exports'];
    this.exports.setCapabilities(mask);
    this.#u8 = new Uint8Array(this.memory.buffer);
  }

  get u8(): Uint8Array {
    if (this.#u8.length === 0) this.#u8 = new Uint8Array(this.memory.buffer);
    return this.#u8;
  }

  get views() {
    return this.renewViews();
  }

  renewViews() {
    return { u8: this.u8, u32: new Uint32Array(this.memory.buffer) };
  }

  constant(name: string): number {
    return (this.exports as unknown as Constants)[name]?.value >>> 0;
  }
}

/** Both sides of a module. What is staged is staged for both; what is called must answer the same. */
class Pair {
  readonly #native: Side;
  readonly #simd: Side;
  readonly #random: () => number;
  readonly kernels: ColumnKernels;
  readonly staging: number;
  #served = 0;

  constructor(native: Native, source: Source, caps: number) {
    const module = source.compile(false);
    this.#native = new Side(native, source, module, caps | ALWAYS);
    this.#simd = new Side(native, source, module, 0);
    this.#random = randomFrom(this.#native.exports.drawSeed());
    this.kernels = native.columns;
    this.staging = this.constant('STAGING');
  }

  constant(name: string): number {
    return this.#native.constant(name);
  }

  get now(): number {
    const ms = this.#native.exports.now();
    this.stage(this.staging, new Uint8Array(8)); // where the host has answered
    return ms;
  }

  get layout(): number {
    return this.#native.exports.layout() >>> 0;
  }

  /** Rows that kernels have served. */
  get served(): number {
    this.#served += this.#native.exports.takeServed();
    return this.#served;
  }

  below(end: number): number {
    return this.#random() % end;
  }

  u32(): number {
    return this.#random();
  }

  /** Stages bytes. */
  stage(at: number, bytes: Uint8Array): void {
    this.#native.u8.set(bytes, at);
    this.#simd.u8.set(bytes, at);
  }

  /** Stages numbers of 32 bits, the low bytes first. */
  stageWords(at: number, count: number, word: (index: number) => number): void {
    const words = new Uint8Array(count * 4);
    const view = new DataView(words.buffer);
    for (let i = 0; i < count; i++) view.setUint32(i * 4, word(i), true);
    this.stage(at, words);
  }

  /** What both sides answer. */
  call(what: string, rows: number, run: (exports: Side['exports']) => unknown): number {
    const answers = [this.#native, this.#simd].map(({ exports }) => Number(run(exports) ?? 0) >>> 0);
    if (answers[0] !== answers[1]) this.fail(`${what} of ${rows} rows answered ${answers.join(', in v128 ')}`);
    return answers[0] as number;
  }

  /** Are bytes of both memories the same? */
  compare(what: string, rows: number, from: number, to: number): void {
    const [a, b] = [this.#native.u8, this.#simd.u8];
    for (let at = from; at < to; at++) {
      if (a[at] !== b[at]) this.fail(`${what} of ${rows} rows left other bytes at ${at}`);
    }
  }

  /** A copy of bytes of the memory in v128. */
  copyOf(from: number, bytes: number): Uint8Array {
    return this.#simd.u8.slice(from, from + bytes);
  }

  /** Are bytes those of the memory in v128? */
  expect(what: string, rows: number, bytes: Uint8Array, from: number): void {
    const expected = this.#simd.u8.subarray(from, from + bytes.length);
    if (bytes.some((byte, i) => byte !== expected[i])) this.fail(`${what} of ${rows} rows gave other bytes`);
  }

  /** The native side, for kernels that work on the caller's columns. */
  hostOf({ keyBytes, valueBytes, keys, values, offsets, room }: Columns): Host {
    const layout = {
      ORIGIN: this.constant('ORIGIN'),
      PENDING: this.constant('PENDING'),
      widths: { key: keyBytes, value: valueBytes },
      staging: { keys, values, offsets, room },
    };
    const side = this.#native;
    return {
      exports: side.exports,
      layout,
      get views() {
        return side.views;
      },
      renewViews: () => side.renewViews(),
    };
  }

  /** Writes staged rows, natively by `run`, which returns how many. */
  put(columns: Columns, table: number, rows: number, how: number, run: (host: Host) => number): void {
    const { keys, values } = columns;
    const written = run(this.hostOf(columns));
    const expected = this.#simd.exports.putRows(table, keys, values, rows, how) >>> 0;
    if (written !== expected) this.fail(`putColumn of ${rows} rows answered ${written}, in v128 ${expected}`);
  }

  /** Are the tables the same, with all that belongs to them? */
  compareTables(what: string): void {
    const [a, b] = [wordsOf(this.#native), wordsOf(this.#simd)];
    if (a.length !== b.length) this.fail(`${what} took another amount of memory`);
    for (let at = this.constant('CONTROL') >>> 2; at < a.length; at++) {
      if (a[at] !== b[at]) this.fail(`${what} left another table`);
    }
  }

  fail(what: string): never {
    const line = `tophash: native kernels are not used: ${what}\n`;
    this.#native.u8.set(new TextEncoder().encode(line), this.staging);
    this.#native.exports.warn(line.length);
    throw new Unavailable(`self-test failed: ${what}`);
  }
}

/** @throws Unavailable: says what differed */
export function selfTest(native: Native, addon: Addon, caps: number): void {
  const { hasher, maps } = native;
  test(native, addon, caps, hasher, hashRound);
  for (const source of Object.values(maps)) {
    test(native, addon, caps, source, roundsOf(source.name as MapModuleName));
  }
}

type Round = (pair: Pair, rows: number) => void;

function test(native: Native, addon: Addon, caps: number, source: Source, round: Round): void {
  const pair = new Pair(native, source, caps);
  const layout = addon['layout']?.(new Uint8Array(1));
  if (layout !== pair.layout) pair.fail(`the addon is for layout ${layout}, the modules have ${pair.layout}`);
  const end = pair.now + MOST_MS;
  for (let i = 0; i < ROUNDS || pair.now < end; i++) {
    for (const rows of LENGTHS) round(pair, rows);
    if (source !== native.hasher) pair.compareTables('putRows');
  }
  if (pair.served === 0) pair.fail(`${source.name} called no kernel`);
}

function hashRound(pair: Pair, rows: number): void {
  const { staging } = pair;
  const out = pair.constant('FIXED_END');
  const seed = pair.u32();
  const bytes = rows * 8;
  pair.stageWords(staging, rows * 2, () => pair.u32());
  pair.call('hashU32', rows, ({ hashU32 }) => hashU32(staging, rows, seed, out));
  pair.compare('hashU32', rows, out, out + bytes);
  pair.call('hashU64', rows, ({ hashU64 }) => hashU64(staging, rows, seed, out));
  pair.compare('hashU64', rows, out, out + bytes);
  if (rows > 0) hashColumns(pair, rows, seed);
  // Rows of up to 90 bytes, behind the hashes, and the offsets behind those.
  const keys = out + 4096;
  const offsets = keys + 65536;
  stageRows(pair, keys, offsets, rows, 90);
  pair.call('hashRows', rows, ({ hashRows }) => hashRows(keys, offsets, rows, seed, out));
  pair.compare('hashRows', rows, out, out + bytes);
  pair.call('hashRowsLow', rows, ({ hashRowsLow }) => hashRowsLow(keys, offsets, rows, seed, out));
  pair.compare('hashRowsLow', rows, out, out + bytes);
  if (rows === 0) return;
  const end = new Uint32Array(pair.copyOf(offsets, rows * 4 + 4).buffer).at(-1) as number;
  const keyColumn = pair.copyOf(keys, Math.max(end, 1));
  expectHashes(pair, 'hashStrings', rows, [keyColumn, pair.copyOf(offsets, rows * 4 + 4)], 4, seed, 4);
}

/** The kernels that hash the caller's columns, against what stands in the memory: hashes of 64 bits of the staged keys. */
function hashColumns(pair: Pair, rows: number, seed: number): void {
  const out = pair.constant('FIXED_END');
  const keys = pair.copyOf(pair.staging, rows * 8);
  expectHashes(pair, 'hashColumn8', rows, [keys], 8, seed, 0);
  pair.call('hashU32', rows, ({ hashU32 }) => hashU32(pair.staging, rows, seed, out));
  expectHashes(pair, 'hashColumn4', rows, [keys], 4, seed);
}

/** A kernel must give the hashes that stand in the memory, of `width` bytes each, unless it refuses. */
function expectHashes(
  pair: Pair,
  name: string,
  rows: number,
  columns: Uint8Array[],
  width: number,
  ...numbers: number[]
): void {
  // Not at the beginning of its buffer, and not of bytes: the host must tell where it lies and how long it is.
  const hashes = new Uint32Array(new ArrayBuffer(rows * width + 8), 8, (rows * width) >>> 2);
  const answer = pair.kernels[name]?.(...columns, hashes, rows, ...numbers) ?? REFUSED;
  if (answer !== REFUSED) pair.expect(name, rows, new Uint8Array(hashes.buffer, 8), pair.constant('FIXED_END'));
}

/** Stages rows of bytes, `most` at most each, and their offsets. */
function stageRows(pair: Pair, keys: number, offsets: number, rows: number, most: number): void {
  let end = 0;
  pair.stageWords(offsets, rows + 1, (row) => (row === 0 ? 0 : (end += pair.below(most + 1))));
  pair.stage(
    keys,
    Uint8Array.from({ length: end }, () => pair.below(256)),
  );
}

/** Rounds for a map's module: writes, then look-ups of keys of which some are there, then a selection. */
function roundsOf(name: MapModuleName): Round {
  let table: number | undefined;
  return (pair, rows) => {
    table ??= pair.call('createOwned', 0, (exports) =>
      exports.createOwned(0, ENTRIES_PER_PAGE, 0xffff_ffff, STEP_SHIFT, BYTE_VALUES),
    );
    const columns = name === 'bytes' ? byteColumns(pair) : columnsOf(name, pair);
    const { keys, values, found } = columns;
    const at = table;
    columns.stageKeys(rows);
    pair.stageWords(values, (rows * columns.valueBytes) >>> 2, () => pair.u32());
    const how = HOWS[pair.below(HOWS.length)] as number;
    if (pair.below(2) && rows > 0) pair.put(columns, at, rows, how, (host) => columns.put(host, at, rows, how));
    else pair.call('putRows', rows, ({ putRows }) => putRows(at, keys, values, rows, how));
    columns.stageKeys(rows);
    pair.call('getRows', rows, ({ getRows }) => getRows(at, keys, rows, values, found));
    pair.compare('getRows', rows, values, values + rows * columns.valueBytes);
    pair.compare('getRows', rows, found, found + rows);
    if (rows > 0) lookUp(pair, columns, at, rows);
    pair.call('hasRows', rows, ({ hasRows }) => hasRows(at, keys, rows, found));
    pair.compare('hasRows', rows, found, found + rows);
    const selected = pair.call('selectRows', rows, ({ selectRows }) => selectRows(keys, rows, found, 1));
    pair.compare('selectRows', rows, keys, keys + selected * columns.keyBytes); // behind them, anything
  };
}

/** Looks copies of staged keys up; what is there already of the answers is that of getRows. */
function lookUp(pair: Pair, columns: Columns, table: number, rows: number): void {
  const { keys, values, found, valueBytes } = columns;
  const [valueColumn, flags] = [new Uint8Array(rows * valueBytes), new Uint8Array(rows)];
  const given = valueBytes === 0 ? undefined : valueColumn;
  const hits = columns.lookUp(pair.hostOf(columns), table, given, flags, rows);
  if (hits === undefined) return; // as some keys may be in the spill
  pair.expect('getColumn', rows, valueColumn, values);
  if (valueBytes > 0) pair.expect('getColumn', rows, flags, found);
  const expected = pair.call('hasRows', rows, ({ hasRows }) => hasRows(table, keys, rows, found));
  if (hits !== expected) pair.fail(`getColumn of ${rows} rows answered ${hits}, in v128 ${expected}`);
  pair.expect('hasColumn', rows, flags, found);
}

/** Longest key of bytes. */
const MOST_KEY = 100;
/** Bytes of a value in the table of byte keys. */
const BYTE_VALUES = 4;
/** Keys are drawn from so many: a third of a round's keys are there already. */
const KEYS = 20_000;

/** Staged columns, and the same for kernels of the caller's columns, as copies. */
export interface Columns {
  readonly keys: number;
  readonly values: number;
  readonly found: number;
  /** Of byte keys without meaning: 0. */
  readonly keyBytes: number;
  readonly valueBytes: number;
  /** Of byte keys: where their offsets stand, and the room for their bytes. */
  readonly offsets: number;
  readonly room: number;
  stageKeys(rows: number): void;
  /** Writes staged rows, from copies as far as the table need not grow; returns how many. */
  put(host: Host, table: number, rows: number, how: number): number;
  /** Looks staged rows up; returns the hits, or undefined where some rows are the wasm's. */
  lookUp(
    host: Host,
    table: number,
    values: Uint8Array | undefined,
    found: Uint8Array,
    rows: number,
  ): number | undefined;
}

function columnsOf(name: MapModuleName, pair: Pair): Columns {
  const [keyBytes, valueBytes] = [Number(name[1]), Number(name[3])];
  const { staging: keys } = pair;
  const most = LENGTHS.at(-1) as number;
  const values = keys + most * keyBytes;
  const found = values + most * valueBytes;
  return {
    keys,
    values,
    found,
    keyBytes,
    valueBytes,
    offsets: 0,
    room: 0,
    put(host, table, rows, how) {
      const keyColumn = pair.copyOf(keys, rows * keyBytes);
      const valueColumn = valueBytes === 0 ? keyColumn : pair.copyOf(values, rows * valueBytes);
      const done = putColumn(host, pair.kernels, table, keyColumn, valueColumn, 0, rows, how);
      const { u8 } = host.views;
      u8.set(keyColumn.subarray(done * keyBytes), keys);
      if (valueBytes > 0) u8.set(valueColumn.subarray(done * valueBytes), values);
      return done + (host.exports.putRows(table, keys, values, rows - done, how) >>> 0);
    },
    lookUp(host, table, given, flags, rows) {
      return lookUpColumn(host, pair.kernels, table, pair.copyOf(keys, rows * keyBytes), given, flags, rows);
    },
    stageKeys(rows) {
      // Multiples of a number that is odd: low and high words differ, and zero is among them.
      const drawn = Array.from({ length: rows }, () => pair.below(KEYS));
      const word = (key: number, high: boolean) => Math.imul(key, high ? 0x9e3779b1 : 0x85ebca6b) >>> 0;
      pair.stageWords(keys, (rows * keyBytes) >>> 2, (i) =>
        keyBytes === 4 ? word(drawn[i] as number, false) : word(drawn[i >>> 1] as number, (i & 1) === 1),
      );
    },
  };
}

function byteColumns(pair: Pair): Columns {
  const [keys, offsets, values] = [pair.constant('KEY_BYTES'), pair.constant('OFFSETS'), pair.constant('ROW_VALUES')];
  const copy = (rows: number) => {
    const ends = new Uint32Array(pair.copyOf(offsets, rows * 4 + 4).buffer);
    return { bytes: pair.copyOf(keys, Math.max(ends[rows] as number, 1)), offsets: ends };
  };
  return {
    keys,
    values,
    found: pair.constant('ROW_FOUND'),
    keyBytes: 0,
    valueBytes: BYTE_VALUES,
    offsets,
    room: pair.constant('KEY_BYTES_ROOM'),
    put(host, table, rows, how) {
      const column = copy(rows);
      const valueColumn = new Uint32Array(pair.copyOf(values, rows * BYTE_VALUES).buffer);
      const { row } = putByteColumn(host, pair.kernels, table, column, valueColumn, 0, rows, how);
      const { u8, u32 } = host.views;
      u8.set(column.bytes, keys);
      u32.set(column.offsets.subarray(row), offsets >>> 2);
      u32.set(valueColumn.subarray(row), values >>> 2);
      return row + (host.exports.putRows(table, keys, values, rows - row, how) >>> 0);
    },
    lookUp(host, table, given, flags, rows) {
      const column = copy(rows);
      const answer = getByteColumn(host, pair.kernels, table, column, given as Uint8Array, flags, 0, rows);
      if (answer === undefined || answer.left > 0) return undefined;
      const has = hasByteColumn(host, pair.kernels, table, column, flags, 0, rows);
      return has?.hits === answer.hits ? answer.hits : NaN;
    },
    stageKeys: (rows) => {
      stageKeysOf(pair, keys, offsets, rows);
    },
  };
}

/** Stages keys of 0 to MOST_KEY bytes, each of which follows from a number: some are there already. */
function stageKeysOf(pair: Pair, keys: number, offsets: number, rows: number): void {
  const drawn = Array.from({ length: rows }, () => pair.below(KEYS));
  const bytes = drawn.flatMap((key) => {
    const letter = randomFrom(key);
    return Array.from({ length: key % (MOST_KEY + 1) }, () => letter() & 0xff);
  });
  let end = 0;
  pair.stageWords(offsets, rows + 1, (row) => (row === 0 ? 0 : (end += (drawn[row - 1] as number) % (MOST_KEY + 1))));
  pair.stage(keys, Uint8Array.from(bytes));
}

function wordsOf({ memory }: Side): Uint32Array {
  return new Uint32Array(memory.buffer);
}

/** Numbers of 32 bits that follow from a seed: SplitMix32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}
