// How keys of each kind go to wasm: a single key as an argument, a column through the staging.
//
// Every kind has functions of its own, so that their calls into wasm see one type of key each, and few instances: V8 inlines them then.

import { isI32, isI64, isNumber, isU32, isU64 } from '../kinds.js';
import type { KeyKind } from '../types.js';
import type { FloatExports, MapExports } from './map-instance.js';

export interface KeyCalls {
  /** Address of a key's value; 0 where there is none, or `key` is none of the kind. */
  find(exports: MapExports, table: number, key: unknown): number;
  /** `claim` of the module, for a key of the kind. */
  claim(exports: MapExports, table: number, key: unknown): number;
  /** `remove` of the module, for a key of the kind. */
  remove(exports: MapExports, table: number, key: unknown): number;
  /** Makes `rows` staged keys what the table takes. */
  settle(exports: MapExports, keys: number, rows: number): void;
}

const asTheyAre = () => undefined;

// Keys of 32 bits go to wasm as an i32, whatever their sign: above 2^31 V8 would allocate a number for each call. Those of 64 bits
// go as an i64, which takes bigints of either sign.
const CALLS = {
  u32: {
    find: (exports, table, key) => (isU32(key) ? exports.find(table, key | 0) : 0),
    claim: (exports, table, key) => exports.claim(table, (key as number) | 0),
    remove: (exports, table, key) => exports.remove(table, (key as number) | 0),
    settle: asTheyAre,
  },
  i32: {
    find: (exports, table, key) => (isI32(key) ? exports.find(table, key | 0) : 0),
    claim: (exports, table, key) => exports.claim(table, (key as number) | 0),
    remove: (exports, table, key) => exports.remove(table, (key as number) | 0),
    settle: asTheyAre,
  },
  u64: {
    find: (exports, table, key) => (isU64(key) ? exports.find(table, key) : 0),
    claim: (exports, table, key) => exports.claim(table, key as bigint),
    remove: (exports, table, key) => exports.remove(table, key as bigint),
    settle: asTheyAre,
  },
  i64: {
    find: (exports, table, key) => (isI64(key) ? exports.find(table, key) : 0),
    claim: (exports, table, key) => exports.claim(table, key as bigint),
    remove: (exports, table, key) => exports.remove(table, key as bigint),
    settle: asTheyAre,
  },
  f64: {
    find: (exports, table, key) => (isNumber(key) ? (exports as MapExports & FloatExports).findFloat(table, key) : 0),
    claim: (exports, table, key) => (exports as MapExports & FloatExports).claimFloat(table, key as number),
    remove: (exports, table, key) => (exports as MapExports & FloatExports).removeFloat(table, key as number),
    settle(exports, keys, rows) {
      (exports as MapExports & FloatExports).makeCanonical(keys, rows);
    },
  },
} satisfies Partial<Record<KeyKind, KeyCalls>>;

/** The calls of a kind that a map can have. */
export function keyCalls(kind: string): KeyCalls {
  return CALLS[kind as keyof typeof CALLS];
}
