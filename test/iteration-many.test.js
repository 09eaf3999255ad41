/** Several iterators at once: of one map, one inside another, and of maps that share a memory. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { forms, Twin } from './support/iteration.js';
import { distinctKeys, Random } from './support/random.js';
import { checked } from './support/tophash.js';

const test = behaviour('iteration-many');

test('iterators of one map, step by step in turn', () => {
  for (const rows of [1, 10, 60, 420, 1250, 3000]) {
    const twin = new Twin().putAll(distinctKeys(rows, rows));
    const walks = forms.filter((form) => form !== 'forEach').map((form) => twin.walk(form));
    const order = [...twin.map.keys()];
    for (const key of order) for (const walk of walks) assert.is(walk.next(), key);
    for (const walk of walks) assert.is(walk.next(), undefined);
  }
});

test('iterators at different places while the map changes', () => {
  const rows = budget(3000, { debug: 1600 });
  const keys = distinctKeys(rows * 3, 1);
  const random = new Random(1);
  const twin = new Twin().putAll(keys.subarray(0, rows));
  let walks = [];
  for (let round = 0; round < 60; round++) {
    walks.push(twin.walk(random.pick(['keys', 'values', 'entries', 'for of'])));
    walks = walks.filter((walk) => {
      for (let i = random.below(400); i > 0; i--) if (walk.next() === undefined) return false;
      return true;
    });
    const from = random.below(rows * 2);
    const part = keys.subarray(from, from + random.below(300));
    random.pick([() => twin.putAll(part), () => twin.deleteAll(part), () => twin.set(part[0] ?? 1)])();
  }
  for (const walk of walks) walk.rest();
});

test('a loop inside a loop', () => {
  for (const rows of [1, 10, 60, checked ? 200 : 420]) {
    const map = make('u32', 'u32');
    map.putAll(distinctKeys(rows, rows), 1);
    const order = [...map.keys()];
    let outer = 0;
    for (const key of map.keys()) {
      assert.is(key, order[outer++]);
      let inner = 0;
      map.forEach((_, other) => void assert.is(other, order[inner++]));
      assert.is(inner, rows);
    }
    assert.is(outer, rows);
  }
});

test('a loop inside a loop, both of which write', () => {
  for (const rows of [10, 60, 420, 1250]) {
    const keys = distinctKeys(rows * 2, rows);
    const random = new Random(rows);
    const twin = new Twin().putAll(keys.subarray(0, rows));
    twin.each('entries', (key, outer) => {
      if (outer.steps % Math.ceil(rows / 8) !== 0) return;
      twin.each('forEach', (other, inner) => {
        if (inner.steps % 50 === 0) twin.putAll(keys.subarray(rows, rows + inner.steps));
        if (random.below(20) === 0) twin.delete(other);
        if (random.below(20) === 0) twin.set(random.pick(keys));
      });
      twin.delete(key);
    });
    twin.agrees();
  }
});

test('all pairs of two maps', () => {
  const [left, right] = [make('u32', 'u32'), make('u32', 'u32')];
  left.putAll(distinctKeys(100, 1), 1);
  right.putAll(distinctKeys(70, 2), 2);
  let pairs = 0;
  for (const [a, one] of left) {
    for (const [b, two] of right) {
      assert.ok(left.get(a) === one && right.get(b) === two);
      pairs++;
    }
  }
  assert.is(pairs, 7000);
});

test('other maps of the same pool are made, grow, shrink and go', () => {
  for (const rows of [5, 50, 400, 800, 1240]) {
    const random = new Random(rows);
    const keys = distinctKeys(4000, rows);
    const twin = new Twin().putAll(keys.subarray(0, rows));
    const others = [];
    twin.each('entries', (_, walk) => {
      if (walk.steps % Math.ceil(rows / 40) !== 0) return;
      const other = make('u32', 'u32', { seed: random.u32() });
      others.push(other);
      other.putAll(keys.subarray(0, random.below(500)), 9);
      const old = random.pick(others);
      random.pick([
        () => old.clear(),
        () => old.putAll(keys.subarray(0, 2000), 8),
        () => void old.deleteAll(keys),
        () => void [...old],
        () => old.getAll(keys),
        () => old.hasAll(keys),
      ])();
      if (others.length > 20) others.shift().dispose();
    });
    twin.agrees();
  }
});

test('every step of one map between batches of another', () => {
  for (const value of ['u32', 'f64', 'any']) {
    const keys = distinctKeys(2500, 5);
    const twins = [60, 900, 2500].map((rows) => new Twin('u32', value).putAll(keys.subarray(0, rows)));
    const walks = twins.map((twin) => twin.walk());
    const busy = make('u32', value);
    let round = 0;
    for (let live = walks; live.length > 0; round++) {
      live = live.filter((walk) => walk.next() !== undefined);
      if (round % 10 !== 0) continue;
      busy.putAll(keys.subarray(round % 2000, (round % 2000) + 50), value === 'any' ? {} : 1);
      busy.getAll(keys.subarray(0, 300));
      busy.deleteAll(keys.subarray(0, 20));
      [...busy.keys()].sort();
    }
    for (const walk of walks) walk.rest();
  }
});

test('an iteration of each of many small maps, all at once', () => {
  const count = checked ? 150 : 400;
  const keys = distinctKeys(100, 6);
  const maps = Array.from({ length: count }, (_, i) => {
    const map = make('u32', 'u32', { seed: i });
    map.putAll(keys.subarray(0, i % 100), i);
    return map;
  });
  const iterators = maps.map((map) => map.entries());
  const produced = maps.map(() => []);
  for (let step = 0; step <= 100; step++) {
    iterators.forEach((iterator, i) => {
      const { value, done } = iterator.next();
      if (done) return;
      assert.is(value[1], i);
      produced[i].push(value[0]);
    });
    maps[step].putAll(keys.subarray(0, 99), step);
  }
  produced.slice(101).forEach((list, i) => {
    same(Uint32Array.from(list).sort(), keys.slice(0, (i + 101) % 100).sort(), `map ${i + 101}`);
  });
});

test('iterators outlive the references to their maps', () => {
  const keys = distinctKeys(300, 7);
  const iterators = Array.from({ length: 50 }, (_, i) => {
    const map = make('u32', 'u32', { seed: i });
    map.putAll(keys, i);
    return map.entries();
  });
  iterators.forEach((iterator, i) => {
    let count = 0;
    for (const [key, value] of iterator) {
      assert.ok(value === i && keys.includes(key));
      count++;
    }
    assert.is(count, 300);
  });
});

test.run();
