import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { KeySet, rowsOf } from './support/byte-domains.js';
import { refuses, same } from './support/check.js';
import { keyKinds, numericKeys } from './support/kinds.js';
import { Random } from './support/random.js';
import { both, keyColumn, keyNames, makeSet, spread } from './support/sets.js';
import { HashSet } from './support/tophash.js';

const test = behaviour('set-iteration');
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const ways = ['keys', 'values', 'entries', Symbol.iterator];

/** Keys of all ways through a set, in the order in which they come. */
function walked(set, way) {
  return [...set[way]()].map((row) => (way === 'entries' ? row[0] : row));
}

test('values and Symbol.iterator are keys', () => {
  assert.is(HashSet.prototype.values, HashSet.prototype.keys);
  assert.is(HashSet.prototype[Symbol.iterator], HashSet.prototype.keys);
  assert.equal(Object.keys(HashSet.prototype), []);
});

for (const key of keyNames) {
  test(`all ways through a set of ${key} give all keys, once, in one order`, () => {
    for (const rows of [0, 1, 5, 300, 1200, 1500, budget(30000, { debug: 5000, badHash: 3000 })]) {
      const { set, model } = both(key, spread(0, rows));
      const keys = walked(set, 'keys');
      assert.is(keys.length, rows);
      assert.is(new KeySet(keys).size, rows);
      assert.ok(keys.every((x) => model.has(x)));
      entriesArePairs(set);
      for (const way of ways) assert.equal(walked(set, way), keys, String(way));
      same(set.column().sort(), keyKinds[key].Column.from(keys).sort());
      const column = set.column({ strings: 'bytes' });
      same((numericKeys.includes(key) ? column : rowsOf(column, key)).sort(), keyKinds[key].Column.from(keys).sort());
      assert.equal(visited(set), keys);
      set.dispose();
    }
  });

  test(`a set of ${key} may change under its iterators`, () => {
    for (let round = 0; round < budget(30, { debug: 6, badHash: 6 }); round++) {
      const random = new Random(round);
      const { set, model } = both(key, spread(0, random.pick([0, 3, 200, 1500, 6000])), { seed: round });
      for (const way of ways) {
        const owed = new KeySet(model);
        const given = new KeySet();
        let steps = 0;
        for (const row of set[way]()) {
          const x = way === 'entries' ? row[1] : row;
          assert.ok(model.has(x), `${x} is not there`);
          assert.ok(!given.has(x), `${x} came twice`);
          given.add(x);
          owed.delete(x);
          change(set, model, owed, random, key, steps++);
        }
        assert.is(owed.size, 0, `${String(way)} left out ${owed.size} keys`);
        assert.is(set.size, model.size);
      }
    }
  });
}

/**
 * Each entry is a key twice. A function of its own: Bun 1.4.5's compiler traps (SIGTRAP) in functions with two loops
 * one after the other in a third where the second is a `for...of` over an iterator. It does so with the built-in Set,
 * too.
 */
function entriesArePairs(set) {
  for (const entry of set.entries()) assert.ok(entry.length === 2 && Object.is(entry[0], entry[1]));
}

/** The keys that forEach gives, with `this` and arguments as a Set gives them. */
function visited(set) {
  const keys = [];
  const that = {};
  const result = set.forEach(function (...args) {
    assert.is(this, that);
    assert.is(args.length, 3);
    assert.ok(Object.is(args[0], args[1]) && args[2] === set);
    keys.push(args[0]);
  }, that);
  assert.is(result, undefined);
  return keys;
}

/** Single and batched writes, fewer as the walk goes on. */
function change(set, model, owed, random, key, step) {
  const { wrap } = keyKinds[key];
  const draw = () => wrap(Math.imul(random.below(9000), 0x9e3779b1));
  if (random.below(3) === 0) {
    const x = draw();
    set.add(x);
    model.add(x);
  }
  if (random.below(3) === 0) {
    const x = draw();
    assert.is(set.delete(x), model.delete(x));
    owed.delete(x);
  }
  if (random.below(100 + step) === 0) {
    const keys = keyColumn(key, spread(random.below(20000), random.below(3000)));
    if (random.below(2) === 0) {
      set.addAll(keys);
      for (const x of keys) model.add(x);
    } else {
      set.deleteAll(keys);
      for (const x of keys) if (model.delete(x)) owed.delete(x);
    }
  }
  if (random.below(4000) === 0) {
    set.clear();
    model.clear();
    owed.clear();
  }
}

test('a loop ends even if its body adds for ever', () => {
  const set = makeSet('u32').add(0);
  let next = 1;
  for (const key of set) {
    if (next > 5e6) assert.unreachable('no end');
    set.add(next++).add(next++);
    if (key === 0) set.delete(0);
  }
  assert.ok(set.size > 1);
});

test('iterators are those of the host, with a name', () => {
  for (const way of ways) {
    const set = makeSet('u32').add(1).add(2);
    const iterator = set[way]();
    assert.ok(Object.prototype.isPrototypeOf.call(IteratorPrototype, iterator));
    assert.is(iterator[Symbol.iterator](), iterator);
    assert.is(Object.prototype.toString.call(iterator), '[object HashSet Iterator]');
    assert.type(Object.prototype.toString.call(Object.getPrototypeOf(iterator)), 'string', 'the prototype has a name');
    const results = [iterator.next(), iterator.next()];
    assert.ok(results.every(({ done }) => !done));
    assert.equal(iterator.next(), { value: undefined, done: true });
    set.add(3);
    assert.equal(iterator.next(), { value: undefined, done: true }, 'an end is an end');
  }
});

test('forEach wants a function and column options', () => {
  const set = makeSet('u32').add(1);
  for (const wrong of [undefined, null, 5, {}]) refuses(() => set.forEach(wrong), TypeError);
  for (const wrong of [null, 5, { strings: 'text' }]) refuses(() => set.column(wrong), TypeError);
});

test('the column is the caller\u2019s', () => {
  const { set, model } = both('u32', spread(0, 2000));
  const column = set.column();
  column.fill(0);
  assert.ok([...model].every((key) => set.has(key)));
  assert.equal(new KeySet(tracked(HashSet.fromColumn(set.column(), { key: 'u32' }))), new KeySet(set));
});

test.run();
