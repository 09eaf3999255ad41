/** `clear` in the middle: nothing old comes any more, and what was inserted since may. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { forms, Twin } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('iteration-clear');
const sizes = [1, 2, 9, 53, 105, 420, 833, 1250, budget(3000, { debug: 1700 })];

const filled = (rows, key = 'u32', value = 'u32') =>
  new Twin(key, value).putAll(distinctKeys(rows, rows, keyKinds[key].Column));

for (const form of forms) {
  test(`clear in the body ends the iteration, ${form}`, () => {
    for (const rows of sizes) {
      for (const at of new Set([1, Math.ceil(rows / 2), rows])) {
        const twin = filled(rows);
        const produced = twin.each(form, (_, walk) => {
          if (walk.steps === at) twin.clear();
        });
        assert.is(produced.length, at);
        assert.is(twin.map.size, 0);
      }
    }
  });

  test(`clear and other entries: nothing twice, nothing old, ${form}`, () => {
    for (const rows of sizes) {
      for (const many of [1, 60, 1300, 3000]) {
        const old = new Set(distinctKeys(rows, rows));
        const others = distinctKeys(many, many + 7);
        const twin = filled(rows);
        let cleared = false;
        twin.each(form, (key, walk) => {
          if (cleared) assert.is(old.has(key), false);
          if (walk.steps !== Math.ceil(rows / 3)) return;
          twin.clear();
          twin.putAll(others);
          cleared = true;
        });
        assert.is(twin.map.size, many);
        twin.agrees();
      }
    }
  });
}

test('clear and the same entries: the iteration goes on where it was', () => {
  for (const { key, value } of allPairs) {
    for (const rows of sizes) {
      const keys = distinctKeys(rows, rows, keyKinds[key].Column);
      const twin = filled(rows, key, value);
      const walk = twin.walk();
      const produced = [];
      for (let i = 0; i < rows; i += Math.ceil(rows / 4)) {
        for (let j = i; j < Math.min(rows, i + Math.ceil(rows / 4)); j++) produced.push(walk.next());
        twin.clear();
        twin.putAll(keys);
      }
      assert.is(walk.next(), undefined);
      same(keyKinds[key].Column.from(produced).sort(), keys.toSorted());
    }
  }
});

test('clear and the same entries by single writes, into a table of another form', () => {
  for (const rows of sizes) {
    for (const room of [0, 50000]) {
      const keys = distinctKeys(rows, rows);
      const twin = filled(rows);
      const walk = twin.walk();
      for (let i = 0; i < Math.ceil(rows / 2); i++) walk.next();
      twin.clear();
      twin.map.reserve(room);
      for (const key of keys) twin.set(key);
      assert.is(walk.rest().length, rows);
    }
  }
});

test('the iteration goes on with what was inserted behind its cursor', () => {
  const rows = budget(20000, { debug: 3000 });
  for (const at of [0.1, 0.5, 0.8]) {
    const twin = filled(rows);
    const walk = twin.walk();
    for (let i = 0; i < rows * at; i++) walk.next();
    const before = walk.steps;
    twin.clear();
    twin.putAll(distinctKeys(rows, 99));
    const produced = walk.rest().slice(before);
    if (at < 0.5) assert.ok(produced.length > rows / 4, `${produced.length} of ${rows} more`);
    assert.ok(produced.length < rows * (1 - at) * 1.2 + 200, `${produced.length} of ${rows} more`);
  }
});

test('before the first step and after the last one', () => {
  for (const rows of sizes) {
    const twin = filled(rows);
    const early = twin.walk();
    twin.clear();
    twin.putAll(distinctKeys(500, 3));
    assert.is(early.rest().length, 500);
    twin.clear();
    assert.is(early.next(), undefined);
    twin.set(1);
    assert.is(early.next(), undefined);
  }
});

test('emptied and filled again at every step', () => {
  for (const rows of [1, 5, 60, 300]) {
    for (const how of ['clear', 'deleteAll', 'delete']) {
      const keys = distinctKeys(rows, rows);
      const twin = filled(rows);
      const produced = twin.each('entries', () => {
        if (how === 'clear') twin.clear();
        else if (how === 'deleteAll') twin.deleteAll(keys);
        else for (const key of keys) twin.delete(key);
        twin.putAll(keys);
      });
      assert.ok(produced.length <= rows);
      assert.is(twin.map.size, rows);
    }
  }
});

test('clear with several iterators at different places', () => {
  for (const rows of [50, 1250, 3000]) {
    const keys = distinctKeys(rows, rows);
    const twin = filled(rows);
    const walks = [0, 1, rows >> 2, rows >> 1, rows - 1, rows].map((steps) => {
      const walk = twin.walk();
      for (let i = 0; i < steps; i++) walk.next();
      return walk;
    });
    for (let round = 0; round < 3; round++) {
      twin.clear();
      twin.putAll(keys);
      for (const walk of walks) walk.next();
    }
    for (const walk of walks) assert.is(walk.rest().length, rows);
  }
});

test('a cleared map whose memory another map took', () => {
  for (const rows of [30, 400, 1200, 3000]) {
    const keys = distinctKeys(rows, rows);
    const twin = filled(rows);
    const walk = twin.walk();
    for (let i = 0; i < rows >> 1; i++) walk.next();
    twin.clear();
    const heir = make('u32', 'u32');
    heir.putAll(keys, 4_000_000_000);
    assert.is(walk.next(), undefined);
    const next = twin.walk();
    assert.is(next.next(), undefined);
    twin.putAll(keys.subarray(0, rows >> 1));
    heir.clear();
    twin.agrees();
  }
});

test.run();
