/** An iteration ends though its body inserts for ever. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { fmix32, hashOf, unhash } from './support/fmix32.js';
import { distinctKeys, Random } from './support/random.js';
import { CapacityError, checked } from './support/tophash.js';

const test = behaviour('iteration-endless');
const seed = 5;

/**
 * Steps of an iteration whose body inserts what `next(key)` gives, as long as the map takes it; Infinity above `most`.
 */
function steps(map, most, next) {
  let count = 0;
  for (const [key] of map) {
    if (++count > most) return Infinity;
    try {
      for (const added of next(key)) map.set(added, count);
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
    }
  }
  return count;
}

function filled(rows) {
  const map = make('u32', 'u32', { seed });
  map.putAll(distinctKeys(rows, 1), 1);
  return map;
}

test('new keys at every step', () => {
  for (const rows of [1, 10, 100, 1000, budget(10000, { debug: 1500 })]) {
    for (const each of [1, 2]) {
      const random = new Random(rows);
      const count = steps(filled(rows), 20 * rows + 1000, () => Array.from({ length: each }, () => random.u32()));
      assert.ok(count >= rows, `${count} steps for ${rows} entries`);
      assert.ok(count < Infinity, `${rows} entries, ${each} more at each step: no end in sight`);
    }
  }
});

test('many new keys at every step, until the memory ends', () => {
  for (const value of ['u32', 'f64', 'any']) {
    const map = make('u32', value, { seed, maxBytes: checked ? 60000 : 600000 });
    map.putAll(distinctKeys(200, 2), 1);
    const random = new Random(2);
    const count = steps(map, 200000, () => Array.from({ length: 20 }, () => random.u32()));
    assert.ok(count >= 200 && count <= map.size, `${count} steps for a map of ${map.size} entries`);
  }
});

test('keys in their own order: numbers that count up', () => {
  for (const rows of [1, 100, 1000]) {
    let last = 0;
    const map = make('u32', 'u32', { seed });
    for (; last < rows; last++) map.set(last, 1);
    assert.ok(steps(map, 20 * rows + 1000, () => [last++, last++]) < Infinity);
  }
});

/** The next hash in an order that an implementation may have: upwards, downwards, by the low bits first. */
const successors = {
  upwards: (hash) => (hash + 4096) >>> 0,
  downwards: (hash) => (hash - 4096) >>> 0,
  'by the reversed bits': (hash) => reverse((reverse(hash) + 4096) >>> 0),
  'by the rotated bits': (hash) => ((hash << 1) | (hash >>> 31)) >>> 0,
  'somewhere else': fmix32,
};

for (const [name, after] of Object.entries(successors)) {
  test(`keys whose hashes come next, ${name}`, () => {
    const rows = 300;
    const most = budget(20000, { debug: 3000 });
    const count = steps(filled(rows), most, (key) => [unhash(after(hashOf(key, seed)), seed)]);
    assert.ok(count >= rows && count < Infinity, 'no end in sight');
  });
}

test('forEach and the other ways end as well', () => {
  const rows = checked ? 300 : 1000;
  const random = new Random(4);
  const map = filled(rows);
  let calls = 0;
  const body = () => {
    if (++calls > 20 * rows) throw new Error('no end in sight');
    map.set(random.u32(), 1);
  };
  map.forEach(body);
  assert.ok(calls >= rows);
  for (const method of ['keys', 'values', 'entries']) {
    const before = map.size;
    calls = 0;
    for (const iterator = map[method](); !iterator.next().done;) {
      if (++calls > 20 * before) assert.unreachable(`${method}: no end in sight`);
      map.set(random.u32(), 1);
    }
    assert.ok(calls >= before);
    map.clear();
    map.putAll(distinctKeys(rows, 1), 1);
  }
});

function reverse(x) {
  let out = 0;
  for (let bit = 0; bit < 32; bit++) out = (out << 1) | ((x >>> bit) & 1);
  return out >>> 0;
}

test.run();
