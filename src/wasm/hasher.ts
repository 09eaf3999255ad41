// The hasher's instance: one for all calls.

import { Instance } from './instance.js';

interface HasherExports {
  hashU32(keys: number, count: number, seed: number, out: number): void;
  hashU64(keys: number, count: number, seed: number, out: number): void;
  lowWords(hashes: number, count: number, out: number): void;
  makeCanonical(keys: number, count: number): void;
  countGroups(hashes: number, count: number, bits: number, counters: number): void;
  prefixGroups(bits: number, counters: number): void;
  firstInvalidRow(bytes: number, offsets: number, rows: number): number;
  placeRows(hashes: number, count: number, bits: number, counters: number, places: number): void;
  ensureMemory(end: number, stepShift: number, limit: number): number;
  readonly STAGING: WebAssembly.Global;
  readonly STAGING_BYTES: WebAssembly.Global;
  readonly FIXED_END: WebAssembly.Global;
}

interface Hasher {
  readonly instance: Instance<HasherExports>;
  readonly staging: number;
  /** Bytes of the staging. */
  readonly bytes: number;
  /** Rows that half of the staging holds. */
  readonly rows: number;
  readonly counters: number;
}

let hasher: Hasher | undefined;

/** The instance that hashes columns and checks bytes: made at the first call. */
export function openHasher(): Hasher {
  if (hasher === undefined) {
    const instance = new Instance<HasherExports>('hasher', 0, false);
    const { STAGING, STAGING_BYTES, FIXED_END } = instance.exports;
    const bytes = STAGING_BYTES.value >>> 0;
    hasher = {
      instance,
      staging: STAGING.value >>> 0,
      bytes,
      rows: (bytes >>> 3) & ~15,
      counters: FIXED_END.value >>> 0,
    };
  }
  return hasher;
}
