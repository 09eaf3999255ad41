/** putAllAsync and addAllAsync do what putAll and addAll do, whatever the column. */
import * as assert from 'uvu/assert';
import { arrow, shapesOf } from './support/arrow.js';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { byteColumn, byteKinds, keysOf as textsAs } from './support/byte-keys.js';
import { agrees } from './support/check.js';
import { allPairs, drawValues, keyColumn, keyKinds, waysOf } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';
import { agreesWith, keyNames, makeSet, spread } from './support/sets.js';
import { KeySet } from './support/byte-domains.js';

const test = behaviour('async-put');
const most = budget(4000, { debug: 2500, badHash: 1200 });
/** Every step is a slice. */
const budgetMs = 0;

for (const { key, value } of allPairs) {
  test(`${key} -> ${value}: as putAll, of every size and in every way`, async () => {
    for (const rows of [0, 1, 127, 1024, 1025, most]) {
      for (const how of rows === most ? waysOf(value) : ['replace']) {
        const random = new Random(rows);
        const map = make(key, value);
        const model = new Model(key, value);
        for (let round = 0; round < 2; round++) {
          const keys = keyColumn(key, rows, () => Math.imul(random.below(most), 0x9e3779b1));
          const values = drawValues(value, rows, random);
          const fresh = await map.putAllAsync(keys, values, { how, budgetMs });
          assert.is(fresh, model.putAll(keys, values, how), `${rows} rows, ${how}`);
          agrees(map, model);
        }
        map.dispose();
      }
    }
  });

  test(`${key} -> ${value}: one value for all rows, and values in an array`, async () => {
    const random = new Random(5);
    const keys = keyColumn(key, 2500, () => random.below(3000));
    const [one] = drawValues(value, 1, random);
    const array = [...drawValues(value, 2500, random)];
    for (const values of [one, array]) {
      const [map, model] = [make(key, value), new Model(key, value)];
      assert.is(await map.putAllAsync(keys, values, { budgetMs }), model.putAll(keys, values));
      agrees(map, model);
    }
  });
}

for (const kind of byteKinds) {
  const texts = Array.from({ length: budget(3000, { debug: 1500, badHash: 300 }) }, (_, i) =>
    i % 700 === 699 ? `${i}`.repeat(20_000) : `${'long '.repeat(i % 30)}${i % 1000}`,
  );
  const expected = new Map(texts.map((text, row) => [text, row]));
  const forms = {
    array: () => textsAs(kind, texts),
    ...Object.fromEntries(
      [Int32Array, Uint32Array, BigInt64Array].flatMap((Offsets) =>
        [false, true].map((shared) => [
          `ByteColumn, ${Offsets.name}, ${shared ? 'shared' : 'own'} memory`,
          () => byteColumn(texts, { Offsets, shared, before: 7, behind: 3, spare: 2 }),
        ]),
      ),
    ),
  };
  for (const [name, formOf] of Object.entries(forms)) {
    test(`${kind}: ${name}, rows short and long`, async () => {
      const map = make(kind, 'u32');
      const values = Uint32Array.from(texts.keys());
      let slices = 0;
      const onProgress = () => void slices++;
      assert.is(await map.putAllAsync(formOf(), values, { budgetMs, onProgress }), expected.size);
      assert.ok(slices >= texts.length / 1024, `${slices} slices`);
      const { values: got, hits } = await map.getAllAsync(formOf(), { budgetMs });
      assert.is(hits, texts.length);
      texts.forEach((text, row) => void assert.is(got[row], expected.get(text)));
      assert.is(map.size, expected.size);
    });
  }
}

test('Arrow vectors of every shape', async () => {
  const rows = Array.from({ length: 2500 }, (_, i) => (i * 7919) % 100_000);
  for (const [shape, vector] of Object.entries(shapesOf(rows, new arrow.Uint32()))) {
    const [map, twin] = [make('u32', 'u32'), make('u32', 'u32')];
    const fresh = await map.putAllAsync(vector, vector, { budgetMs });
    assert.is(fresh, twin.putAll(vector, vector), shape);
    agrees(map, new Model('u32', 'u32', twin));
  }
  for (const [shape, vector] of Object.entries(shapesOf(rows.map(String), new arrow.Utf8()))) {
    const map = make('string', 'u32');
    assert.is(await map.putAllAsync(vector, 3, { budgetMs }), vector.length, shape);
    assert.is(map.hasAll(vector).indexOf(0), -1, shape);
  }
});

for (const key of keyNames) {
  test(`a set of ${key}: as addAll and hasAll`, async () => {
    const column = (integers) => keyKinds[key].Column.from(integers, keyKinds[key].wrap);
    const [first, second] = [spread(0, most / 2), spread(most / 4, most / 2)].map(column);
    const set = makeSet(key);
    assert.is(await set.addAllAsync(first, { budgetMs }), first.length);
    assert.is(await set.addAllAsync(second, { budgetMs }), most / 4);
    agreesWith(set, new KeySet([...first, ...second]));
    const asked = column(spread(0, most));
    const found = new Uint8Array(most);
    assert.is(await set.hasAllAsync(asked, { budgetMs, found }), found);
    assert.equal(found, set.hasAll(asked));
    assert.equal(await set.hasAllAsync(asked), found);
    assert.equal(await makeSet(key).hasAllAsync(asked, { budgetMs }), new Uint8Array(most));
  });
}

test('the table grows ahead of many new keys, but not far at once', async () => {
  const rows = budget(200_000, { debug: 20_000, badHash: 3000 });
  const random = new Random(3);
  const keys = Uint32Array.from({ length: rows }, () => random.u32());
  const map = make('u32', 'u32');
  assert.is(await map.putAllAsync(keys, keys), rows);
  agrees(
    map,
    new Model(
      'u32',
      'u32',
      Array.from(keys, (key) => [key, key]),
    ),
  );
});

test.run();
