/** Set algebra of two HashSets, or of a HashSet and a HashMap's keys. */
import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { budget, size } from './support/budget.js';
import { KeySet } from './support/byte-domains.js';
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
  mapOf,
  spread,
} from './support/sets.js';
import { CapacityError } from './support/tophash.js';

const test = behaviour('set-algebra');
/** Beyond what crowds find room for in a bucket's own page. */
const some = size(6000, { badHash: 3300 });
const large = budget(16000, { debug: 4000, high: 3000, badHash: 600, full: 1e6 });

/**
 * [rows of one, first of the other, rows of the other]: empty, equal, part, overlapping, disjoint; small ones in a
 * pool, and large ones.
 */
const shapes = [
  [0, 0, 0],
  [0, 0, 9],
  [9, 0, 0],
  [9, 0, 9],
  [9, 2, 3],
  [3, 0, 9],
  [9, 5, 9],
  [9, 9, 9],
  [200, 0, 200],
  [700, 350, 700],
  [1200, 600, 5],
  [5, 0, 1200],
  [some / 2, some / 4, some / 2],
  [some / 2, some / 2, some / 2],
  [some, 100, 50],
  [50, 0, some],
  [large, large >>> 1, large],
  [large, 0, large],
  [large, large - 1, 300],
];

for (const key of keyNames) {
  for (const [name, seeds] of Object.entries({
    'one seed': [5, 5],
    'two seeds': [5, 6],
    'drawn seeds': [undefined, undefined],
  })) {
    test(`two sets of ${key} with ${name}`, () => {
      for (const [rows, from, others] of shapes) {
        const one = both(key, [0, ...spread(1, rows)], { seed: seeds[0] });
        const other = both(key, spread(1 + from, others), { seed: seeds[1] });
        algebraAgrees(one.set, other.set, one.model, other.model);
        agreesWith(other.set, other.model, one.model);
        one.set.dispose();
        other.set.dispose();
      }
    });
  }

  test(`a set of ${key} and the keys of HashMaps`, () => {
    for (const value of ['u32', 'u64', 'any']) {
      for (const [rows, from, others] of shapes.slice(0, -3)) {
        const { set, model } = both(key, spread(0, rows));
        const keys = keyColumn(key, spread(from, others));
        const map = mapOf(key, value, keys);
        algebraAgrees(set, map, model, new KeySet(keys));
        assert.is(map.size, keys.length);
        set.dispose();
        map.dispose();
      }
    }
  });

  test(`a set of ${key} and itself`, () => {
    for (const rows of [0, 1, 500, 1300, some]) {
      const { set, model } = both(key, spread(0, rows));
      algebraAgrees(set, set, model, model);
    }
  });
}

test('results are sets of their own', () => {
  const one = both('u32', spread(0, 1000));
  const other = both('u32', spread(500, 1000));
  for (const name of Object.keys(making)) {
    const result = tracked(one.set[name](other.set));
    assert.is.not(result, one.set);
    result.clear();
    result.add(1);
    agreesWith(one.set, one.model);
    agreesWith(other.set, other.model);
  }
  const union = tracked(one.set.union(other.set));
  one.set.dispose();
  other.set.dispose();
  agreesWith(union, making.union(one.model, other.model));
});

test('results keep the options of the set', () => {
  const other = both('u32', spread(500, 1000), { seed: 9, maxLoad: 8 }).set;
  for (const name of Object.keys(making)) {
    const set = makeSet('u32', { seed: 8, maxLoad: 2, maxBytes: 500000, capacity: 20000 });
    set.addAll(other);
    set.delete(other.column()[0]);
    const result = tracked(set[name](other));
    assert.is(result.add(1).stats().seed, 8, name);
    const grown = tracked(makeSet('u32', { seed: 8, maxLoad: 2 }));
    grown.addAll(keyColumn('u32', spread(0, 900)));
    result.clear();
    result.addAll(keyColumn('u32', spread(0, 900)));
    assert.is(result.stats().buckets, grown.stats().buckets, `${name}: maxLoad, and no capacity`);
    refuses(() => result.addAll(keyColumn('u32', spread(0, 50000))), CapacityError, `${name}: maxBytes`);
  }
});

test('a seed that was drawn is not passed on', () => {
  const one = both('u32', spread(0, 100), { seed: undefined }).set;
  const seeds = new Set([one.stats().seed]);
  for (let i = 0; i < 20; i++) seeds.add(tracked(one.union(one)).stats().seed);
  assert.ok(seeds.size > 18, `${seeds.size} different seeds`);
});

test.layout('a result is made at its size, not grown to it, and hash order crowds nothing', () => {
  const rows = 50000;
  for (const seed of [5, undefined]) {
    const one = both('u32', spread(0, rows), { seed }).set;
    const other = both('u32', spread(rows / 2, rows), { seed }).set;
    for (const name of Object.keys(making)) {
      const result = tracked(one[name](other));
      const made = makeSet('u32', { seed: 5 });
      made.reserve(result.size);
      const { buckets, overflow, moved } = result.stats();
      assert.is(buckets, made.stats().buckets, name);
      assert.ok(
        moved < result.size * 0.2 && overflow < result.size * 0.2,
        `${name}: ${moved} moved, ${overflow} outside`,
      );
    }
  }
});

test('questions are answered without a walk through everything', () => {
  const one = both('u32', spread(0, 30000)).set;
  const other = both('u32', spread(0, 30001)).set;
  const walkedBy = (act) => {
    const before = one.stats().walked + other.stats().walked;
    act();
    return one.stats().walked + other.stats().walked - before;
  };
  assert.is(
    walkedBy(() => other.isSubsetOf(one)),
    0,
    'the larger one is no subset',
  );
  assert.is(
    walkedBy(() => one.isSupersetOf(other)),
    0,
  );
  const all = walkedBy(() => one.isSubsetOf(other));
  if (test.layout === test) assert.ok(walkedBy(() => one.isDisjointFrom(other)) < all / 10);
});

test('another key kind: what adds refuses it, what looks up takes it as any other set', () => {
  const { set, model } = both('u32', [1, 2, 3, 2 ** 31]);
  for (const other of [both('i32', [-1, 2, 3]).set, mapOf('i32', 'u32', [-1, 2, 3])]) {
    const otherModel = new Set([-1, 2, 3]);
    for (const name of ['union', 'symmetricDifference']) {
      const { message } = refuses(() => set[name](other), TypeError);
      assert.match(message, /HashSet<u32>/);
      assert.match(message, /Hash(Set<i32>|Map<i32, u32>)/);
    }
    for (const name of ['intersection', 'difference']) {
      agreesWith(tracked(set[name](other)), making[name](model, otherModel));
    }
    for (const name of Object.keys(asking)) assert.is(set[name](other), asking[name](model, otherModel), name);
  }
  refuses(() => set.union(both('i32', []).set), TypeError, 'even an empty one');
  agreesWith(set, model);
});

test('many sets of one pool', () => {
  const random = budget(300, { debug: 60, high: 100, badHash: 40 });
  const sets = Array.from({ length: random }, (_, i) => both('u32', spread(i * 5, i % 40)));
  sets.forEach(({ set, model }, i) => {
    const other = sets[(i * 7 + 1) % sets.length];
    const near = sets[(i + 1) % sets.length];
    algebraAgrees(set, other.set, model, other.model);
    algebraAgrees(set, near.set, model, near.model);
  });
  for (const { set, model } of sets) agreesWith(set, model);
});

test.run();
