// Columns of the self-test: staged, and as copies for kernels that work on the caller's.

import { getByteColumn, hasByteColumn, putByteColumn } from '../wasm/byte-kernels.js';
import { type Host, lookUpColumn, putColumn } from '../wasm/column-kernels.js';
import type { MapModuleName } from '../wasm/source.js';
import type { Pair } from './self-test-pair.js';

/** Rows at most. */
export const MOST_ROWS = 384;

/** Longest key of bytes. */
const MOST_KEY = 100;
/** Bytes of a value in the table of byte keys. */
export const BYTE_VALUES = 4;
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

export function columnsOf(name: MapModuleName, pair: Pair): Columns {
  const [keyBytes, valueBytes] = [Number(name[1]), Number(name[3])];
  const { staging: keys } = pair;
  const most = MOST_ROWS;
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

export function byteColumns(pair: Pair): Columns {
  const [keys, offsets, values] = [pair.constant('KEY_BYTES'), pair.constant('OFFSETS'), pair.constant('ROW_VALUES')];
  const pool = Uint8Array.from({ length: POOL }, () => pair.below(256));
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
      const answer =
        given === undefined
          ? hasByteColumn(host, pair.kernels, table, column, flags, 0, rows)
          : getByteColumn(host, pair.kernels, table, column, given, flags, 0, rows);
      return answer === undefined || answer.left > 0 ? undefined : answer.hits;
    },
    stageKeys: (rows) => {
      stageKeysOf(pair, pool, keys, offsets, rows);
    },
  };
}

/** Bytes that keys are parts of. */
const POOL = 4096;

/** Stages keys of 0 to MOST_KEY bytes, each of which follows from a number: some are there already. */
function stageKeysOf(pair: Pair, pool: Uint8Array, keys: number, offsets: number, rows: number): void {
  const bytes = new Uint8Array(rows * MOST_KEY);
  const ends = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const key = pair.below(KEYS);
    const from = key % (POOL - MOST_KEY);
    const end = ends[row] as number;
    const length = key % (MOST_KEY + 1);
    bytes.set(pool.subarray(from, from + length), end);
    ends[row + 1] = end + length;
  }
  pair.stageWords(offsets, rows + 1, (row) => ends[row] as number);
  pair.stage(keys, bytes.subarray(0, ends[rows]));
}
