/** Sets that are full. */
import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { KeySet } from './support/byte-domains.js';
import { refuses } from './support/check.js';
import { fittingAgain, keyKinds } from './support/kinds.js';
import { Random } from './support/random.js';
import { agreesWith, algebraAgrees, both, keyColumn, keyNames, makeSet, spread } from './support/sets.js';
import { CapacityError } from './support/tophash.js';

const test = behaviour('set-capacity');
const limits = [4096, 20000, 65536, 150000, 600000].slice(0, budget(4, { debug: 3 }));

/** A set of at most `maxBytes` filled by batches until it refuses one, with its model. */
function full(key, maxBytes, options) {
  const random = new Random(maxBytes);
  const set = makeSet(key, { maxBytes, seed: 9, ...options });
  const model = new KeySet();
  for (let round = 0; round < 300; round++) {
    const keys = keyKinds[key].Column.from({ length: 7000 }, () => keyKinds[key].wrap(random.u32()));
    const before = model.size;
    try {
      const added = set.addAll(keys);
      for (const x of keys) model.add(x);
      assert.is(added, model.size - before);
    } catch (error) {
      assert.instance(error, CapacityError, error.stack);
      assert.match(error.message, /^addAll: /);
      for (const x of keys.subarray(0, error.rows)) model.add(x);
      assert.ok(error.rows >= 0 && error.rows < keys.length && !model.has(keys[error.rows]));
      assert.ok(set.stats().bytes <= maxBytes);
      return { set, model, refused: keys[error.rows] };
    }
  }
  assert.unreachable('never full');
}

for (const key of keyNames) {
  test(`a full set of ${key} has exactly the first rows, and serves`, () => {
    for (const maxBytes of limits) {
      const { set, model, refused } = full(key, maxBytes);
      agreesWith(set, model, [refused]);
      const error = refuses(() => set.add(refused), CapacityError);
      assert.is(error.rows, 0);
      assert.match(error.message, /^add: /);
      const keys = keyKinds[key].Column.from(model);
      assert.is(set.addAll(keys), 0);
      const half = keys.subarray(0, keys.length >>> 1);
      assert.is(set.deleteAll(half), half.length);
      const again = fittingAgain(key, half);
      assert.is(set.addAll(again), again.length, 'the same keys fit again');
      for (const x of half.subarray(again.length)) model.delete(x);
      agreesWith(set, model);
      set.dispose();
    }
  });

  test(`what fits a set of ${key} fits a result with its options`, () => {
    for (const maxBytes of limits) {
      for (const seed of [9, undefined]) {
        const { set, model } = full(key, maxBytes, { seed });
        const kept = fittingAgain(key, keyKinds[key].Column.from(model)).length;
        const gone = keyKinds[key].Column.from([...model].slice(kept));
        assert.is(set.deleteAll(gone), model.size - kept);
        for (const x of gone) model.delete(x);
        const some = [...model].slice(0, 50);
        const other = tracked(makeSet(key, { seed: 9 }));
        other.addAll(keyKinds[key].Column.from(some));
        algebraAgrees(set, other, model, new KeySet(some));
        algebraAgrees(set, set, model, model);
        algebraAgrees(set, new KeySet(some), model, new KeySet(some));
        set.dispose();
      }
    }
  });

  test(`a result of ${key} that does not fit is a CapacityError, and changes nothing`, () => {
    for (const maxBytes of limits) {
      const { set, model } = full(key, maxBytes);
      const larger = both(key, spread(1, model.size * 2));
      for (const name of ['union', 'symmetricDifference']) {
        refuses(() => set[name](larger.set), CapacityError, name);
        refuses(() => set[name](larger.model), CapacityError, name);
      }
      assert.ok(tracked(larger.set.union(set)).size > set.size, 'the other set has no limit');
      agreesWith(set, model);
      agreesWith(larger.set, larger.model);
      set.dispose();
    }
  });
}

test('addAll of a set says how many rows were added', () => {
  for (const options of [{ seed: 9 }, { seed: 1 }]) {
    const { set, model } = both('u32', spread(0, 100), { maxBytes: 70000, seed: 9 });
    const source = both('u32', spread(0, 60000), options);
    const { rows } = refuses(() => set.addAll(source.set), CapacityError);
    assert.ok(rows > 0);
    for (const key of [...source.set].slice(0, rows)) model.add(key); // in the order of iteration
    agreesWith(set, model);
  }
  const set = makeSet('u32', { maxBytes: 70000 });
  const keys = keyColumn('u32', spread(0, 60000));
  const { rows } = refuses(() => set.addAll(new KeySet(keys)), CapacityError);
  agreesWith(set, new KeySet(keys.subarray(0, rows)));
});

test.run();
