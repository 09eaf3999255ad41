/**
 * The loop body inserts, so that the table grows under the iterator: once, many times, and out of its memory into
 * another.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { forms, Twin } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { checked } from './support/tophash.js';

const test = behaviour('iteration-growth');

for (const form of forms) {
  test(`a batch in the middle, ${form}`, () => {
    for (const [few, many] of [
      [1, 10],
      [5, 60],
      [40, 500],
      [100, 900],
      [400, 1300],
      [800, 5000],
      [1200, 1300],
      [1248, 1],
      [1500, 4000],
    ]) {
      for (const at of [1, Math.ceil(few / 2), few]) {
        const keys = distinctKeys(few + many, few);
        const twin = new Twin().putAll(keys.subarray(0, few));
        twin.each(form, (_, walk) => {
          if (walk.steps === at) twin.putAll(keys.subarray(few));
        });
        assert.is(twin.map.size, few + many);
      }
    }
  });

  test(`single writes at every step, ${form}`, () => {
    for (const rows of [1, 2, 30, 60, 400, 700, 1230, budget(3000, { debug: 1300 })]) {
      const keys = distinctKeys(rows * 4, rows);
      const twin = new Twin().putAll(keys.subarray(0, rows));
      let next = rows;
      twin.each(form, () => {
        for (let i = 0; i < 2 && next < keys.length; i++) twin.set(keys[next++]);
      });
      twin.agrees();
    }
  });
}

test('many growths during one iteration', () => {
  const most = budget(80000, { debug: 6000, high: 40000 });
  const keys = distinctKeys(most, 3);
  const twin = new Twin().putAll(keys.subarray(0, 20));
  let size = 20;
  twin.each('entries', () => {
    const next = Math.min(most, Math.ceil(size * 1.6));
    twin.putAll(keys.subarray(size, next));
    size = next;
  });
  assert.is(twin.map.size, size);
  assert.ok(size > most / 2, `only ${size} entries in the end`);
});

test('the same by single writes, and with reserve', () => {
  const most = budget(30000, { debug: 3000, high: 20000 });
  const keys = distinctKeys(most, 4);
  for (const reserves of [false, true]) {
    const twin = new Twin('u32', 'f64').putAll(keys.subarray(0, 40));
    let size = 40;
    twin.each('entries', (_, walk) => {
      if (reserves && walk.steps % 5 === 0) twin.map.reserve(size * 2);
      const end = Math.min(most, size + Math.ceil(size / 3));
      while (size < end) twin.set(keys[size++]);
    });
    assert.ok(size > most / 2);
    twin.agrees();
  }
});

test('begun at every small size, in the middle of growth', () => {
  const step = checked ? 37 : 11;
  const keys = distinctKeys(5000, 5);
  for (let size = 1; size < 1700; size += step) {
    const twin = new Twin();
    for (let i = 0; i < size; i++) twin.map.set(keys[i], i);
    for (let i = 0; i < size; i++) twin.set(keys[i]);
    const walk = twin.walk();
    walk.next();
    twin.putAll(keys.subarray(size, size + 3));
    for (let i = 0; i < size >> 2; i++) walk.next();
    twin.putAll(keys.subarray(size + 3, size + 100));
    const late = twin.walk('keys');
    late.next();
    twin.putAll(keys.subarray(size + 100, size * 2 + 100));
    walk.rest();
    late.rest();
  }
});

test('begun in the middle of a round of growth of a large table', () => {
  const keys = distinctKeys(12000, 6);
  const twin = new Twin();
  const walks = [];
  const stride = checked ? 400 : 300;
  for (let size = 0; size < (checked ? 5000 : keys.length - stride); size += stride) {
    twin.putAll(keys.subarray(size, size + stride));
    walks.push(twin.walk());
    for (const walk of walks) for (let i = 0; i < 20; i++) walk.next();
  }
  for (const walk of walks) walk.rest();
});

test('across the way from a shared memory to one of its own', () => {
  for (const { key, value } of allPairs) {
    const keys = distinctKeys(3000, 7, keyKinds[key].Column);
    for (const start of [1200, 1240, 1248, 1249, 1260]) {
      const twin = new Twin(key, value).putAll(keys.subarray(0, start));
      let next = start;
      twin.each('entries', () => {
        if (next < keys.length) twin.set(keys[next++]);
      });
      assert.is(twin.map.size, next);
    }
  }
});

test('growth and deletion: what is deleted after the growth does not come any more', () => {
  for (const rows of [100, 600, 1200, 2000]) {
    const keys = distinctKeys(rows * 10, 8);
    const twin = new Twin().putAll(keys.subarray(0, rows));
    const odd = keys.filter((_, i) => i % 2 === 1);
    const gone = new Set(odd);
    let first = true;
    twin.each('entries', (key) => {
      if (first) {
        twin.putAll(keys.subarray(rows));
        twin.deleteAll(odd);
        first = false;
      } else {
        assert.is(gone.has(key), false);
      }
    });
    assert.is(twin.map.size, rows * 5);
  }
});

test('growing and shrinking by turns', () => {
  for (const rows of [50, 500, 1300, budget(5000, { debug: 1700 })]) {
    const keys = distinctKeys(rows * 4, 9);
    const random = new Random(9);
    const twin = new Twin().putAll(keys.subarray(0, rows));
    twin.each('entries', (_, walk) => {
      if (walk.steps % Math.ceil(rows / 10) !== 0) return;
      const from = rows + random.below(rows);
      if (random.below(2) === 0) twin.putAll(keys.subarray(from, from + rows));
      else twin.deleteAll(keys.subarray(from, from + rows * 2));
    });
    twin.agrees();
  }
});

test.run();
