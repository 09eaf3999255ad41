/** Callbacks of `forEach` and `getOrInsertComputed` that write to the map. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { Twin, valueFor } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('iteration-callbacks');
const sizes = [1, 10, 60, 420, 1250, budget(3000, { debug: 1600 })];
const thousands = budget(5000, { debug: 1500 });

/** What a callback may do to a twin. `distinctKeys` of one seed begin alike: the keys with 7 are new at every size. */
const acts = {
  'insert thousands': (twin) => twin.putAll(distinctKeys(thousands, 7)),
  'insert one': (twin) => twin.set(1),
  'delete all': (twin) => twin.deleteAll(keyKinds[twin.kinds.key].Column.from(twin.model.keys())),
  'delete half': (twin) => [...twin.model.keys()].forEach((key, i) => i % 2 === 0 && twin.delete(key)),
  clear: (twin) => twin.clear(),
  'clear and insert': (twin) => {
    twin.clear();
    twin.putAll(distinctKeys(2000, 7));
  },
  reserve: (twin) => twin.map.reserve(20000),
  iterate: (twin) => twin.each('forEach'),
};

for (const [name, act] of Object.entries(acts)) {
  test(`forEach: ${name}`, () => {
    for (const rows of sizes) {
      for (const at of new Set([1, Math.ceil(rows / 2), rows])) {
        const twin = new Twin().putAll(distinctKeys(rows, rows));
        twin.each('forEach', (_, walk) => walk.steps === at && act(twin));
        twin.agrees();
      }
    }
  });

  test(`getOrInsertComputed: ${name}`, () => {
    for (const rows of [0, ...sizes]) {
      const twin = new Twin('u32', 'f64').putAll(distinctKeys(rows, rows));
      const key = 4_000_000_001;
      twin.delete(key);
      const value = twin.map.getOrInsertComputed(key, () => {
        act(twin);
        return -1;
      });
      twin.model.set(key, -1);
      assert.is(value, -1);
      twin.agrees();
    }
  });
}

test('getOrInsertComputed in the body of an iteration, with a callback that writes', () => {
  const names = Object.keys(acts).filter((name) => name !== 'iterate');
  for (const rows of sizes) {
    const random = new Random(rows);
    const twin = new Twin('u32', 'f64').putAll(distinctKeys(rows, rows));
    twin.each('entries', (_, walk) => {
      if (walk.steps % Math.ceil(rows / 5) !== 0) return;
      const key = random.u32();
      if (twin.model.has(key)) return;
      const value = -walk.steps;
      twin.map.getOrInsertComputed(key, () => {
        acts[random.pick(names)](twin);
        return value;
      });
      twin.model.set(key, value);
    });
    twin.agrees();
  }
});

test('the callback iterates the map while it is growing', () => {
  for (const { key, value } of allPairs) {
    const map = make(key, value);
    const keys = distinctKeys(1300, 5, keyKinds[key].Column);
    keys.forEach((k, i) => {
      map.getOrInsertComputed(k, () => {
        if (i % 97 === 0) assert.is([...map].length, i);
        return valueFor(value, i);
      });
    });
    assert.is([...map.keys()].length, keys.length);
  }
});

test('the callback goes on with an iterator that is open outside', () => {
  for (const rows of sizes) {
    const twin = new Twin('u32', 'f64').putAll(distinctKeys(rows, rows));
    const walk = twin.walk();
    const added = distinctKeys(rows, 9);
    for (const key of added) {
      if (twin.model.has(key)) continue;
      let step;
      twin.map.getOrInsertComputed(key, () => {
        step = walk.next();
        return -2;
      });
      twin.model.set(key, -2);
      if (step === undefined) break;
      twin.delete(step);
    }
    walk.rest();
    twin.agrees();
  }
});

test('getOrInsert in the body', () => {
  for (const rows of sizes) {
    const keys = distinctKeys(rows * 2, rows);
    const twin = new Twin('u32', 'f64').putAll(keys.subarray(0, rows));
    let next = rows;
    twin.each('forEach', (key) => {
      assert.is(twin.map.getOrInsert(key, -3), twin.model.get(key));
      const other = keys[next++];
      if (other === undefined) return;
      assert.is(twin.map.getOrInsert(other, -3), -3);
      twin.model.set(other, -3);
    });
    twin.agrees();
  }
});

test.run();
