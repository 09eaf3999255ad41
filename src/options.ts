// The options of a map or set, checked.

import { type Kind, keyKind, NO_VALUES, show, valueKind } from './kinds.js';
import type { HashSetOptions, KeyKind } from './types.js';

export interface CheckedOptions {
  readonly key: Kind;
  /** NO_VALUES for a set. */
  readonly value: Kind;
  readonly capacity: number;
  /** Entries of a page of 64 buckets at which growth begins: maxLoad in the unit of the table. */
  readonly entriesPerPage: number;
  readonly seed: number | undefined;
  readonly maxBytes: number;
}

const DEFAULT_MAX_LOAD = 6.5;
export const SLOTS = 8;
export const BUCKETS = 64;
/** One less than 2^32: more entries than a memory of 4 GiB holds. */
export const MOST_ENTRIES = 0xffff_ffff;
/** What a memory holds at most; `maxBytes` above it changes nothing. */
export const MOST_BYTES = 0xffff_ffff;

/**
 * The options of a map.
 * @throws TypeError for a wrong type, RangeError for a number out of range
 */
export function checkMapOptions(options: unknown): CheckedOptions {
  return check(options, true);
}

/** The options of a set. @throws as {@link checkMapOptions} */
export function checkSetOptions(options: unknown): CheckedOptions {
  return check(options, false);
}

function check(options: unknown, hasValues: boolean): CheckedOptions {
  if (typeof options !== 'object' || options === null) {
    const wanted = hasValues ? 'key and value' : 'key';
    throw new TypeError(`options: expected an object with ${wanted}; got ${show(options)}`);
  }
  const { key, value, capacity, maxLoad, seed, maxBytes } = options as Record<string, unknown>;
  const load = maxLoad === undefined ? DEFAULT_MAX_LOAD : number(maxLoad, 'maxLoad');
  if (!(load > 0 && load <= SLOTS)) {
    throw new RangeError(`options.maxLoad: expected a number above 0 and at most ${SLOTS}; got ${load}`);
  }
  return {
    key: keyKind(key),
    value: hasValues ? valueKind(value) : NO_VALUES,
    capacity: capacity === undefined ? 0 : checkEntries(capacity, 'options.capacity'),
    entriesPerPage: Math.max(1, Math.round(load * BUCKETS)),
    seed: seed === undefined ? undefined : checkSeed(seed, 'options.seed'),
    maxBytes: checkMaxBytes(maxBytes),
  };
}

function checkMaxBytes(maxBytes: unknown): number {
  const bytes = maxBytes === undefined ? MOST_BYTES : number(maxBytes, 'maxBytes');
  if (!(bytes >= 0)) throw new RangeError(`options.maxBytes: expected a number of bytes from 0 on; got ${bytes}`);
  return Math.min(Math.floor(bytes), MOST_BYTES);
}

/** What is asked of a snapshot. */
export interface RestoreOptions {
  /** undefined: whatever it has. */
  readonly key: Kind | undefined;
  readonly value: Kind | undefined;
  /** Must it be that of a set? */
  readonly isSet: boolean;
  readonly maxBytes: number;
}

/**
 * The options of a restore.
 * @throws as {@link checkMapOptions}
 */
export function checkRestoreOptions(options: unknown, isSet: boolean): RestoreOptions {
  if (options === undefined) return { key: undefined, value: undefined, isSet, maxBytes: MOST_BYTES };
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options: expected an object; got ${show(options)}`);
  }
  const { key, value, maxBytes } = options as Record<string, unknown>;
  return {
    key: key === undefined ? undefined : keyKind(key),
    value: isSet || value === undefined ? undefined : valueKind(value),
    isSet,
    maxBytes: checkMaxBytes(maxBytes),
  };
}

/** The options of a new set that is like another one, but for its capacity. A seed that was drawn is not passed on. */
export function optionsLike<K extends KeyKind>({
  key,
  entriesPerPage,
  seed,
  maxBytes,
}: CheckedOptions): HashSetOptions<K> {
  return { key: key.name as K, maxLoad: entriesPerPage / BUCKETS, seed, maxBytes };
}

function number(x: unknown, name: string): number {
  if (typeof x !== 'number') throw new TypeError(`options.${name}: expected a number; got ${show(x)}`);
  return x;
}

/** @throws TypeError, RangeError: not a number of entries */
export function checkEntries(x: unknown, what: string): number {
  if (typeof x !== 'number') throw new TypeError(`${what}: expected a number of entries; got ${show(x)}`);
  if (!Number.isInteger(x) || x < 0 || x > MOST_ENTRIES) {
    throw new RangeError(`${what}: expected an integer in 0 .. ${MOST_ENTRIES}; got ${show(x)}`);
  }
  return x;
}

/** Milliseconds that work in idle time takes if nothing else is said. */
const DEFAULT_BUDGET_MS = 8;

/** @throws TypeError, RangeError: not a time in milliseconds */
export function checkBudget(x: unknown, what: string): number {
  if (x === undefined) return DEFAULT_BUDGET_MS;
  if (typeof x !== 'number') throw new TypeError(`${what}: expected a number of milliseconds; got ${show(x)}`);
  if (!(x >= 0)) throw new RangeError(`${what}: expected a number of milliseconds from 0 on; got ${show(x)}`);
  return x;
}

/** @throws TypeError, RangeError: not a u32 */
export function checkSeed(x: unknown, what: string): number {
  if (typeof x !== 'number') throw new TypeError(`${what}: expected a number; got ${show(x)}`);
  if (x >>> 0 !== x) throw new RangeError(`${what}: expected an integer in 0 .. 2^32 - 1; got ${show(x)}`);
  return x >>> 0;
}
