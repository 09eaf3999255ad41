/**
 * A host that has no memory left: `memory.grow` refuses, or the constructor of a memory does. Here a memory is made
 * with a lower maximum than was asked for, so it is the host's own instruction that fails.
 */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agrees, refuses, rejects } from './support/check.js';
import { drawValues, fittingAgain, keyColumn } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';
import { CapacityError } from './support/tophash.js';

const test = behaviour('host-memory');
const { Memory } = WebAssembly;
/** Wasm pages by which the memory of a map may grow. */
const PAGES = 12;

/** A map in a memory that grows by `PAGES` at most. Memories that other maps left are used up first. */
function makeLimited(key, value) {
  let made = 0;
  WebAssembly.Memory = class {
    constructor(descriptor) {
      made++;
      return new Memory({ ...descriptor, maximum: descriptor.initial + PAGES });
    }
  };
  try {
    for (;;) {
      const map = make(key, value);
      const before = made;
      map.reserve(2000); // too many for a pool
      if (made > before) return map;
    }
  } finally {
    WebAssembly.Memory = Memory;
  }
}

const fill = {
  putAll: (map, keys, values) => map.putAll(keys, values),
  putAllAsync: (map, keys, values) => map.putAllAsync(keys, values, { budgetMs: 0 }),
};

for (const [key, value] of [
  ['u32', 'u32'],
  ['u64', 'f64'],
  ['f64', 'any'],
  ['string', 'u32'],
  ['bytes', 'i64'],
]) {
  for (const [how, call] of Object.entries(fill)) {
    test.layout(`${key} -> ${value}, ${how}: the rows before are applied, and the map serves`, async () => {
      const map = makeLimited(key, value);
      const model = new Model(key, value);
      const random = new Random(5);
      const rows = 120_000;
      const keys = keyColumn(key, rows, () => random.u32());
      const values = drawValues(value, rows, random);
      const error = await rejects(async () => call(map, keys, values), CapacityError);
      assert.ok(error.rows > 1000 && error.rows < rows, `${error.rows} rows`);
      model.putAll(keys.slice(0, error.rows), values);
      agrees(map, model, keys.slice(error.rows, error.rows + 1000));

      const [refused, one] = [keys[error.rows], values[0]];
      assert.is(refuses(() => map.set(refused, one), CapacityError).rows, 0);
      refuses(() => map.reserve(1e7), CapacityError);
      const held = model.keyColumn();
      assert.is(map.putAll(held, one), 0, 'overwrites');
      model.putAll(held, one);
      agrees(map, model);
      const half = held.filter((_, row) => row % 2 === 0);
      assert.is(map.deleteAll(half), half.length);
      model.deleteAll(half);
      agrees(map, model, half);
      const again = fittingAgain(key, half);
      assert.is(map.putAll(again, one), again.length, 'deleted keys fit again');
      model.putAll(again, one);
      agrees(map, model);
      map.dispose();
    });
  }
}

test('no memory for a map at all', async () => {
  const held = [];
  let refusals = 0;
  WebAssembly.Memory = class {
    constructor() {
      refusals++;
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    }
  };
  try {
    const keys = Uint32Array.from({ length: 5000 }, (_, i) => i);
    for (let error; error === undefined;) {
      const map = make('u32', 'u32');
      held.push(map);
      try {
        map.putAll(keys, 1);
      } catch (e) {
        error = e;
      }
      assert.ok(error === undefined || error instanceof CapacityError, error?.stack);
      if (error === undefined) continue;
      assert.is(map.size, error.rows);
      assert.is(map.getAll(keys).hits, error.rows);
      refuses(() => map.putAll(keys, 1), CapacityError);
    }
    const map = make('u32', 'u32');
    const { rows } = await rejects(() => map.putAllAsync(keys, 1, { budgetMs: 0 }), CapacityError);
    assert.is(map.size, rows);
  } finally {
    WebAssembly.Memory = Memory;
  }
  assert.ok(refusals > 0);
  assert.is(held.at(-1).putAll(Uint32Array.of(1, 2, 3), 1) <= 3, true, 'the host has memory again');
  assert.is(held.at(-1).set(9e8, 5).get(9e8), 5);
});

test.run();
