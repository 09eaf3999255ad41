// Set algebra where both sides are stores with keys of one kind: block by block.
//
// The keys that both have are counted first, those of the smaller one in the larger one. So the size of a result is
// known before it is built: its table is made once, and the keys, which come in hash order, don't crowd into the first
// pages of a small one (put-map.ts).
//
// A block is copied before anything else is called: both sides and the result may live in one memory.

import { countKeys, selectKeys } from './batch/get.js';
import { addKeys } from './batch/put.js';
import { blocksOf } from './blocks.js';
import { copyOfKeys, type Keys } from './key-columns.js';
import type { Store } from './store.js';

/** What is done with a set and another side. `result` is an empty set, and all that changes. */
export interface Algebra<Other> {
  union(result: Store, set: Store, other: Other): void;
  intersection(result: Store, set: Store, other: Other): void;
  difference(result: Store, set: Store, other: Other): void;
  symmetricDifference(result: Store, set: Store, other: Other): void;
  isSubsetOf(set: Store, other: Other): boolean;
  isSupersetOf(set: Store, other: Other): boolean;
  isDisjointFrom(set: Store, other: Other): boolean;
}

/** Algebra with the keys of another set or map. */
export const algebraOfStores: Algebra<Store> = {
  union(result, set, other) {
    makeRoom(result, set.size + other.size - countCommon(set, other));
    addFrom(result, set);
    addFrom(result, other);
  },

  intersection(result, set, other) {
    makeRoom(result, countCommon(set, other));
    const [few, many] = bySize(set, other);
    addSelected(result, few, many, true);
  },

  difference(result, set, other) {
    makeRoom(result, set.size - countCommon(set, other));
    addSelected(result, set, other, false);
  },

  symmetricDifference(result, set, other) {
    makeRoom(result, set.size + other.size - 2 * countCommon(set, other));
    addSelected(result, set, other, false);
    addSelected(result, other, set, false);
  },

  isSubsetOf: areAllIn,
  isSupersetOf: (set, other) => areAllIn(other, set),

  isDisjointFrom(set, other) {
    const [few, many] = bySize(set, other);
    for (const keys of keyBlocksOf(few)) if (countKeys(many, keys) > 0) return false;
    return true;
  },
};

function areAllIn(part: Store, whole: Store): boolean {
  if (part.size > whole.size) return false;
  for (const keys of keyBlocksOf(part)) if (countKeys(whole, keys) < keys.length) return false;
  return true;
}

/** Copies of all keys, a block at a time. */
function* keyBlocksOf(store: Store): Generator<Keys> {
  for (const { keys } of blocksOf(store)) yield copyOfKeys(keys);
}

/** Two sides, the smaller one first. */
function bySize(a: Store, b: Store): readonly [Store, Store] {
  return a.size <= b.size ? [a, b] : [b, a];
}

/** How many keys do both have? */
function countCommon(a: Store, b: Store): number {
  const [few, many] = bySize(a, b);
  let common = 0;
  for (const keys of keyBlocksOf(few)) common += countKeys(many, keys);
  return common;
}

/** An empty set takes its memory at the first write. */
function makeRoom(result: Store, size: number): void {
  if (size > 0) result.reserve(size, false);
}

/** Makes `result`, which is empty, like `set`. */
export function copyTo(result: Store, set: Store): void {
  makeRoom(result, set.size);
  addFrom(result, set);
}

function addFrom(result: Store, source: Store): void {
  for (const keys of keyBlocksOf(source)) addKeys(result, keys);
}

/** Adds the keys of `source` that `other` has, or those that it lacks. */
function addSelected(result: Store, source: Store, other: Store, areThere: boolean): void {
  for (const keys of keyBlocksOf(source)) {
    for (const selected of selectKeys(other, keys, areThere)) addKeys(result, selected);
  }
}
