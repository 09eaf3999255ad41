// The exports of the hasher's module, and nothing else: it works on columns in staging and keeps no table.

import * as dealing from "./batch/deal";
import * as batch from "./hash/batch";
import * as rowwise from "./hash/bytes";
import { hashBytes } from "./hash/bytes";

export { FIXED_END, STAGING, STAGING_BYTES } from "./memory/layout";
export { ensureMemory } from "./memory/layout";
export { DEAL, DEAL_BYTES, DEALT } from "./batch/deal";
export { makeCanonical } from "./hash/float";
export { hashBytes, READS_BEHIND } from "./hash/bytes";
export { hashBytesScalar, hashRowsScalar } from "./hash/bytes-scalar";
export { countGroups, placeRows, prefixGroups } from "./hash/partition";
export { addToChecksum } from "./snapshot/checksum";
export { firstFall } from "./text/offsets";
export { firstInvalidRow } from "./text/utf8";

export function hashU32(keys: usize, count: u32, seed: u32, out: usize): void {
  batch.hashColumn<u32>(keys, count, seed, out);
}

export function hashU64(keys: usize, count: u32, seed: u32, out: usize): void {
  batch.hashColumn<u64>(keys, count, seed, out);
}

export function lowWords(hashes: usize, count: u32, out: usize): void {
  batch.lowWords(hashes, count, out);
}

/** The hashes of rows of bytes, 64 bits each. */
export function hashRows(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  rowwise.hashRows<u64>(bytes, offsets, rows, seed, out);
}

/** The low halves alone. */
export function hashRowsLow(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  rowwise.hashRows<u32>(bytes, offsets, rows, seed, out);
}

/** The low half of the hash alone: a number, where 64 bits would be a bigint. */
export function hashBytesLow(at: usize, length: u32, seed: u32): u32 {
  return <u32>hashBytes(at, length, seed);
}

// --- columns ---

export function deal4(from: usize, rows: u32, parts: u32, stride: u32): void {
  dealing.deal<u32>(from, rows, parts, stride);
}

export function deal8(from: usize, rows: u32, parts: u32, stride: u32): void {
  dealing.deal<u64>(from, rows, parts, stride);
}

// --- the scalar twins, for tests ---

export function hashU32Scalar(keys: usize, count: u32, seed: u32, out: usize): void {
  batch.hashColumnScalar<u32>(keys, count, seed, out);
}

export function hashU64Scalar(keys: usize, count: u32, seed: u32, out: usize): void {
  batch.hashColumnScalar<u64>(keys, count, seed, out);
}
