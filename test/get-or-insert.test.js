import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { refuses } from './support/check.js';
import { valueKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';
import { HashMap } from './support/tophash.js';

const test = behaviour('get-or-insert');

test('getOrInsert inserts what is missing and keeps what is there', () => {
  for (const [value, { corners }] of Object.entries(valueKinds)) {
    const map = make('u32', value);
    corners.forEach((corner, key) => {
      assert.ok(Object.is(map.getOrInsert(key, corner), corner));
      assert.ok(Object.is(map.getOrInsert(key, corners[0]), corner));
      assert.ok(Object.is(map.get(key), corner));
    });
    assert.is(map.size, corners.length);
  }
});

test('what comes back is what is stored', () => {
  const map = make('u32', 'f32');
  assert.is(map.getOrInsert(1, 0.1), Math.fround(0.1));
  assert.is(
    map.getOrInsertComputed(2, () => 0.1),
    Math.fround(0.1),
  );
});

test('getOrInsertComputed calls back once with the key, and only for a missing one', () => {
  const map = make('i32', 'f64');
  const asked = [];
  const compute = (...args) => {
    asked.push(args);
    return args[0] * 2;
  };
  assert.is(map.getOrInsertComputed(-3, compute), -6);
  assert.is(map.getOrInsertComputed(-3, compute), -6);
  assert.is(map.getOrInsertComputed(-0, compute), 0);
  assert.equal(asked, [[-3], [0]]);
  assert.ok(Object.is(asked[1][0], 0), 'the key in its canonical form');
  assert.is(map.size, 2);
});

test('the computed value wins over one that the callback wrote', () => {
  const map = make('u32', 'u32');
  const computed = map.getOrInsertComputed(1, () => {
    map.set(1, 10);
    return 20;
  });
  assert.is(computed, 20);
  assert.is(map.get(1), 20);
  assert.is(map.size, 1);
});

test('the callback may grow, empty and shrink the map', () => {
  const keys = distinctKeys(20000, 1).filter((key) => key !== 1);
  const map = make('u32', 'u32');
  map.getOrInsertComputed(1, () => {
    map.putAll(keys, 5);
    return 2;
  });
  assert.is(map.size, keys.length + 1);
  assert.is(map.get(1), 2);
  assert.is(map.hasAll(keys).indexOf(0), -1);
  map.delete(1);
  map.getOrInsertComputed(1, () => {
    map.clear();
    return 3;
  });
  assert.is(map.size, 1);
  assert.is(map.get(1), 3);
  map.delete(1);
  map.getOrInsertComputed(1, () => {
    map.set(1, 8).delete(1);
    return 4;
  });
  assert.is(map.size, 1);
  assert.is(map.get(1), 4);
});

test('a callback inside a callback', () => {
  const map = make('u32', 'u32');
  const outer = map.getOrInsertComputed(
    1,
    () => map.getOrInsertComputed(2, () => map.getOrInsertComputed(1, () => 7)) + 1,
  );
  assert.is(outer, 8);
  assert.is(map.get(1), 8);
  assert.is(map.get(2), 7);
});

test('a callback that fails inserts nothing', () => {
  const map = make('u32', 'u32').set(2, 2);
  const error = new Error('mine');
  let thrown;
  try {
    map.getOrInsertComputed(1, () => {
      throw error;
    });
  } catch (e) {
    thrown = e;
  }
  assert.is(thrown, error);
  refuses(() => map.getOrInsertComputed(1, () => '1'), TypeError);
  refuses(() => map.getOrInsertComputed(1, () => undefined), TypeError);
  refuses(() => map.getOrInsertComputed(1, () => -1), RangeError);
  refuses(() => map.getOrInsertComputed(1, 5), TypeError);
  refuses(() => map.getOrInsertComputed(1), TypeError);
  assert.is(map.has(1), false);
  assert.is(map.size, 1);
});

test('a callback that disposes of the map gives an Error', () => {
  const map = make('u32', 'u32').set(2, 2);
  refuses(
    () =>
      map.getOrInsertComputed(1, () => {
        map.dispose();
        return 1;
      }),
    Error,
  );
});

test('keys and values that set refuses are refused', () => {
  const map = make('u32', 'u32');
  let calls = 0;
  const compute = () => {
    calls++;
    return 1;
  };
  for (const call of [(key) => map.getOrInsert(key, 1), (key) => map.getOrInsertComputed(key, compute)]) {
    refuses(() => call('1'), TypeError);
    refuses(() => call(undefined), TypeError);
    refuses(() => call(1n), TypeError);
    refuses(() => call(-1), RangeError);
    refuses(() => call(2 ** 32), RangeError);
  }
  refuses(() => map.getOrInsert(1, '1'), TypeError);
  refuses(() => map.getOrInsert(1, 2 ** 32), RangeError);
  assert.is(calls, 0);
  assert.is(map.size, 0);
});

test('a subclass that overrides set and get is not asked, as that of a Map is not', () => {
  class Own extends HashMap {
    set() {
      throw new Error('set asked');
    }
    get() {
      throw new Error('get asked');
    }
  }
  const map = tracked(new Own({ key: 'u32', value: 'u32' }));
  assert.is(map.getOrInsert(1, 10), 10);
  assert.is(
    map.getOrInsertComputed(2, () => 20),
    20,
  );
  assert.is(
    map.getOrInsertComputed(2, () => 30),
    20,
  );
  assert.equal([...map].sort(), [
    [1, 10],
    [2, 20],
  ]);
});

test('a callback that writes to its key: the one that was asked for is inserted', () => {
  const map = make('bytes', 'u32');
  const key = Uint8Array.of(1, 2, 3);
  map.getOrInsertComputed(key, (asked) => {
    asked[0] = 9;
    return 5;
  });
  assert.is(map.get(Uint8Array.of(1, 2, 3)), 5);
  assert.is(map.size, 1);
});

test.run();
