/**
 * A queue made of a map: take the first entry of a new iterator, delete it, and again. A map that looks for the first
 * entry from the start of its table each time takes a time that grows with the square; `walked` tells.
 */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { hasBadHash } from './support/builds.js';
import { unhash } from './support/fmix32.js';
import { distinctKeys, Random } from './support/random.js';
import { build } from './support/tophash.js';

const test = behaviour('pop');
/** For what holds where hashes spread. */
const spread = hasBadHash(build) ? test.skip : test;
const [few, many] = [2000, 16000];

function pop(map) {
  const { value, done } = map.keys().next();
  if (done) return undefined;
  assert.is(map.delete(value), true);
  return value;
}

function popAll(map) {
  let count = 0;
  while (pop(map) !== undefined) count++;
  return count;
}

function filled(rows, options) {
  const map = make('u32', 'u32', options);
  map.putAll(distinctKeys(rows, rows), 1);
  return map;
}

/** Buckets read by iteration during `work`. */
function walkedBy(map, work) {
  const before = map.stats().walked;
  work(map);
  return map.stats().walked - before;
}

/**
 * `cost(rows)` for eight times as many rows is less than twelve times as much, and so on: what is linear, and half as
 * much again.
 */
function linear(cost, from = few, to = many) {
  const [small, large] = [cost(from), cost(to)];
  assert.ok(small > 0, 'nothing was read');
  assert.ok(large < (1.5 * to * small) / from, `${small} buckets read for ${from} keys, ${large} for ${to}`);
}

spread('stats().walked counts the buckets that iteration reads', () => {
  for (const rows of [0, 1, 50, 1300, 5000]) {
    const map = filled(rows);
    assert.is(map.stats().walked, 0, 'before any iteration');
    const { buckets } = map.stats();
    const once = walkedBy(map, () => void [...map]);
    if (rows > 0) assert.ok(once > 0 && once <= buckets * 2, `${once} reads of ${buckets} buckets`);
    map.get(1);
    map.putAll(distinctKeys(rows, rows), 2);
    assert.is(
      walkedBy(map, () => {}),
      0,
    );
    const again = walkedBy(map, () => map.forEach(() => {}));
    if (rows > 0) assert.ok(again > 0 && again <= buckets * 2);
  }
});

test('popping all entries gives each of them once', () => {
  for (const rows of [0, 1, 10, 60, 420, 1250, few]) {
    const map = filled(rows);
    const left = new Set(distinctKeys(rows, rows));
    for (let i = 0; i < rows; i++) assert.ok(left.delete(pop(map)));
    assert.is(pop(map), undefined);
    assert.is(map.size, 0);
  }
});

spread('popping all entries is linear', () => {
  linear((rows) => walkedBy(filled(rows), popAll));
});

(build === 'release' ? test : test.skip)('popping all entries of a larger map is linear', () => {
  linear((rows) => walkedBy(filled(rows), popAll), few, 128000);
});

(build === 'release' ? test : test.skip)('popping all entries of a table of more than 4,096 groups is linear', () => {
  linear((rows) => walkedBy(filled(rows, { maxLoad: 0.1 }), popAll), 8000, 64000);
});

spread('popping by entries, values and for of is linear too', () => {
  const firsts = {
    entries: (map) => map.entries().next().value?.[0],
    'for of': (map) => {
      for (const [key] of map) return key;
    },
    'values beside keys': (map) => {
      map.values().next();
      return map.keys().next().value;
    },
  };
  for (const first of Object.values(firsts)) {
    linear((rows) =>
      walkedBy(filled(rows), (map) => {
        for (let key = first(map); key !== undefined; key = first(map)) map.delete(key);
        assert.is(map.size, 0);
      }),
    );
  }
});

spread('a random key for each one popped, for some rounds', () => {
  linear((rows) => {
    const random = new Random(1);
    return walkedBy(filled(rows), (map) => {
      for (let i = 0; i < rows * 5; i++) {
        pop(map);
        map.set(random.u32(), i);
      }
      assert.ok(map.size > rows * 0.99);
    });
  });
});

spread('a small queue in a large table: a random key for each one popped', () => {
  linear((rows) => {
    const random = new Random(1);
    const keys = distinctKeys(rows, rows);
    const map = filled(rows);
    map.deleteAll(keys.subarray(rows >> 3));
    return walkedBy(map, () => {
      for (let i = 0; i < rows; i++) {
        pop(map);
        map.set(random.u32(), i);
      }
    });
  }, 4 * few); // of fewer keys the deletion leaves a table that can hardly be smaller
});

spread('a sparse map that was large', () => {
  for (const share of [10, 100]) {
    linear((rows) => {
      const keys = distinctKeys(rows, rows);
      const map = filled(rows);
      map.deleteAll(keys.subarray(Math.floor(rows / share)));
      const left = map.size;
      return walkedBy(map, () => assert.is(popAll(map), left));
    });
  }
});

spread('what was popped comes back at once, and the queue ends all the same', () => {
  linear((rows) => {
    const map = filled(rows);
    return walkedBy(map, () => {
      for (let i = 0; i < rows; i++) {
        const key = pop(map);
        if (i % 2 === 0) map.set(key, i);
      }
      assert.is(map.size, rows - (rows >> 1));
    });
  });
});

spread('an insertion before all others is found again', () => {
  const seed = 3;
  const zero = unhash(0, seed);
  const map = filled(many, { seed });
  const popped = Array.from({ length: many >> 1 }, () => pop(map));
  const left = new Set(map.keys());
  for (const key of popped.slice(0, 300)) {
    map.set(key, 5);
    assert.is(pop(map), key);
    map.set(zero, 5).set(key, 5);
    assert.is([pop(map), pop(map)].sort().join(), [zero, key].sort().join());
  }
  assert.is(map.size, left.size);
  while (map.size > 0) assert.ok(left.delete(pop(map)));
});

spread('after clear the queue begins anew', () => {
  linear((rows) => {
    const map = filled(rows);
    return walkedBy(map, () => {
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < rows >> 1; i++) pop(map);
        map.clear();
        assert.is(pop(map), undefined);
        map.putAll(distinctKeys(rows, rows), round);
      }
      assert.is(popAll(map), rows);
    });
  });
});

test.run();
