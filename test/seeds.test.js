import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agrees } from './support/check.js';
import { Model } from './support/model.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('seeds');

test('a seed is drawn for every map at its first write', () => {
  const seeds = new Set();
  for (let i = 0; i < 200; i++) {
    const map = make('u32', 'u32', { seed: undefined });
    assert.is(map.stats().seed, 0);
    map.get(1);
    map.hasAll(Uint32Array.of(1));
    assert.is(map.stats().seed, 0, 'reading is no write');
    if (i % 2 === 0) map.set(1, 1);
    else map.putAll(Uint32Array.of(1), 1);
    const { seed } = map.stats();
    assert.ok(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32, `seed ${seed}`);
    seeds.add(seed);
    map.set(2, 2);
    assert.is(map.stats().seed, seed, 'and stays');
  }
  assert.ok(seeds.size >= 198, `${seeds.size} different seeds in 200 maps`);
  const high = [...seeds].filter((seed) => seed >= 2 ** 31).length;
  assert.ok(high > 20 && high < 180, `${high} of 200 seeds have their highest bit set`);
});

test('a seed that is given is used', () => {
  const keys = distinctKeys(3000, 1);
  const model = new Model('u32', 'u32');
  model.putAll(keys, 5);
  for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1, 123456789]) {
    const map = make('u32', 'u32', { seed });
    map.putAll(keys, 5);
    assert.is(map.stats().seed, seed);
    agrees(map, model);
    map.clear();
    map.set(1, 1);
    assert.is(map.stats().seed, seed);
  }
});

test('maps of one seed and one history are alike', () => {
  const keys = distinctKeys(3000, 2);
  const [a, b, c] = [1, 1, 2].map((seed) => {
    const map = make('u32', 'u32', { seed });
    map.putAll(keys, 5);
    return map.stats();
  });
  assert.equal(a, b);
  assert.not.equal([c.overflow, c.moved], [a.overflow, a.moved]);
});

test.run();
