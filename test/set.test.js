import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { KeyMap, KeySet } from './support/byte-domains.js';
import { refuses, same } from './support/check.js';
import { keyKinds } from './support/kinds.js';
import { Random } from './support/random.js';
import { agreesWith, both, keyColumn, keyNames, makeSet, mapOf, spread } from './support/sets.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('set');

for (const key of keyNames) {
  const { Column, wrap, corners } = keyKinds[key];
  const Other = key === 'u32' ? Int32Array : Uint32Array;
  const stranger = key === 'string' ? 2 : '2';

  test(`single calls on ${key} do as those of Set`, () => {
    const random = new Random(1);
    const set = makeSet(key);
    const model = new KeySet();
    const draw = () => (random.below(10) === 0 ? random.pick(corners) : wrap(random.below(3000)));
    for (let step = budget(20000, { debug: 1500, badHash: 4000 }); step > 0; step--) {
      const x = draw();
      switch (random.below(4)) {
        case 0:
        case 1:
          assert.is(set.add(x), set);
          model.add(x);
          break;
        case 2:
          assert.is(set.delete(x), model.delete(x));
          break;
        default:
          assert.is(set.has(x), model.has(x));
      }
      assert.is(set.size, model.size);
    }
    agreesWith(set, model, corners);
    set.clear();
    agreesWith(set, new KeySet(), model);
  });

  test(`batches on ${key} do as loops of single calls`, () => {
    const random = new Random(2);
    const set = makeSet(key);
    const model = new KeySet();
    for (const rows of [0, 1, 7, 127, 128, 129, 3199, 3200, 3201, budget(20000, { debug: 3000, badHash: 4000 })]) {
      const keys = Column.from({ length: rows }, () => wrap(random.below(rows * 2)));
      const before = model.size;
      for (const x of keys) model.add(x);
      assert.is(set.addAll(keys), model.size - before, `addAll of ${rows}`);
      assert.is(set.addAll(keys), 0, 'once more');
      const asked = Column.from({ length: rows }, () => wrap(random.below(rows * 3)));
      const flags = Uint8Array.from(asked, (x) => (model.has(x) ? 1 : 0));
      same(set.hasAll(asked), flags, `hasAll of ${rows}`);
      const found = new Uint8Array(rows).fill(7);
      assert.is(set.hasAll(asked, found), found);
      same(found, flags);
      const gone = asked.subarray(0, rows >>> 1);
      let deleted = 0;
      for (const x of gone) if (model.delete(x)) deleted++;
      assert.is(set.deleteAll(gone), deleted, `deleteAll of ${rows}`);
      agreesWith(set, model, asked);
    }
  });

  test(`corners of ${key} are keys`, () => {
    const set = makeSet(key);
    for (const x of corners) assert.is(set.add(x).has(x), true);
    assert.is(set.size, corners.length);
    agreesWith(set, new KeySet(corners));
    agreesWith(tracked(HashSet.fromColumn(Column.from(corners), { key })), new KeySet(corners));
    for (const x of corners) assert.is(set.delete(x), true);
    assert.is(set.size, 0);
  });

  test(`what is no key of ${key} is refused by add, and absent`, () => {
    const set = makeSet(key).add(wrap(1));
    for (const wrong of [undefined, null, stranger, {}, Symbol('key'), true]) {
      refuses(() => set.add(wrong), TypeError, `add ${String(wrong)}`);
      assert.is(set.has(wrong), false);
      assert.is(set.delete(wrong), false);
    }
    for (const wrong of [
      undefined,
      null,
      1,
      'a',
      {},
      [wrap(1), stranger],
      new Other(1),
      new DataView(new ArrayBuffer(8)),
    ]) {
      refuses(() => set.addAll(wrong), TypeError, 'addAll');
      refuses(() => set.hasAll(wrong), TypeError, 'hasAll');
      refuses(() => set.deleteAll(wrong), TypeError, 'deleteAll');
    }
    refuses(() => set.hasAll(keyColumn(key, [1, 2, 3]), new Uint8Array(2)), RangeError);
    refuses(() => set.hasAll(keyColumn(key, [1, 2, 3]), new Int8Array(3)), TypeError);
    agreesWith(set, new KeySet([wrap(1)]));
  });

  test(`from and fromColumn of ${key}`, () => {
    const keys = keyColumn(key, [...spread(0, 500), ...spread(100, 10)]);
    const model = new KeySet(keys);
    const map = mapOf(key, 'f64', keys);
    for (const iterable of [keys, [...keys], new KeySet(keys), map.keys(), both(key, spread(0, 500)).set]) {
      agreesWith(tracked(HashSet.from(iterable, { key })), model);
    }
    agreesWith(tracked(HashSet.fromColumn(keys, { key, capacity: 5, maxLoad: 3, seed: 1 })), model);
    assert.is(tracked(HashSet.from([], { key })).size, 0);
    refuses(() => HashSet.from([wrap(1), stranger], { key }), TypeError);
    refuses(() => HashSet.from(5, { key }), TypeError);
    refuses(() => HashSet.fromColumn(new Other(3), { key }), TypeError);
    refuses(() => HashSet.fromColumn(keys), TypeError);
  });

  test(`addAll of other sets and maps to ${key}`, () => {
    const most = budget(6000, { debug: 1500, badHash: 1500 });
    for (const [into, from] of [
      [0, 0],
      [0, 20],
      [20, 0],
      [20, 20],
      [100, 2000],
      [most, 500],
      [most, most],
    ]) {
      const keys = keyColumn(key, spread(into >>> 1, from));
      const sources = {
        'of the same seed': both(key, spread(into >>> 1, from), { seed: 5 }).set,
        'of another seed': both(key, spread(into >>> 1, from), { seed: 6 }).set,
        'a HashMap': mapOf(key, 'u64', keys, { seed: 5 }),
        'a HashMap of any values': mapOf(key, 'any', keys),
        'a Set': new KeySet(keys),
        'a Map': new KeyMap([...keys].map((x) => [x, x])),
        'a set-like object': { size: 0, has: () => false, keys: () => [...keys].values() },
      };
      for (const [name, source] of Object.entries(sources)) {
        const { set, model } = both(key, spread(0, into), { seed: 5 });
        for (const x of keys) model.add(x);
        assert.is(set.addAll(source), model.size - into, name);
        agreesWith(set, model);
        set.dispose();
      }
    }
    const { set, model } = both(key, spread(0, 3000));
    assert.is(set.addAll(set), 0, 'itself');
    agreesWith(set, model);
  });
}

test('-0 is 0', () => {
  const set = makeSet('i32').add(-0);
  assert.ok(Object.is([...set][0], 0));
  assert.is(set.has(0), true);
  assert.is(set.add(0).size, 1);
});

test('numbers out of range are a RangeError', () => {
  for (const [key, outside] of Object.entries({
    u32: [-1, 2 ** 32, 0.5, NaN],
    i32: [2 ** 31, -(2 ** 31) - 1, 0.5, NaN],
  })) {
    const set = makeSet(key);
    for (const wrong of outside) {
      refuses(() => set.add(wrong), RangeError, `${key} ${wrong}`);
      assert.is(set.has(wrong), false);
    }
    assert.is(set.size, 0);
  }
});

test('addAll of a set with one bad key changes nothing', () => {
  const set = makeSet('u32').add(1);
  const good = Array.from({ length: 3000 }, (_, i) => i);
  for (const [bad, type] of [
    ['9', TypeError],
    [9n, TypeError],
    [undefined, TypeError],
    [-1, RangeError],
    [2 ** 32, RangeError],
  ]) {
    refuses(() => set.addAll(new KeySet([bad])), type);
    refuses(() => set.addAll(new KeySet([...good, bad])), type);
  }
  refuses(() => set.addAll(both('i32', []).set), TypeError, 'empty HashSet<i32>');
  const kinds = refuses(() => set.addAll(both('i32', [1, 2]).set), TypeError);
  assert.match(kinds.message, /HashSet<u32>.*HashSet<i32>/);
  assert.match(refuses(() => set.addAll(mapOf('i32', 'f64', [1])), TypeError).message, /HashMap<i32, f64>/);
  agreesWith(set, new KeySet([1]));
});

test('is a HashSet by name', () => {
  const set = makeSet('u32');
  assert.is(set[Symbol.toStringTag], 'HashSet');
  assert.is(Object.prototype.toString.call(set), '[object HashSet]');
  assert.instance(set, HashSet);
  refuses(() => HashSet({ key: 'u32' }), TypeError);
});

test('options are checked', () => {
  for (const wrong of [undefined, null, 5, 'u32', {}, { key: 'u16' }, { key: 'any' }, { key: ['u32'] }]) {
    refuses(() => new HashSet(wrong), TypeError);
  }
  const outside = { capacity: [-1, NaN, 1.5], maxLoad: [0, 8.1, NaN], seed: [-1, 2 ** 32], maxBytes: [-1, NaN] };
  for (const [name, values] of Object.entries(outside)) {
    for (const wrong of values)
      refuses(() => new HashSet({ key: 'u32', [name]: wrong }), RangeError, `${name} ${wrong}`);
    for (const wrong of ['5', 5n, {}]) refuses(() => new HashSet({ key: 'u32', [name]: wrong }), TypeError, name);
  }
});

test('stats tell of a table without values', () => {
  const set = makeSet('u32', { seed: 77 });
  assert.equal([set.stats().bytes, set.stats().seed, set.stats().size], [0, 77, 0]);
  set.addAll(keyColumn('u32', spread(0, 10)));
  const map = mapOf('u32', 'u32', spread(0, 10), { seed: 77 });
  assert.is(set.stats().size, 10);
  assert.is(set.stats().seed, 77);
  assert.is(set.stats().buckets, map.stats().buckets);
  assert.ok(set.stats().bytes > 0 && set.stats().bytes < map.stats().bytes);
  assert.is(
    set.stats().probeHistogram.reduce((sum, count) => sum + count, 0),
    10,
  );
});

test('reserve makes room, and wants a number of keys', () => {
  const set = makeSet('u32');
  set.reserve(5000);
  const { buckets } = set.stats();
  assert.is(set.addAll(keyColumn('u32', spread(0, 5000))), 5000);
  if (test.layout === test) assert.is(set.stats().buckets, buckets);
  for (const wrong of [-1, 0.5, NaN, 2 ** 33]) refuses(() => set.reserve(wrong), RangeError);
  for (const wrong of [undefined, '5', 5n]) refuses(() => set.reserve(wrong), TypeError);
});

test('a HashMap takes no set', () => {
  const map = mapOf('u32', 'u32', [1]);
  refuses(() => map.putAll(makeSet('u32').add(2)), TypeError);
  assert.is(map.size, 1);
  assert.ok(!(makeSet('u32') instanceof HashMap));
});

test.run();
