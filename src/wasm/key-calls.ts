// How keys of each kind go to wasm: a single key as an argument, a column through the staging.
//
// Every kind has functions of its own, so that their calls into wasm see one type of key each, and few instances: V8
// inlines them then.

import { checkKeyBytes, lengthOfBytes, writeBytes } from '../bytes/key.js';
import { isBytes, isI32, isI64, isNumber, isString, isU32, isU64 } from '../kinds.js';
import { byteLength, encodeAtOnce, encodeOne } from '../text.js';
import type { KeyKind } from '../types.js';
import type { ByteExports, FloatExports, MapExports, MapInstance } from './map-instance.js';

export interface KeyCalls {
  /** Address of a key's value; 0 where there is none, or `key` is none of the kind. */
  find(exports: MapExports, table: number, key: unknown, instance: MapInstance): number;
  /** `claim` of the module, for a key of the kind. */
  claim(exports: MapExports, table: number, key: unknown, instance: MapInstance): number;
  /** `remove` of the module, for a key of the kind. */
  remove(exports: MapExports, table: number, key: unknown, instance: MapInstance): number;
  /** Makes `rows` staged keys what the table takes. */
  settle(exports: MapExports, keys: number, rows: number): void;
}

// What comes from another file of the package is looked up and checked at every call, a constant of this file is not.
const fitsU32 = isU32;
const fitsI32 = isI32;
const fitsU64 = isU64;
const fitsI64 = isI64;
const fitsF64 = isNumber;

const asTheyAre = () => undefined;

/** How keys of a kind become bytes. */
interface Coding<Key> {
  /** Writes a key to the staging; returns how many bytes, or -1 where they don't fit. */
  stage(key: Key, instance: MapInstance): number;
  /** Writes a key to the `room` bytes at `at`; returns how many bytes, or -1 where they don't fit. */
  write(key: Key, bytes: Uint8Array, at: number, room: number): number;
  bytesOf(key: Key): number;
}

function stageText(text: string, instance: MapInstance): number {
  const written = encodeAtOnce(text, instance.keyRoom);
  if (written >= 0) return written;
  const { keys, room } = instance.layout.staging;
  return encodeOne(text, instance.views.u8, keys, room);
}

function stageBytes(bytes: Uint8Array, instance: MapInstance): number {
  const { keys, room } = instance.layout.staging;
  return writeBytes(bytes, instance.views.u8, keys, room);
}

/**
 * The calls of a kind of byte keys: the key goes through the staging, or where it is too long for that, through a place
 * that the table makes for it.
 */
function byteCalls<Key>(isKey: (x: unknown) => x is Key, coding: Coding<Key>): KeyCalls {
  const { stage, write, bytesOf } = coding;

  function find(exports: MapExports, table: number, key: unknown, instance: MapInstance): number {
    if (!isKey(key)) return 0;
    const length = stage(key, instance);
    if (length >= 0) return (exports as MapExports & ByteExports).find(table, instance.layout.staging.keys, length);
    const long = instance.longKey(table);
    const written = write(key, instance.viewTo('u8', long.at + long.room), long.at, long.room);
    return written < 0 ? 0 : (exports as MapExports & ByteExports).find(table, long.at, written); // longer than any that is there
  }

  function claim(exports: MapExports, table: number, key: unknown, instance: MapInstance): number {
    const length = stage(key as Key, instance);
    if (length >= 0) return (exports as MapExports & ByteExports).claim(table, instance.layout.staging.keys, length);
    const bytes = bytesOf(key as Key);
    checkKeyBytes(bytes, 'key');
    if ((exports as MapExports & ByteExports).makeLongRoom(table, bytes) === 0) return 0;
    const long = instance.longKey(table);
    write(key as Key, instance.viewTo('u8', long.at + long.room), long.at, long.room);
    return (exports as MapExports & ByteExports).claim(table, long.at, bytes);
  }

  function remove(exports: MapExports, table: number, key: unknown, instance: MapInstance): number {
    const length = stage(key as Key, instance);
    if (length >= 0) return (exports as MapExports & ByteExports).remove(table, instance.layout.staging.keys, length);
    const long = instance.longKey(table);
    const written = write(key as Key, instance.viewTo('u8', long.at + long.room), long.at, long.room);
    return written < 0 ? 0 : (exports as MapExports & ByteExports).remove(table, long.at, written);
  }

  return { find, claim, remove, settle: asTheyAre };
}

// Keys of 32 bits go to wasm as an i32, whatever their sign: above 2^31 V8 would allocate a number for each call. Those
// of 64 bits go as an i64, which takes bigints of either sign.
const CALLS = {
  u32: {
    find: (exports, table, key) => (fitsU32(key) ? exports.find(table, key | 0) : 0),
    claim: (exports, table, key) => exports.claim(table, (key as number) | 0),
    remove: (exports, table, key) => exports.remove(table, (key as number) | 0),
    settle: asTheyAre,
  },
  i32: {
    find: (exports, table, key) => (fitsI32(key) ? exports.find(table, key | 0) : 0),
    claim: (exports, table, key) => exports.claim(table, (key as number) | 0),
    remove: (exports, table, key) => exports.remove(table, (key as number) | 0),
    settle: asTheyAre,
  },
  u64: {
    find: (exports, table, key) => (fitsU64(key) ? exports.find(table, key) : 0),
    claim: (exports, table, key) => exports.claim(table, key as bigint),
    remove: (exports, table, key) => exports.remove(table, key as bigint),
    settle: asTheyAre,
  },
  i64: {
    find: (exports, table, key) => (fitsI64(key) ? exports.find(table, key) : 0),
    claim: (exports, table, key) => exports.claim(table, key as bigint),
    remove: (exports, table, key) => exports.remove(table, key as bigint),
    settle: asTheyAre,
  },
  f64: {
    find: (exports, table, key) => (fitsF64(key) ? (exports as MapExports & FloatExports).findFloat(table, key) : 0),
    claim: (exports, table, key) => (exports as MapExports & FloatExports).claimFloat(table, key as number),
    remove: (exports, table, key) => (exports as MapExports & FloatExports).removeFloat(table, key as number),
    settle(exports, keys, rows) {
      (exports as MapExports & FloatExports).makeCanonical(keys, rows);
    },
  },
  string: byteCalls(isString, { stage: stageText, write: encodeOne, bytesOf: byteLength }),
  bytes: byteCalls(isBytes, { stage: stageBytes, write: writeBytes, bytesOf: lengthOfBytes }),
} satisfies Record<KeyKind, KeyCalls>;

/** The calls of a kind that a map can have. */
export function keyCalls(kind: string): KeyCalls {
  return CALLS[kind as keyof typeof CALLS];
}
