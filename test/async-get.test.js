/** getAllAsync does what getAll does, whatever the column and wherever the answers go. */
import * as assert from 'uvu/assert';
import { arrow } from './support/arrow.js';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { byteColumn } from './support/byte-keys.js';
import { rejects, same } from './support/check.js';
import { allPairs, drawValues, keyColumn, valueKind } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('async-get');
const budgetMs = 0;
const most = budget(5000, { debug: 2500, badHash: 1500 });

for (const { key, value } of allPairs) {
  test(`${key} -> ${value}: as getAll`, async () => {
    const random = new Random(1);
    const [map, model] = [make(key, value), new Model(key, value)];
    const held = keyColumn(key, most, () => random.below(2 * most));
    const values = drawValues(value, most, random);
    map.putAll(held, values);
    model.putAll(held, values);
    for (const rows of [0, 1, 1024, 1025, most]) {
      const keys = keyColumn(key, rows, () => random.below(2 * most));
      const [missing] = drawValues(value, 1, random);
      const expected = model.getAll(keys, missing);
      const into = { values: new (valueKind(value).Column)(rows), found: new Uint8Array(rows).fill(9), missing };
      const result = await map.getAllAsync(keys, { into, budgetMs });
      assert.is(result.values, into.values);
      assert.is(result.found, into.found);
      same(result.values, expected.values);
      same(result.found, expected.found);
      assert.is(result.hits, expected.hits);
      const plain = await map.getAllAsync(keys, { budgetMs });
      same(plain.values, model.getAll(keys).values);
      assert.is(plain.hits, expected.hits);
    }
  });
}

test('a map without a table has nothing', async () => {
  const result = await make('u32', 'u32').getAllAsync(new Uint32Array(3000), { budgetMs, into: { missing: 7 } });
  same(result.values, new Uint32Array(3000).fill(7));
  assert.is(result.hits, 0);
});

test('into may overlap the keys, at any distance', async () => {
  const rows = 4000;
  for (const distance of [0, 1, -1, 700, -700, 1500]) {
    const map = make('u32', 'u32');
    const keys = Uint32Array.from({ length: rows }, (_, i) => i * 3);
    map.putAll(
      keys,
      Uint32Array.from(keys, (key) => key + 1),
    );
    const memory = new Uint32Array(rows + 4000);
    const own = memory.subarray(2000, 2000 + rows);
    own.set(keys);
    const values = memory.subarray(2000 + distance, 2000 + distance + rows);
    await map.getAllAsync(own, { into: { values }, budgetMs });
    same(
      values,
      Uint32Array.from(keys, (key) => key + 1),
    );
  }
});

test('into may overlap keys of bytes', async () => {
  const rows = 3000;
  const texts = Array.from({ length: rows }, (_, i) => `key ${i}`);
  const map = make('bytes', 'u32');
  map.putAll(
    byteColumn(texts),
    Uint32Array.from({ length: rows }, (_, i) => i + 1),
  );
  const expected = Uint32Array.from({ length: rows }, (_, i) => i + 1);

  const column = byteColumn(texts);
  const found = column.bytes.subarray(500, 500 + rows);
  const first = await map.getAllAsync(column, { into: { found }, budgetMs });
  same(first.values, expected);
  same(found, new Uint8Array(rows).fill(1));

  const { bytes, offsets } = byteColumn(texts);
  const array = texts.map((_, row) => bytes.subarray(offsets[row], offsets[row + 1]));
  const second = await map.getAllAsync(array, { into: { found: bytes.subarray(500, 500 + rows) }, budgetMs });
  same(second.values, expected);
});

test('a null of an Arrow vector is a key that is not there', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? null : i % 100));
  const vector = arrow.vectorFromArray(rows, new arrow.Uint32());
  const map = make('u32', 'u32');
  map.putAll(
    Uint32Array.from({ length: 100 }, (_, i) => i),
    5,
  );
  const { values, found, hits } = await map.getAllAsync(vector, { budgetMs, into: { missing: 9 } });
  assert.is(hits, 2000);
  rows.forEach((key, row) => {
    assert.is(values[row], key === null ? 9 : 5);
    assert.is(found[row], key === null ? 0 : 1);
  });
});

test('a row has the answer of the moment when its slice came', async () => {
  const keys = Uint32Array.from({ length: 5000 }, (_, i) => i);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  const until = [];
  const onProgress = (done) => {
    until.push(done);
    map.putAll(keys, until.length + 1);
    map.delete(4999);
  };
  const { values, found, hits } = await map.getAllAsync(keys, { budgetMs, onProgress });
  values.forEach((value, row) => {
    if (row < 4999) assert.is(value, 1 + until.findIndex((done) => row < done));
  });
  assert.is(found[4999], 0, 'deleted before its slice came');
  assert.is(hits, 4999);
});

test('values of any kind go to the array as their slices come, whatever it does', async () => {
  const keys = Uint32Array.from({ length: 3000 }, (_, i) => i);
  const map = make('u32', 'any');
  map.putAll(
    keys,
    Array.from(keys, (key) => ({ key })),
  );
  let writes = 0;
  const target = new Proxy(new Array(3000), {
    set(array, name, value) {
      if (writes++ === 1500) map.set(2999, 'changed meanwhile');
      array[name] = value;
      return true;
    },
  });
  const { values } = await map.getAllAsync(keys, { into: { values: target }, budgetMs });
  assert.is(values, target);
  assert.is(values[1500].key, 1500);
  assert.is(values[2999], 'changed meanwhile');
});

test('an array of answers that loses its buffer ends the batch', async () => {
  const keys = Uint32Array.from({ length: 3000 }, (_, i) => i);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  for (const name of ['values', 'found']) {
    const into = { values: new Uint32Array(3000), found: new Uint8Array(3000) };
    let known = 0;
    const onProgress = (done) => {
      known = done;
      if (done >= 1024) structuredClone(into[name].buffer, { transfer: [into[name].buffer] });
    };
    const { rows } = await rejects(() => map.getAllAsync(keys, { into, budgetMs, onProgress }), TypeError);
    assert.is(rows, known);
  }
});

test.run();
