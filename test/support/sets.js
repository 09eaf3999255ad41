/**
 * What the tests of HashSet share: sets of every key kind, the algebra of the built-in Set by hand (Node 20 has none),
 * and comparison.
 */
import * as assert from 'uvu/assert';
import { tracked } from './behaviour.js';
import { seed } from './budget.js';
import { KeySet } from './byte-domains.js';
import { keyKinds } from './kinds.js';
import { HashMap, HashSet } from './tophash.js';

export const keyNames = Object.keys(keyKinds);

/** A set with a seed of the run; `{ seed: undefined }` leaves it to the set. */
export function makeSet(key, options) {
  return tracked(new HashSet({ key, seed, ...options }));
}

/** A column of keys from integers. */
export function keyColumn(key, integers) {
  const { Column, wrap } = keyKinds[key];
  return Column.from(integers, wrap);
}

/** `rows` integers spread over the range, number `from` and on: two runs have in common what their ranges have. */
export function spread(from, rows) {
  return Array.from({ length: rows }, (_, i) => Math.imul(from + i, 0x9e3779b1));
}

/** A set of integers and its model. */
export function both(key, integers, options) {
  const column = keyColumn(key, integers);
  const set = makeSet(key, options);
  set.addAll(column);
  return { set, model: new KeySet(column) };
}

/** A HashMap with these keys. */
export function mapOf(key, value, keys, options) {
  const map = tracked(new HashMap({ key, value, seed, ...options }));
  map.putAll(keyKinds[key].Column.from(keys), value === 'u64' ? 1n : 1);
  return map;
}

export const making = {
  union: (a, b) => new KeySet([...a, ...b]),
  intersection: (a, b) => new KeySet([...a].filter((key) => b.has(key))),
  difference: (a, b) => new KeySet([...a].filter((key) => !b.has(key))),
  symmetricDifference: (a, b) =>
    new KeySet([...[...a].filter((key) => !b.has(key)), ...[...b].filter((key) => !a.has(key))]),
};

export const asking = {
  isSubsetOf: (a, b) => [...a].every((key) => b.has(key)),
  isSupersetOf: (a, b) => [...b].every((key) => a.has(key)),
  isDisjointFrom: (a, b) => ![...a].some((key) => b.has(key)),
};

export const operations = [...Object.keys(making), ...Object.keys(asking)];

/** `set` has exactly the keys of `model`, by look-up and by column, and none of `others` that it lacks. */
export function agreesWith(set, model, others = []) {
  assert.is(set.size, model.size, 'size');
  const column = set.column();
  assert.is(column.length, model.size, 'rows of the column');
  for (const key of column) if (!model.has(key)) assert.unreachable(`${key} is in the column`);
  assert.is(new KeySet(column).size, model.size, 'different keys in the column');
  assert.is(set.hasAll(column).indexOf(0), -1, 'hasAll of its own column');
  const absent = column.constructor.from([...others].filter((key) => !model.has(key)));
  assert.is(set.hasAll(absent).indexOf(1), -1, 'hasAll of absent keys');
}

/** All operations on `set` and `other` do as the models do, and change neither. */
export function algebraAgrees(set, other, model, otherModel) {
  for (const [name, expected] of Object.entries(making)) {
    const result = tracked(set[name](other));
    assert.instance(result, HashSet);
    agreesWith(result, expected(model, otherModel), [...model, ...otherModel]);
    result.dispose();
  }
  for (const [name, expected] of Object.entries(asking)) {
    assert.is(set[name](other), expected(model, otherModel), name);
  }
  agreesWith(set, model, otherModel);
}
