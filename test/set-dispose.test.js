import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses } from './support/check.js';
import { agreesWith, both, keyColumn, makeSet, making, mapOf, operations, spread } from './support/sets.js';

const test = behaviour('set-dispose');
const keys = keyColumn('u32', spread(0, 5000));

const calls = {
  has: (set) => set.has(1),
  add: (set) => set.add(1),
  delete: (set) => set.delete(1),
  clear: (set) => set.clear(),
  'addAll of a column': (set) => set.addAll(keys),
  'addAll of an empty column': (set) => set.addAll(keys.subarray(0, 0)),
  'addAll of a Set': (set) => set.addAll(new Set([1])),
  'addAll of itself': (set) => set.addAll(set),
  hasAll: (set) => set.hasAll(keys),
  deleteAll: (set) => set.deleteAll(keys),
  column: (set) => set.column(),
  keys: (set) => set.keys(),
  values: (set) => set.values(),
  entries: (set) => set.entries(),
  forEach: (set) => set.forEach(() => {}),
  'for of': (set) => [...set],
  size: (set) => set.size,
  reserve: (set) => set.reserve(10),
  stats: (set) => set.stats(),
  ...Object.fromEntries(
    operations.flatMap((name) => [
      [`${name} with a HashSet`, (set) => set[name](makeSet('u32').add(1))],
      [`${name} with a Set`, (set) => set[name](new Set([1]))],
      [`${name} with itself`, (set) => set[name](set)],
      [`${name} of another`, (set) => makeSet('u32').add(1)[name](set)],
      [`${name} of one of another kind`, (set) => makeSet('i32').add(1)[name](set)],
    ]),
  ),
};

test('every method throws afterwards', () => {
  for (const rows of [0, 10, 5000]) {
    for (const [name, call] of Object.entries(calls)) {
      const set = both('u32', spread(0, rows)).set;
      assert.is(set.dispose(), undefined);
      const { message } = refuses(() => call(set), Error, `${name} of ${rows} keys`);
      assert.is(message, 'this HashSet was disposed', name);
    }
  }
});

test('a disposed HashMap is named so', () => {
  const map = mapOf('u32', 'u32', [1]);
  map.dispose();
  const set = makeSet('u32').add(1);
  for (const call of [() => map.get(1), () => set.union(map), () => set.addAll(map)]) {
    assert.is(refuses(call, Error).message, 'this HashMap was disposed');
  }
});

test('an open iterator throws, one at its end does not', () => {
  const set = both('u32', spread(0, 3000)).set;
  const open = set.keys();
  const ended = set.keys();
  open.next();
  while (!ended.next().done);
  set.dispose();
  refuses(() => open.next(), Error);
  assert.equal(ended.next(), { value: undefined, done: true });
});

test('twice is as good as once, also by Symbol.dispose', () => {
  const set = makeSet('u32').add(1);
  set.dispose();
  set.dispose();
  if (Symbol.dispose !== undefined) set[Symbol.dispose]();
  const next = makeSet('u32').add(5);
  set.dispose();
  agreesWith(next, new Set([5]));
});

test('ten thousand small sets, and what they have in common', () => {
  const count = budget(10000, { debug: 2000, full: 10000 });
  const sets = Array.from({ length: count }, () => makeSet('u32'));
  sets.forEach((set, i) => {
    if (i % 2 === 0) set.addAll(keys.subarray(i % 50, (i % 50) + 10));
    else for (const key of keys.subarray(i % 50, (i % 50) + 10)) set.add(key);
  });
  let bytes = 0;
  sets.forEach((set, i) => {
    agreesWith(set, new Set(keys.subarray(i % 50, (i % 50) + 10)));
    bytes += set.stats().bytes;
  });
  assert.ok(bytes / count <= 512, `${bytes / count} bytes each`);
  for (let i = 0; i + 3 < count; i += 97) {
    const expected = keys.subarray((i % 50) + 3, (i % 50) + 10);
    if (i % 50 > 46) continue;
    const common = tracked(sets[i].intersection(sets[i + 3]));
    agreesWith(common, new Set(expected));
    common.dispose();
  }
  sets.forEach((set, i) => i % 3 === 0 && set.dispose());
  sets.forEach((set, i) => {
    if (i % 3 !== 0) assert.is(set.size, 10);
  });
});

test('memory that was given back is used again, and empty', () => {
  for (const rows of [10, 300, 1200, 5000]) {
    for (let round = 0; round < 40; round++) {
      const set = makeSet('u32', { seed: 7 });
      assert.is(set.hasAll(keys.subarray(0, rows)).indexOf(1), -1);
      assert.is(set.addAll(keys.subarray(0, rows)), rows);
      for (const name of Object.keys(making)) set[name](set).dispose();
      set.dispose();
    }
  }
});

test.run();
