/** Columns of byte keys on their way out, and back in. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteKinds, fewer, keyOf, keysOf, randomText, textOf, textsOf } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { Random } from './support/random.js';
import { makeSet } from './support/sets.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('bytes-there-and-back');
const sizes = [0, 1, 9, 52, 300, ...fewer([1249, budget(6000, { debug: 1700 })], [])];

/** Different texts, some long. */
function textsFor(rows) {
  const random = new Random(rows);
  return Array.from({ length: rows }, (_, i) => {
    const length = i % 100 === 3 ? random.below(9000) : random.below(40);
    return `${i} ${i % 7 === 0 ? 'ß\u{1f600}' : ''}${randomText(random, length)}`;
  }).map((text, i) => (i === 5 ? '' : i === 700 ? randomText(random, 200_000) : text));
}

for (const kind of byteKinds) {
  test(`${kind}: both forms hold every entry, in one order, and make the same map`, () => {
    for (const rows of sizes) {
      const texts = textsFor(rows);
      const map = make(kind, 'u32');
      texts.forEach((text, row) => void map.set(keyOf(kind, text), row));
      const model = new Map(texts.map((text, row) => [text, row]));
      const array = map.columns();
      const order = array.keys.map(textOf);
      assert.equal(Object.keys(array).sort(), ['keys', 'values']);
      assert.equal(order.toSorted(), [...model.keys()].sort());
      same(
        array.values,
        Uint32Array.from(order, (text) => model.get(text)),
      );
      assert.equal(map.columns({ strings: 'array' }), array);
      const column = map.columns({ strings: 'bytes' });
      assert.is(column.keys.bytes.constructor, Uint8Array);
      assert.is(column.keys.offsets.constructor, Int32Array);
      assert.is(column.keys.offsets[0], 0);
      assert.is(column.keys.offsets.at(-1), column.keys.bytes.length);
      assert.equal(textsOf(column.keys), order);
      same(column.values, array.values);
      for (const { keys, values } of [array, column]) {
        for (const seed of [map.stats().seed, 7]) {
          const copy = tracked(HashMap.fromColumns(keys, values, { key: kind, value: 'u32', seed }));
          agreesWith(copy, kind, model);
          assert.is(map.deleteAll(keys), rows);
          assert.is(map.size, 0);
          assert.is(map.putAll(keys, values), rows);
        }
      }
    }
  });

  test(`${kind}: columns of sets`, () => {
    for (const rows of sizes) {
      const texts = textsFor(rows);
      const set = makeSet(kind);
      set.addAll(keysOf(kind, texts));
      const order = set.column().map(textOf);
      assert.equal(textsOf(set.column({ strings: 'bytes' })), order);
      assert.equal(order.toSorted(), texts.toSorted());
      const copy = tracked(HashSet.fromColumn(set.column({ strings: 'bytes' }), { key: kind }));
      assert.is(copy.symmetricDifference(set).size, 0);
    }
  });

  test(`${kind}: what is handed out belongs to the caller`, () => {
    const texts = textsFor(fewer(900, 90));
    const map = make(kind, 'u32');
    map.putAll(keysOf(kind, texts), 1);
    const { keys, values } = map.columns({ strings: 'bytes' });
    const kept = textsOf(keys);
    map.clear();
    map.putAll(
      keysOf(
        kind,
        texts.map((text) => `${text}, other`),
      ),
      2,
    );
    assert.equal(textsOf(keys), kept);
    same(values, new Uint32Array(texts.length).fill(1));
    keys.bytes.fill(0);
    keys.offsets.fill(0);
    agreesWith(map, kind, new Map(texts.map((text) => [`${text}, other`, 2])));
  });

  test(`${kind}: maps with values of every kind`, () => {
    const texts = textsFor(fewer(900, 90));
    const object = {};
    const samples = { u32: 7, i32: -7, f32: 0.5, f64: 1e300, u64: 2n ** 63n, i64: -(2n ** 63n), any: object };
    for (const [value, sample] of Object.entries(samples)) {
      const map = make(kind, value);
      map.putAll(keysOf(kind, texts), sample);
      for (const strings of ['array', 'bytes']) {
        const { keys, values } = map.columns({ strings });
        assert.is(values.length, texts.length);
        assert.ok([...values].every((x) => Object.is(x, sample)));
        const copy = tracked(HashMap.fromColumns(keys, values, { key: kind, value }));
        for (const text of texts) assert.ok(Object.is(copy.get(keyOf(kind, text)), sample));
        copy.dispose();
      }
    }
  });
}

test("'strings' of another value is refused", () => {
  const map = make('string', 'u32').set('a', 1);
  for (const strings of ['text', '', 1, null, {}]) refuses(() => map.columns({ strings }), TypeError);
  for (const options of ['bytes', 1, null]) refuses(() => map.columns(options), TypeError);
});

test('a string map and a map of its bytes have the same columns of bytes', () => {
  const texts = textsFor(fewer(900, 90));
  const [strings, bytes] = byteKinds.map((kind) => {
    const map = make(kind, 'u32', { seed: 5 });
    map.putAll(keysOf(kind, texts), 1);
    return map.columns({ strings: 'bytes' }).keys;
  });
  same(strings.bytes, bytes.bytes);
  same(strings.offsets, bytes.offsets);
});

test.run();
