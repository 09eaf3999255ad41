// Set algebra with whatever has size, has and keys: step by step as ECMA-262 has it for the built-in Set, which says
// what is called and in which order. The methods called may change the set.

import { addKeys } from './batch/put.js';
import { keysOf } from './iterate.js';
import { columnOfKeys } from './key-columns.js';
import { isObject, show } from './kinds.js';
import { type Algebra, copyTo } from './set-algebra.js';
import type { Store } from './store.js';

/** A set-like object, its members read once. */
interface SetRecord {
  /** An integer from 0 on, or Infinity. */
  readonly size: number;
  has(key: unknown): boolean;
  /** Calls `keys` and gives what its iterator gives; to leave a loop early closes it. */
  keys(): Iterable<unknown>;
}

/**
 * GetSetRecord of ECMA-262.
 * @throws TypeError for what is no object, a size that is no number, methods that are none; RangeError for a size below
 *   0
 */
export function setRecordOf(other: unknown): SetRecord {
  if (!isObject(other)) throw new TypeError(`other: expected a set; got ${show(other)}`);
  const record = other as Record<'size' | 'has' | 'keys', unknown>;
  const { size } = record;
  const number = +(size as number); // not Number(): of a bigint it is a TypeError
  if (Number.isNaN(number)) throw new TypeError(`other.size: expected a number; got ${show(size)}`);
  if (Math.trunc(number) < 0) throw new RangeError(`other.size: expected a number from 0 on; got ${show(size)}`);
  const has = method(record.has, 'has');
  const keys = method(record.keys, 'keys');
  return {
    size: Math.trunc(number),
    has: (key) => Boolean(Reflect.apply(has, other, [key])),
    keys() {
      const iterator = Reflect.apply(keys, other, []) as Iterator<unknown>;
      if (!isObject(iterator)) throw new TypeError(`other.keys(): expected an iterator; got ${show(iterator)}`);
      return { [Symbol.iterator]: () => iterator };
    },
  };
}

function method(x: unknown, name: string): (...args: unknown[]) => unknown {
  if (typeof x !== 'function') throw new TypeError(`other.${name}: expected a function; got ${show(x)}`);
  return x as (...args: unknown[]) => unknown;
}

/**
 * Algebra with a set-like object. What is no key of the set's kind is not in the set; to add it is an error, as in
 * `add`.
 */
export const algebraOfRecords: Algebra<SetRecord> = {
  union(result, set, other) {
    const keys = other.keys();
    copyTo(result, set);
    for (const key of keys) {
      result.checkKey(key);
      result.add(key);
    }
  },

  intersection(result, set, other) {
    if (set.size <= other.size) {
      for (const key of keysOf(set)) if (other.has(key)) result.add(key);
    } else {
      for (const key of other.keys()) if (set.find(key) !== 0) result.add(key);
    }
  },

  difference(result, set, other) {
    const walksSet = set.size <= other.size;
    copyTo(result, set);
    if (walksSet) {
      for (const key of keysOf(result)) if (other.has(key)) result.remove(key);
    } else {
      for (const key of other.keys()) result.remove(key);
    }
  },

  symmetricDifference(result, set, other) {
    const keys = other.keys();
    copyTo(result, set);
    for (const key of keys) {
      result.checkKey(key);
      if (set.find(key) !== 0) result.remove(key);
      else result.add(key);
    }
  },

  isSubsetOf(set, other) {
    if (set.size > other.size) return false;
    for (const key of keysOf(set)) if (!other.has(key)) return false;
    return true;
  },

  isSupersetOf(set, other) {
    if (set.size < other.size) return false;
    for (const key of other.keys()) if (set.find(key) === 0) return false;
    return true;
  },

  isDisjointFrom(set, other) {
    if (set.size <= other.size) {
      for (const key of keysOf(set)) if (other.has(key)) return false;
    } else {
      for (const key of other.keys()) if (set.find(key) !== 0) return false;
    }
    return true;
  },
};

/** Is it for `addAll` a set, and no column? */
export function isSetLike(x: unknown): boolean {
  if (!isObject(x)) return false;
  const { has, keys } = x as Partial<SetRecord>;
  return typeof has === 'function' && typeof keys === 'function';
}

/**
 * Adds all keys of a set-like object, once they are all checked; returns how many were new.
 * @throws see {@link HashSet.addAll}
 */
export function addRecord(store: Store, other: SetRecord): number {
  const keys: unknown[] = [];
  for (const key of other.keys()) {
    store.checkKey(key);
    keys.push(key);
  }
  store.checkAlive();
  return addKeys(store, columnOfKeys(keys, store.key));
}
