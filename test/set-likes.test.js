/**
 * Set algebra with what is no HashSet: what is called, in which order, and what comes of it, are those of the built-in
 * Set.
 */
import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { KeyMap, KeySet } from './support/byte-domains.js';
import { refuses } from './support/check.js';
import {
  agreesWith,
  algebraAgrees,
  asking,
  both,
  keyColumn,
  keyNames,
  makeSet,
  making,
  operations,
  spread,
} from './support/sets.js';
import { HashSet } from './support/tophash.js';

const test = behaviour('set-likes');
/** Has this host set algebra of its own, to hold the expectations against? */
const hostHasAlgebra = typeof Set.prototype.union === 'function';

/** A set-like object that writes down what is done to it. `size` may be anything. */
function recorded(keys, size = keys.length) {
  const log = [];
  const members = new KeySet(keys);
  const other = {
    get size() {
      log.push('size');
      return size;
    },
    get has() {
      log.push('has');
      return (key) => {
        log.push('has()');
        return members.has(key) ? 'yes' : '';
      };
    },
    get keys() {
      log.push('keys');
      return () => {
        log.push('keys()');
        let row = 0;
        return {
          get next() {
            log.push('next');
            return () => {
              log.push('next()');
              return row < keys.length ? { value: keys[row++], done: false } : { value: 'nothing', done: 1 };
            };
          },
          return() {
            log.push('return()');
            return {};
          },
        };
      };
    },
  };
  return { other, log };
}

const times = (n, ...what) => Array.from({ length: n }, () => what).flat();
const record = ['size', 'has', 'keys'];
const walkOf = (rows) => ['keys()', 'next', ...times(rows, 'next()')];

/** [operation, keys of the set, keys of the other, its size, what is called after its members were read]. */
const calls = [
  ['union', [1, 2], [2, 3, 4], 3, walkOf(4)],
  ['union', [], [], 0, walkOf(1)],
  ['intersection', [1, 2], [2, 3], 2, times(2, 'has()')],
  ['intersection', [1, 2, 3], [2, 3], 2, walkOf(3)],
  ['intersection', [1, 2, 3], [2, 3], Infinity, times(3, 'has()')],
  ['intersection', [1, 2, 3], [2, 2, 2, 2], 1, walkOf(5)],
  ['intersection', [], [1], 0, []],
  ['difference', [1, 2], [2, 3], 2, times(2, 'has()')],
  ['difference', [1, 2, 3], [2, 4], 2, walkOf(3)],
  ['difference', [1, 2, 3], [2, 4], 2.9, walkOf(3)],
  ['symmetricDifference', [1, 2, 3], [2, 4, 4], 3, walkOf(4)],
  ['isSubsetOf', [1, 2], [1, 2], 2, times(2, 'has()')],
  ['isSubsetOf', [1, 2, 3], [1, 2, 3], 2, []],
  ['isSupersetOf', [1, 2, 3], [1, 2], 2, walkOf(3)],
  ['isSupersetOf', [1, 2], [1, 2], 3, []],
  ['isSupersetOf', [1, 2, 3], [1, 7, 2], 3, [...walkOf(2), 'return()']],
  ['isDisjointFrom', [1, 2], [3, 4], 2, times(2, 'has()')],
  ['isDisjointFrom', [1, 2, 3], [4, 5], 2, walkOf(3)],
  ['isDisjointFrom', [1, 2, 3], [4, 2, 5], 0, [...walkOf(2), 'return()']],
];

for (const [operation, keys, others, size, then] of calls) {
  test(`${operation} of ${keys.length} keys and one of size ${size} calls what Set calls`, () => {
    const sides = [makeSet('u32'), ...(hostHasAlgebra ? [new Set()] : [])];
    for (const set of sides) {
      for (const key of keys) set.add(key);
      const { other, log } = recorded(others, size);
      set[operation](other);
      assert.equal(log, [...record, ...then], set[Symbol.toStringTag]);
    }
  });
}

test('has stops at the first answer that decides', () => {
  const { set } = both('u32', [1, 2, 3]);
  const nothing = recorded([], 3);
  assert.is(set.isSubsetOf(nothing.other), false);
  assert.equal(nothing.log, [...record, 'has()']);
  const all = recorded([1, 2, 3], 3);
  assert.is(set.isDisjointFrom(all.other), false);
  assert.equal(all.log, [...record, 'has()']);
});

for (const key of keyNames) {
  test(`Sets, Maps and set-like objects on ${key}`, () => {
    for (const [rows, from, others] of [
      [0, 0, 0],
      [0, 0, 9],
      [9, 0, 0],
      [9, 5, 9],
      [9, 0, 9],
      [3, 0, 9],
      [9, 9, 9],
      [800, 400, 800],
      [2000, 1000, 500],
      [500, 100, 2000],
    ]) {
      const { set, model } = both(key, spread(0, rows));
      const column = keyColumn(key, spread(from, others));
      const otherModel = new KeySet(column);
      algebraAgrees(set, otherModel, model, otherModel);
      algebraAgrees(set, new KeyMap([...column].map((x) => [x, null])), model, otherModel);
      for (const size of [others, 0, Infinity]) {
        const { other } = recorded([...column], size);
        for (const name of Object.keys(making)) {
          // An object may say what it likes of its size: that chooses who is asked alone.
          agreesWith(tracked(set[name](other)), making[name](model, otherModel));
        }
      }
    }
  });
}

test('what is no set is refused, and the order of the checks is that of Set', () => {
  const set = makeSet('u32').add(1);
  const has = () => true;
  const keys = () => [].values();
  const wrongs = [
    [undefined, TypeError],
    [null, TypeError],
    [5, TypeError],
    ['set', TypeError],
    [[1, 2], TypeError],
    [Uint32Array.of(1), TypeError],
    [{}, TypeError],
    [{ size: undefined, has, keys }, TypeError],
    [{ size: NaN, has, keys }, TypeError],
    [{ size: 'many', has, keys }, TypeError],
    [{ size: 1n, has, keys }, TypeError],
    [{ size: Symbol('size'), has, keys }, TypeError],
    [{ size: -1, has, keys }, RangeError],
    [{ size: -Infinity, has: 5, keys }, RangeError],
    [{ size: '-2', has, keys }, RangeError],
    [{ size: 1, keys }, TypeError],
    [{ size: 1, has: true, keys }, TypeError],
    [{ size: 1, has }, TypeError],
    [{ size: 1, has, keys: [] }, TypeError],
    [new WeakSet(), TypeError],
  ];
  const hosts = hostHasAlgebra ? [new Set([1])] : [];
  for (const [wrong, type] of wrongs) {
    for (const side of [set, ...hosts]) for (const name of operations) refuses(() => side[name](wrong), type, name);
  }
  for (const result of [undefined, 5, 'iterator']) {
    const other = { size: 0, has, keys: () => result };
    for (const side of [set, ...hosts]) {
      for (const name of operations.filter((one) => one !== 'isSubsetOf')) {
        refuses(() => side[name](other), TypeError, `${name}, keys() gives ${result}`);
      }
    }
  }
  agreesWith(set, new Set([1]));
});

test('a size is made a number, a function may be a set, and methods get it as this', () => {
  const set = makeSet('u32').add(1).add(2);
  const other = Object.assign(() => undefined, {
    has(key) {
      assert.is(this, other);
      return key === 2;
    },
    keys() {
      assert.is(this, other);
      return [2].values();
    },
  });
  for (const size of ['1', 1.5, true, { valueOf: () => 1 }, -0.5, null]) {
    Object.defineProperty(other, 'size', { value: size, configurable: true });
    agreesWith(tracked(set.intersection(other)), new Set([2]));
    agreesWith(tracked(set.difference(other)), new Set([1]));
    assert.is(set.isDisjointFrom(other), false);
  }
});

test('what is no key of the kind is refused where it would be added, else not in the set', () => {
  const { set, model } = both('u32', [0, 1, 2, 3]);
  for (const [wrong, type] of [
    ['1', TypeError],
    [1n, TypeError],
    [undefined, TypeError],
    [{}, TypeError],
    [-1, RangeError],
    [0.5, RangeError],
    [2 ** 32, RangeError],
  ]) {
    for (const size of [0, Infinity]) {
      const { other, log } = recorded([1, wrong, 2], size);
      const otherModel = new Set([1, wrong, 2]);
      for (const name of ['union', 'symmetricDifference']) {
        refuses(() => set[name](other), type, name);
        assert.is(log.at(-1), 'return()', 'the iterator was closed');
      }
      for (const name of ['intersection', 'difference']) {
        agreesWith(tracked(set[name](other)), making[name](model, otherModel));
      }
      for (const name of ['isSupersetOf', 'isDisjointFrom']) {
        if (size === 0) assert.is(set[name](other), asking[name](model, otherModel), name);
      }
    }
    assert.is(set.isSubsetOf(new Set([0, 1, 2, 3, wrong])), true);
  }
  agreesWith(set, model);
});

test('-0 of another set is 0', () => {
  const { set } = both('i32', [0, 1]);
  const { other } = recorded([-0, -0, 5], 1);
  assert.equal([...tracked(set.intersection(other))], [0]);
  assert.equal([...tracked(set.symmetricDifference(other))].sort(), [1, 5]);
  assert.equal([...tracked(set.union(other))].sort(), [0, 1, 5]);
  assert.ok([...tracked(makeSet('i32').union(other))].every((key) => !Object.is(key, -0)));
});

test('methods of the other side may change the set', () => {
  const shrinking = both('u32', spread(0, 3000)).set;
  const deleting = { size: Infinity, keys: () => [].values(), has: (key) => shrinking.delete(key) };
  assert.is(tracked(shrinking.intersection(deleting)).size, 3000);
  assert.is(shrinking.size, 0);

  const { set, model } = both('u32', spread(0, 3000));
  const clearing = { size: Infinity, keys: () => [].values(), has: () => (set.clear(), false) };
  agreesWith(tracked(set.difference(clearing)), model);
  assert.is(set.size, 0);

  const growing = both('u32', [1]).set;
  let next = 2;
  const adding = { size: Infinity, keys: () => [].values(), has: () => (growing.add(next++), true) };
  assert.ok(growing.isSubsetOf(adding), 'it ends');

  const mutated = both('u32', [1, 2, 3]).set;
  const addsFirst = { size: 0, has: () => true, keys: () => (mutated.add(4), [9].values()) };
  agreesWith(tracked(mutated.union(addsFirst)), new Set([1, 2, 3, 4, 9]));

  const gone = both('u32', [1, 2, 3]).set;
  const disposing = { size: Infinity, keys: () => [].values(), has: () => (gone.dispose(), true) };
  refuses(() => gone.isSubsetOf(disposing), Error);
});

test('what the other side throws goes through', () => {
  const { set, model } = both('u32', [1, 2, 3]);
  const error = new Error('mine');
  const fail = () => {
    throw error;
  };
  const keys = () => [].values();
  for (const other of [
    { size: 9, has: fail, keys: fail },
    { size: 0, has: fail, keys: () => ({ next: fail }) },
    { size: { valueOf: fail }, has: () => true, keys },
    {
      size: 0,
      has: fail,
      keys: () => ({
        next: () => ({
          get done() {
            return fail();
          },
        }),
      }),
    },
  ]) {
    let thrown;
    try {
      set.intersection(other);
    } catch (e) {
      thrown = e;
    }
    assert.is(thrown, error);
  }
  agreesWith(set, model);
});

if (hostHasAlgebra) {
  test('a HashSet is set-like for the built-in Set', () => {
    const { set, model } = both('u32', spread(0, 500));
    const host = new Set(keyColumn('u32', spread(250, 500)));
    for (const name of Object.keys(making)) assert.equal(host[name](set), host[name](model), name);
    for (const name of Object.keys(asking)) assert.is(host[name](set), host[name](model), name);
  });
}

test('a subclass is a HashSet', () => {
  class Ids extends HashSet {}
  const ids = tracked(new Ids({ key: 'u32' }));
  ids.add(1);
  agreesWith(tracked(makeSet('u32').add(2).union(ids)), new Set([1, 2]));
  const result = tracked(ids.union(ids));
  assert.is(result.constructor, HashSet);
});

test.run();
