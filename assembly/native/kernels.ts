// The native kernels as imports of the namespace `tophash_native`; src/native/kernels.h says what they take and answer.
// Only a build for servers (NATIVE=1) calls them, so only there are they imports.

import { valueWidth } from "../table/bucket";
import { Table } from "../table/table";
import { ORIGIN } from "../memory/layout";

/**
 * The flag of a row that a look-up leaves to the wasm, and the bit of an answer where there are such rows, or where the
 * next one is.
 */
export const UNKNOWN: u8 = 2;
export const OPEN: u32 = 0x80000000;

/**
 * Low bits of the answer of a write: rows that it is done with. The others: rows of the last block that are left, at
 * PENDING.
 */
export const ROWS_BITS: u32 = 24;


@external("tophash_native", "hashU32")
export declare function hashU32(keys: usize, count: u32, seed: u32, out: usize): u32;


@external("tophash_native", "hashU64")
export declare function hashU64(keys: usize, count: u32, seed: u32, out: usize): u32;


@external("tophash_native", "hashRows")
export declare function hashRows(keys: usize, offsets: usize, rows: u32, seed: u32, out: usize): u32;


@external("tophash_native", "hashRowsLow")
export declare function hashRowsLow(keys: usize, offsets: usize, rows: u32, seed: u32, out: usize): u32;


@external("tophash_native", "selectRows4")
export declare function selectRows4(keys: usize, rows: u32, found: usize, wanted: u32): u32;


@external("tophash_native", "selectRows8")
export declare function selectRows8(keys: usize, rows: u32, found: usize, wanted: u32): u32;


@external("tophash_native", "getRows4x4")
declare function getRows4x4(table: Table, origin: usize, keys: usize, rows: u32, values: usize, found: usize): u32;


@external("tophash_native", "getRows4x8")
declare function getRows4x8(table: Table, origin: usize, keys: usize, rows: u32, values: usize, found: usize): u32;


@external("tophash_native", "getRows8x4")
declare function getRows8x4(table: Table, origin: usize, keys: usize, rows: u32, values: usize, found: usize): u32;


@external("tophash_native", "getRows8x8")
declare function getRows8x8(table: Table, origin: usize, keys: usize, rows: u32, values: usize, found: usize): u32;


@external("tophash_native", "hasRows4x0")
declare function hasRows4x0(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "hasRows4x4")
declare function hasRows4x4(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "hasRows4x8")
declare function hasRows4x8(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "hasRows8x0")
declare function hasRows8x0(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "hasRows8x4")
declare function hasRows8x4(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "hasRows8x8")
declare function hasRows8x8(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "putRows4x0")
declare function putRows4x0(table: Table, origin: usize, keys: usize, values: usize, rows: u32, how: u32): u32;


@external("tophash_native", "putRows4x4")
declare function putRows4x4(table: Table, origin: usize, keys: usize, values: usize, rows: u32, how: u32): u32;


@external("tophash_native", "putRows4x8")
declare function putRows4x8(table: Table, origin: usize, keys: usize, values: usize, rows: u32, how: u32): u32;


@external("tophash_native", "putRows8x0")
declare function putRows8x0(table: Table, origin: usize, keys: usize, values: usize, rows: u32, how: u32): u32;


@external("tophash_native", "putRows8x4")
declare function putRows8x4(table: Table, origin: usize, keys: usize, values: usize, rows: u32, how: u32): u32;


@external("tophash_native", "putRows8x8")
declare function putRows8x8(table: Table, origin: usize, keys: usize, values: usize, rows: u32, how: u32): u32;


@external("tophash_native", "getByteRows")
export declare function getByteRows(
  table: Table,
  origin: usize,
  keys: usize,
  rows: u32,
  values: usize,
  found: usize,
): u32;


@external("tophash_native", "hasByteRows")
export declare function hasByteRows(table: Table, origin: usize, keys: usize, rows: u32, found: usize): u32;


@external("tophash_native", "putByteRows")
export declare function putByteRows(
  table: Table,
  origin: usize,
  keys: usize,
  values: usize,
  first: u32,
  end: u32,
  how: u32,
): u32;

/** The kernel of getRows for a table of K to V, or of hasRows where O is None. */
@inline
export function getRows<K, V, O>(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  if (valueWidth<O>()) {
    if (sizeof<K>() == 4) {
      if (valueWidth<V>() == 4) return getRows4x4(table, ORIGIN, keys, rows, values, found);
      return getRows4x8(table, ORIGIN, keys, rows, values, found);
    }
    if (valueWidth<V>() == 4) return getRows8x4(table, ORIGIN, keys, rows, values, found);
    return getRows8x8(table, ORIGIN, keys, rows, values, found);
  }
  if (sizeof<K>() == 4) {
    if (valueWidth<V>() == 0) return hasRows4x0(table, ORIGIN, keys, rows, found);
    if (valueWidth<V>() == 4) return hasRows4x4(table, ORIGIN, keys, rows, found);
    return hasRows4x8(table, ORIGIN, keys, rows, found);
  }
  if (valueWidth<V>() == 0) return hasRows8x0(table, ORIGIN, keys, rows, found);
  if (valueWidth<V>() == 4) return hasRows8x4(table, ORIGIN, keys, rows, found);
  return hasRows8x8(table, ORIGIN, keys, rows, found);
}

/** The kernel of putRows for a table of K to V. */
@inline
export function putRows<K, V>(table: Table, keys: usize, values: usize, rows: u32, how: u32): u32 {
  if (sizeof<K>() == 4) {
    if (valueWidth<V>() == 0) return putRows4x0(table, ORIGIN, keys, values, rows, how);
    if (valueWidth<V>() == 4) return putRows4x4(table, ORIGIN, keys, values, rows, how);
    return putRows4x8(table, ORIGIN, keys, values, rows, how);
  }
  if (valueWidth<V>() == 0) return putRows8x0(table, ORIGIN, keys, values, rows, how);
  if (valueWidth<V>() == 4) return putRows8x4(table, ORIGIN, keys, values, rows, how);
  return putRows8x8(table, ORIGIN, keys, values, rows, how);
}

/** The kernel of hashColumn for keys of type K. */
@inline
export function hashColumn<K>(keys: usize, count: u32, seed: u32, out: usize): u32 {
  return sizeof<K>() == 4 ? hashU32(keys, count, seed, out) : hashU64(keys, count, seed, out);
}

/** The kernel of selectRows for keys of type K. */
@inline
export function selectRows<K>(keys: usize, rows: u32, found: usize, wanted: u32): u32 {
  return sizeof<K>() == 4 ? selectRows4(keys, rows, found, wanted) : selectRows8(keys, rows, found, wanted);
}
