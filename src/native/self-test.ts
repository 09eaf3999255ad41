// The test that goes before any use of the kernels: two instances of each module do the same, one of them with its
// kernels switched off. What they answer, what they stage and what becomes of their tables must be the same, byte by
// byte.
//
// Kernels that work on the caller's columns do the same on copies of what is staged.
//
// Batches of all lengths about those of vectors and blocks go to kernels here, also those that are too short to gain by
// it. The inputs are random: seed and clock are WASI's, and so is the standard error, which is told where something
// differs.

import { CANONICAL, NARROW, REFUSED } from '../wasm/column-kernels.js';
import type { Native } from '../wasm/native.js';
import type { MapModuleName, Source } from '../wasm/source.js';
import type { Addon } from './addon.js';
import { BYTE_VALUES, byteColumns, type Columns, columnsOf, MOST_ROWS } from './self-test-columns.js';
import { Pair } from './self-test-pair.js';

/** Lengths about those of vectors, of steps and of blocks. */
const LENGTHS = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200, 256, 300, MOST_ROWS];
/** Rounds through all lengths: so many at least, and more while there is time. */
const ROUNDS = 2;
const MOST_MS = 10;

/**
 * The codes of replace, keep, and adding of unsigned and signed integers, least and greatest, those of floats among
 * them (assembly/batch/combine.ts).
 */
const HOWS = [0, 1, 8, 9, 16, 17, 18, 24, 25, 26];
/** High words of doubles: 1, 0, -0, infinities, and NaNs. */
const DOUBLES = [0x3ff00000, 0, 0x80000000, 0x7ff00000, 0xfff00000, 0x7ff80000, 0xfff80001, 0x7ff00001];
const ENTRIES_PER_PAGE = 416;
const STEP_SHIFT = 3;

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
  const end = new Uint32Array(pair.copyOf(offsets, rows * 4 + 4).buffer).at(-1) as number;
  const columns = [pair.copyOf(keys, Math.max(end, 1)), pair.copyOf(offsets, rows * 4 + 4)];
  if (rows > 0) expectHashes(pair, 'hashStrings', rows, columns, 8, seed, 8);
  pair.call('hashRowsLow', rows, ({ hashRowsLow }) => hashRowsLow(keys, offsets, rows, seed, out));
  pair.compare('hashRowsLow', rows, out, out + bytes);
  if (rows > 0) expectHashes(pair, 'hashStrings', rows, columns, 4, seed, 4);
}

/**
 * The kernels that hash the caller's columns, against what stands in the memory: hashes of 64 bits of the staged keys.
 */
function hashColumns(pair: Pair, rows: number, seed: number): void {
  const { staging } = pair;
  const out = pair.constant('FIXED_END');
  const keys = pair.copyOf(staging, rows * 8);
  const narrow = () => pair.call('lowWords', rows, ({ lowWords }) => lowWords(out, rows, out));
  expectHashes(pair, 'hashColumn8', rows, [keys], 8, seed, 0);
  narrow();
  expectHashes(pair, 'hashColumn8', rows, [keys], 4, seed, NARROW);
  pair.call('hashU32', rows, ({ hashU32 }) => hashU32(staging, rows, seed, out));
  expectHashes(pair, 'hashColumn4', rows, [keys], 4, seed);
  expectGroups(pair, new Uint32Array(pair.copyOf(out, rows * 4).buffer), pair.below(10));

  pair.stageWords(staging, rows * 2, (i) => (i & 1 ? (DOUBLES[pair.below(DOUBLES.length)] as number) : pair.below(2)));
  const doubles = pair.copyOf(staging, rows * 8);
  pair.call('makeCanonical', rows, ({ makeCanonical }) => makeCanonical(staging, rows));
  pair.call('hashU64', rows, ({ hashU64 }) => hashU64(staging, rows, seed, out));
  expectHashes(pair, 'hashColumn8', rows, [doubles], 8, seed, CANONICAL);
  narrow();
  expectHashes(pair, 'hashColumn8', rows, [doubles], 4, seed, CANONICAL | NARROW);
}

/** The kernel that groups rows by the top bits of their hashes must give the order that a sort does. */
function expectGroups(pair: Pair, hashes: Uint32Array, bits: number): void {
  const rows = hashes.length;
  const offsets = new Uint32Array(2 ** bits + 1);
  const order = new Uint32Array(rows);
  if ((pair.kernels['groupColumn']?.(hashes, offsets, order, rows, bits) ?? REFUSED) === REFUSED) return;
  const groups = Array.from(hashes, (word) => Math.floor(word / 2 ** (32 - bits)));
  const sorted = Array.from(groups, (_, row) => row).sort(
    (a, b) => (groups[a] as number) - (groups[b] as number) || a - b,
  );
  let placed = 0;
  for (let group = 0; group <= 2 ** bits; group++) {
    if (offsets[group] !== placed) pair.fail(`groupColumn of ${rows} rows gave other offsets`);
    while (placed < rows && groups[sorted[placed] as number] === group) placed++;
  }
  if (sorted.some((row, i) => order[i] !== row)) pair.fail(`groupColumn of ${rows} rows gave another order`);
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
  const Hashes = width === 8 ? BigUint64Array : Uint32Array;
  const hashes = new Hashes(new ArrayBuffer(rows * width + 8), 8, rows);
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
  let made: Columns | undefined;
  return (pair, rows) => {
    table ??= pair.call('createOwned', 0, (exports) =>
      exports.createOwned(0, ENTRIES_PER_PAGE, 0xffff_ffff, STEP_SHIFT, BYTE_VALUES),
    );
    made ??= name === 'bytes' ? byteColumns(pair) : columnsOf(name, pair);
    const columns = made;
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
  const there = new Uint8Array(rows);
  const counted = columns.lookUp(pair.hostOf(columns), table, undefined, there, rows);
  if (counted !== expected) pair.fail(`hasColumn of ${rows} rows answered ${counted}, in v128 ${expected}`);
  pair.expect('hasColumn', rows, there, found);
}
