// The hasher's instance: one for all calls.

import { Instance } from './instance.js';
import { native, type Native } from './native.js';
import { hasher as source } from './sources.js';

/** Functions of the hasher's module (assembly/hasher.ts). Results come signed. */
interface HasherExports {
  hashU32(keys: number, count: number, seed: number, out: number): void;
  hashU64(keys: number, count: number, seed: number, out: number): void;
  lowWords(hashes: number, count: number, out: number): void;
  hashRowsLow(bytes: number, offsets: number, rows: number, seed: number, out: number): void;
  hashRows(bytes: number, offsets: number, rows: number, seed: number, out: number): void;
  hashBytes(at: number, length: number, seed: number): bigint;
  hashBytesLow(at: number, length: number, seed: number): number;
  addToChecksum(checksum: bigint, at: number, length: number): bigint;
  makeCanonical(keys: number, count: number): void;
  countGroups(hashes: number, count: number, bits: number, counters: number): void;
  prefixGroups(bits: number, counters: number): void;
  deal4(from: number, rows: number, parts: number, stride: number): void;
  deal8(from: number, rows: number, parts: number, stride: number): void;
  firstFall(offsets: number, count: number): number;
  firstInvalidRow(bytes: number, offsets: number, rows: number): number;
  placeRows(hashes: number, count: number, bits: number, counters: number, places: number): void;
  ensureMemory(end: number, stepShift: number, limit: number): number;
  readonly DEAL: WebAssembly.Global;
  readonly DEAL_BYTES: WebAssembly.Global;
  readonly DEALT: WebAssembly.Global;
  readonly STAGING: WebAssembly.Global;
  readonly STAGING_BYTES: WebAssembly.Global;
  readonly FIXED_END: WebAssembly.Global;
  readonly READS_BEHIND: WebAssembly.Global;
}

export interface Hasher {
  readonly instance: Instance<HasherExports>;
  readonly staging: number;
  /** Bytes of the staging. */
  readonly bytes: number;
  /** Rows that half of the staging holds. */
  readonly rows: number;
  /** Behind the fixed part, for one call: it grows to what the call needs. */
  readonly extra: number;
  /** Bytes that hashing reads behind a row. */
  readonly readsBehind: number;
  /** Bytes of memory with which it serves another call: one more, and the next call has another instance. */
  readonly most: number;
}

/** Bytes that the hasher's memory may keep for the next call besides those it begins with. */
const MOST_KEPT = 2 ** 26;

let hasher: Hasher | undefined;
/** What the hasher is of. */
let madeOf: Native | undefined;

/**
 * The instance that hashes columns and checks bytes: made at the first call, and anew once native modules stand in, or
 * where it has become large.
 */
export function openHasher(): Hasher {
  if (hasher === undefined || madeOf !== native || hasher.instance.views.u8.length > hasher.most) {
    const instance = new Instance<HasherExports>(native?.hasher ?? source, 0, false, native);
    const { STAGING, STAGING_BYTES, FIXED_END, READS_BEHIND } = instance.exports;
    const bytes = STAGING_BYTES.value >>> 0;
    madeOf = native;
    hasher = {
      instance,
      staging: STAGING.value >>> 0,
      bytes,
      rows: (bytes >>> 3) & ~15,
      extra: FIXED_END.value >>> 0,
      readsBehind: READS_BEHIND.value >>> 0,
      most: instance.views.u8.length + MOST_KEPT,
    };
  }
  return hasher;
}
