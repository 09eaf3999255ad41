import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agrees } from './support/check.js';
import { keyKinds, numericKeys, pairs } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { build } from './support/tophash.js';

const test = behaviour('churn');
/** Byte keys leave holes: of a fifth of their bytes, and a segment or two. */
const HOLES = 2 * 65536;
const entries = build === 'debug' ? 3000 : 10000;

/** Lines of memory that the longest look-up reads. */
const longestProbe = (map) => map.stats().probeHistogram.findLastIndex((count) => count > 0) + 1;

const bySet = (map, model) => model.forEach((value, key) => void map.set(key, value));
const byBatch = (map, model) => map.putAll(model.keyColumn(), model.valueColumn());

/**
 * `bytes` as before, of byte keys with some holes more, and no probe longer than in a map that was just made of the
 * same entries in the same way, plus a line.
 */
function unworn(map, model, bytes, fill) {
  agrees(map, model);
  const now = map.stats().bytes;
  if (numericKeys.includes(model.kinds.key)) assert.is(now, bytes, 'bytes');
  else assert.ok(now <= bytes * 1.25 + HOLES, `${now} bytes, ${bytes} before`);
  const fresh = make(model.kinds.key, model.kinds.value, { seed: map.stats().seed });
  fill(fresh, model);
  const [worn, anew] = [longestProbe(map), longestProbe(fresh)];
  assert.ok(worn <= anew + 1, `longest probe ${worn}, ${anew} in a fresh map`);
  fresh.dispose();
}

test('deleting one and adding one, for a long time, wears nothing', () => {
  const rounds = budget(1e5, { debug: 2000, full: 1e6 });
  const keys = distinctKeys(entries + rounds, 1);
  const map = make('u32', 'u32', { seed: 1 });
  const model = new Model('u32', 'u32');
  for (let i = 0; i < entries; i++) {
    map.set(keys[i], i);
    model.set(keys[i], i);
  }
  const { bytes } = map.stats();
  for (let i = 0; i < rounds; i++) {
    assert.is(map.delete(keys[i]), true);
    map.set(keys[entries + i], i);
    model.delete(keys[i]);
    model.set(keys[entries + i], i);
  }
  unworn(map, model, bytes, bySet);
});

test('the entry that goes may be any', () => {
  const rounds = budget(30000, { debug: 1000 });
  for (const { key, value } of pairs) {
    const random = new Random(2);
    const { wrap } = keyKinds[key];
    const wide = value === 'u64' || value === 'i64' ? BigInt : Number;
    const held = Array.from({ length: entries }, () => wrap(random.u32()));
    const map = make(key, value, { seed: 2 });
    const model = new Model(key, value);
    for (const k of held) {
      map.set(k, wide(1));
      model.set(k, wide(1));
    }
    const { bytes } = map.stats();
    for (let i = 0; i < rounds; i++) {
      const at = random.below(entries);
      assert.is(map.delete(held[at]), true);
      model.delete(held[at]);
      held[at] = wrap(random.u32());
      map.set(held[at], wide(i));
      model.set(held[at], wide(i));
    }
    unworn(map, model, bytes, bySet);
    map.dispose();
  }
});

test('churn by batches', () => {
  const random = new Random(3);
  const map = make('u32', 'f64', { seed: 3 });
  const model = new Model('u32', 'f64');
  let held = distinctKeys(entries, 4);
  map.putAll(held, 1);
  model.putAll(held, 1);
  const { bytes } = map.stats();
  for (let round = 0; round < budget(100, { debug: 20 }); round++) {
    const rows = random.pick([1, 17, 200, 1000]);
    const added = Uint32Array.from({ length: rows }, () => random.u32());
    assert.is(map.deleteAll(held.subarray(0, rows)), rows);
    model.deleteAll(held.subarray(0, rows));
    assert.is(map.putAll(added, round), rows);
    model.putAll(added, round);
    held = Uint32Array.of(...held.subarray(rows), ...added);
  }
  unworn(map, model, bytes, byBatch);
});

test('emptying and filling again', () => {
  const keys = distinctKeys(entries, 5);
  const map = make('u32', 'u32', { seed: 4 });
  map.putAll(keys, 1);
  const { bytes } = map.stats();
  for (let round = 0; round < budget(20, { debug: 4 }); round++) {
    if (round % 2 === 0) map.clear();
    else assert.is(map.deleteAll(keys), entries);
    assert.is(map.size, 0);
    assert.is(map.putAll(keys, round), entries);
  }
  const model = new Model('u32', 'u32');
  model.putAll(keys, map.get(keys[0]));
  unworn(map, model, bytes, byBatch);
});

test.run();
