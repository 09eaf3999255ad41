/** The loop body deletes: what was not reached yet is never produced, and all the rest is. */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { forms, Twin } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { checked } from './support/tophash.js';

const test = behaviour('iteration-delete');
const sizes = [1, 2, 9, 53, 105, 420, 833, 1250, budget(4000, { debug: 1700 })];

const filled = (rows, key = 'u32', value = 'u32') =>
  new Twin(key, value).putAll(distinctKeys(rows, rows, keyKinds[key].Column));

for (const form of forms) {
  test(`the entry just produced, ${form}`, () => {
    for (const rows of sizes) {
      const twin = filled(rows);
      assert.is(twin.each(form, (key) => twin.delete(key)).length, rows);
      assert.is(twin.map.size, 0);
      assert.equal(twin.each(form), []);
    }
  });

  test(`all of them at some step, ${form}`, () => {
    for (const rows of sizes) {
      for (const at of new Set([1, Math.ceil(rows / 2), rows])) {
        for (const batch of [false, true]) {
          const twin = filled(rows);
          const keys = distinctKeys(rows, rows);
          const produced = twin.each(form, (_, walk) => {
            if (walk.steps !== at) return;
            if (batch) twin.deleteAll(keys);
            else for (const key of keys) twin.delete(key);
          });
          assert.is(produced.length, at);
          assert.is(twin.map.size, 0);
        }
      }
    }
  });

  test(`others at every step, ${form}`, () => {
    for (const rows of sizes) {
      const keys = distinctKeys(rows, rows);
      const random = new Random(rows);
      const twin = filled(rows);
      const produced = twin.each(form, () => {
        for (let i = 0; i < 2; i++) twin.delete(random.pick(keys));
      });
      assert.ok(rows < 50 || produced.length < rows * 0.9, `${produced.length} of ${rows} were produced`);
      twin.agrees();
    }
  });
}

test('one that is still to come, at every step', () => {
  for (const rows of sizes) {
    for (const form of forms) {
      const twin = filled(rows);
      const produced = twin.each(form, (_, walk) => {
        const [next] = walk.owed;
        if (next !== undefined) twin.delete(next);
      });
      assert.is(produced.length, Math.ceil(rows / 2));
      assert.is(twin.map.size, produced.length);
    }
  }
});

test('the last entry before it is reached', () => {
  for (const rows of sizes) {
    const twin = filled(rows);
    const walk = twin.walk();
    walk.begin();
    for (let i = 0; i < rows - 1; i++) walk.next();
    const [last] = walk.owed;
    twin.delete(last);
    assert.is(walk.next(), undefined);
    assert.is(twin.each('keys').includes(last), false);
  }
});

test('entries that were produced already', () => {
  for (const rows of sizes) {
    const twin = filled(rows);
    const produced = [];
    twin.each('entries', (key) => {
      produced.push(key);
      if (produced.length % 10 === 0) for (const old of produced.slice(-10)) twin.delete(old);
    });
    assert.is(produced.length, rows);
    assert.is(twin.map.size, rows % 10);
  }
});

test('deleted and inserted again, before and after its turn', () => {
  for (const rows of sizes) {
    const keys = distinctKeys(rows, rows);
    const random = new Random(rows);
    const twin = filled(rows);
    twin.each('entries', () => {
      for (let i = 0; i < 3; i++) {
        const key = random.pick(keys);
        twin.delete(key);
        twin.set(key);
      }
    });
    assert.is(twin.map.size, rows);
    twin.agrees();
  }
});

test('the current entry deleted and inserted again at each step does not come again', () => {
  for (const { key, value } of allPairs) {
    for (const rows of checked ? [1, 60, 1260] : [1, 60, 1260, 3000]) {
      const twin = filled(rows, key, value);
      const produced = twin.each('entries', (k) => {
        twin.delete(k);
        twin.set(k);
      });
      assert.is(produced.length, rows);
    }
  }
});

test('the current entry replaced by one of another key', () => {
  for (const rows of sizes) {
    const others = distinctKeys(rows * 20, 4);
    const twin = filled(rows);
    let next = 0;
    const produced = twin.each('entries', (key) => {
      twin.delete(key);
      if (next < others.length) twin.set(others[next++]);
    });
    assert.ok(produced.length >= rows);
    twin.agrees();
  }
});

test('every kind of key and value', () => {
  for (const { key, value } of allPairs) {
    for (const rows of [10, 300, 1300]) {
      const keys = distinctKeys(rows, rows, keyKinds[key].Column);
      const random = new Random(1);
      for (const form of forms) {
        const twin = filled(rows, key, value);
        twin.each(form, (k) => {
          twin.delete(random.below(2) === 0 ? k : random.pick(keys));
          twin.set(random.pick(keys));
        });
        twin.agrees();
      }
    }
  }
});

test.run();
