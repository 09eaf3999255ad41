/** Long keys: beyond the staging, beyond a pool, beyond a segment of the arena. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteColumn, byteKinds, fewer, keyOf, keysOf, textOf } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { Random } from './support/random.js';
import { algebraAgrees, makeSet } from './support/sets.js';
import { CapacityError, HashSet } from './support/tophash.js';

const test = behaviour('bytes-long');
const KB = 1024;
/** Around the longest record of a pool, the staging, a segment, and several. */
const lengths = [8170, 8192, 8193, 20_000, 45_000, 49_000, 65_000, 65_519, 65_520, 65_536, 65_537, 131_072, 700_000];
const veryLong = 5 * KB * KB;

/** A text of `length` bytes that differs from others in one place, the last for the even ones. */
function longText(length, i) {
  const mark = `<${i}>`;
  const rest = 'long '.repeat(Math.ceil(length / 5)).slice(0, length - mark.length);
  return i % 2 === 0 ? rest + mark : mark + rest;
}

const longs = lengths.flatMap((length, i) => [longText(length, 2 * i), longText(length, 2 * i + 1)]);
const shorts = Array.from({ length: fewer(300, 60) }, (_, i) => `short ${i}`);
/** Long ones between short ones. */
const mixed = longs.flatMap((text, i) => [...shorts.slice(i * 10, i * 10 + 10), text]);

for (const kind of byteKinds) {
  test(`${kind}: one key of every length, alone in a map`, () => {
    for (const length of [...lengths, veryLong]) {
      const text = longText(length, 1);
      const map = make(kind, 'u32');
      assert.is(map.get(keyOf(kind, text)), undefined, 'a map without a table');
      map.set(keyOf(kind, 'short'), 1);
      assert.is(map.get(keyOf(kind, text)), undefined, 'a pooled map');
      assert.is(map.delete(keyOf(kind, text)), false);
      same(map.hasAll(keysOf(kind, [text, 'short'])), Uint8Array.of(0, 1));
      map.set(keyOf(kind, text), 2);
      assert.is(map.get(keyOf(kind, text)), 2);
      assert.is(map.get(keyOf(kind, longText(length, 2))), undefined);
      assert.is(map.get(keyOf(kind, `${text}.`)), undefined);
      map.set(keyOf(kind, text), 3);
      agreesWith(
        map,
        kind,
        new Map([
          ['short', 1],
          [text, 3],
        ]),
        [longText(length, 3), text.slice(1)],
      );
      assert.is(map.delete(keyOf(kind, text)), true);
      assert.is(map.delete(keyOf(kind, text)), false);
      agreesWith(map, kind, new Map([['short', 1]]), [text]);
      map.dispose();
    }
  });

  test(`${kind}: batches of long and short keys, into pooled maps and maps of their own`, () => {
    const values = Uint32Array.from(mixed.keys());
    for (const before of [0, 20, fewer(budget(5000, { debug: 1500 }), 100)]) {
      for (const column of [keysOf(kind, mixed), byteColumn(mixed), byteColumn(mixed, { before: 3, shared: true })]) {
        const model = new Map();
        for (let i = 0; i < before; i++) model.set(`before ${i}`, i);
        const map = make(kind, 'u32');
        map.putAll(keysOf(kind, model.keys()), Uint32Array.from(model.values()));
        same(map.hasAll(column), new Uint8Array(mixed.length));
        assert.is(map.deleteAll(column), 0);
        assert.is(map.putAll(column, values), mixed.length);
        mixed.forEach((text, i) => model.set(text, i));
        agreesWith(map, kind, model);
        assert.is(map.putAll(column, values, 'add'), 0);
        mixed.forEach((text, i) => model.set(text, 2 * i));
        agreesWith(map, kind, model);
        assert.is(map.deleteAll(keysOf(kind, longs)), longs.length);
        for (const text of longs) model.delete(text);
        agreesWith(map, kind, model, longs);
        const { values: got, hits } = map.getAll(column, { missing: 2 ** 32 - 1 });
        assert.is(hits, mixed.length - longs.length);
        same(
          got,
          Uint32Array.from(mixed, (text) => model.get(text) ?? 2 ** 32 - 1),
        );
        map.dispose();
      }
    }
  });

  test(`${kind}: equal long keys in one batch`, () => {
    const texts = [...longs, ...longs.toReversed()];
    const map = make(kind, 'u32');
    const values = Uint32Array.from(texts.keys());
    assert.is(map.putAll(keysOf(kind, texts), values, 'keep'), longs.length);
    agreesWith(map, kind, new Map(longs.map((text, i) => [text, i])));
    assert.is(map.putAll(keysOf(kind, texts), values), 0);
    agreesWith(map, kind, new Map(texts.map((text, i) => [text, i])));
    assert.is(map.deleteAll(keysOf(kind, texts)), longs.length);
  });

  test(`${kind}: loops that delete, add and overwrite long keys`, () => {
    const map = make(kind, 'u32');
    mixed.forEach((text, i) => void map.set(keyOf(kind, text), i));
    const model = new Map(mixed.map((text, i) => [text, i]));
    const produced = new Set();
    let row = 0;
    for (const [key, value] of map) {
      const text = textOf(key);
      assert.not(produced.has(text));
      assert.is(value, model.get(text));
      produced.add(text);
      const other = mixed[(row * 7) % mixed.length];
      row++;
      if (row % 3 === 0) {
        assert.is(map.delete(key), true);
        model.delete(text);
      } else if (row % 3 === 1) {
        if (!model.has(other)) continue;
        map.set(keyOf(kind, other), row);
        model.set(other, row);
      } else if (row < 20) {
        const added = longText(100_000, row);
        map.set(keyOf(kind, added), row);
        model.set(added, row);
      }
    }
    for (const text of mixed) assert.ok(produced.has(text));
    agreesWith(map, kind, model, mixed);
  });

  test(`${kind}: sets with long keys`, () => {
    const texts = { one: mixed.slice(0, 200), other: [...mixed.slice(100), longText(veryLong, 1)], none: [] };
    // Arrays are no keys of a built-in Set, so that texts stand for them there.
    for (const one of Object.values(texts)) {
      for (const other of Object.values(texts)) {
        const [a, b] = [one, other].map((list) => {
          const set = makeSet(kind);
          set.addAll(keysOf(kind, list));
          return set;
        });
        if (kind === 'string') {
          algebraAgrees(a, b, new Set(one), new Set(other));
          continue;
        }
        const common = one.filter((text) => other.includes(text));
        const sorted = (set) => [...tracked(set)].map(textOf).sort();
        assert.equal(sorted(a.intersection(b)), common.toSorted());
        assert.equal(sorted(a.difference(b)), one.filter((text) => !common.includes(text)).sort());
        assert.equal(sorted(a.union(b)), [...new Set([...one, ...other])].sort());
        assert.is(a.isSubsetOf(b), common.length === one.length);
        assert.is(a.isSupersetOf(b), common.length === other.length);
        assert.is(a.isDisjointFrom(b), common.length === 0);
        assert.is(sorted(a.symmetricDifference(b)).length, one.length + other.length - 2 * common.length);
      }
    }
    const set = tracked(HashSet.from(keysOf(kind, mixed), { key: kind }));
    assert.is(set.size, mixed.length);
    assert.equal(set.column().map(textOf).sort(), mixed.toSorted());
  });

  test(`${kind}: putAll of a map with long keys, also into itself`, () => {
    const source = make(kind, 'u32');
    source.putAll(keysOf(kind, mixed), Uint32Array.from(mixed.keys()));
    const model = new Map(mixed.map((text, i) => [text, i]));
    for (const seed of [source.stats().seed, 4]) {
      const target = make(kind, 'u32', { seed }).set(keyOf(kind, mixed[10]), 500);
      assert.is(target.putAll(source), mixed.length - 1);
      agreesWith(target, kind, model);
    }
    const fromMap = make(kind, 'u32');
    assert.is(fromMap.putAll(new Map([...source])), mixed.length);
    agreesWith(fromMap, kind, model);
    assert.is(source.putAll(source, 'add'), 0);
    agreesWith(source, kind, model);
  });

  test(`${kind}: values of 8 bytes, of any kind and none`, () => {
    const object = {};
    for (const [value, sample] of Object.entries({ f64: 0.1, u64: 2n ** 64n - 1n, any: object })) {
      const map = make(kind, value);
      map.putAll(keysOf(kind, mixed), sample);
      for (const text of mixed) assert.ok(Object.is(map.get(keyOf(kind, text)), sample));
      assert.is(map.deleteAll(keysOf(kind, [...longs, ...longs])), longs.length);
      assert.is(map.size, mixed.length - longs.length);
      map.dispose();
    }
  });
}

test('with maxBytes a key that does not fit is refused, with its row, and the map serves', () => {
  for (const maxBytes of [1024, 20_000, 300_000, 900_000, 3_000_000]) {
    for (const length of [9000, 45_000, 70_000, 500_000]) {
      const map = make('string', 'u32', { maxBytes });
      const model = new Map([['short', 1]]);
      map.set('short', 1);
      const texts = Array.from({ length: 4 + Math.ceil(maxBytes / length) }, (_, i) => longText(length, i));
      const { rows } = refuses(() => map.putAll(texts, Uint32Array.from(texts.keys())), CapacityError);
      for (let i = 0; i < rows; i++) model.set(texts[i], i);
      assert.ok(map.stats().bytes <= maxBytes, `${map.stats().bytes} of ${maxBytes}`);
      agreesWith(map, 'string', model, texts);
      assert.is(refuses(() => map.set(texts[rows], 1), CapacityError).rows, 0);
      assert.is(map.get(texts[rows]), undefined);
      assert.is(map.delete(texts[rows]), false);
      agreesWith(map, 'string', model, texts);
      for (let i = 0; i < rows; i++) {
        assert.is(map.delete(texts[i]), true);
        map.set(texts[i], 5);
        model.set(texts[i], 5);
      }
      assert.is(map.set('short', 6).get('short'), 6);
      model.set('short', 6);
      agreesWith(map, 'string', model, texts);
      assert.ok(map.stats().bytes <= maxBytes);
      map.dispose();
    }
  }
});

test('the memory of long keys that are deleted is used again', () => {
  const rounds = budget(200, { debug: 60, full: 2000 });
  for (const kind of byteKinds) {
    const map = make(kind, 'u32');
    let bytes;
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < 3; i++) map.set(keyOf(kind, longText(KB * KB - 100 * i, round * 4 + i)), i);
      for (let i = 0; i < 3; i++) assert.is(map.delete(keyOf(kind, longText(KB * KB - 100 * i, round * 4 + i))), true);
      if (round === 2) ({ bytes } = map.stats());
    }
    assert.is(map.stats().bytes, bytes, kind);
    assert.ok(bytes < 6 * KB * KB, `${bytes} bytes for three keys of a megabyte`);
    map.dispose();
  }
});

test('long keys of any length come and go in bounded memory', () => {
  const rounds = budget(600, { debug: 200, full: 6000 });
  const random = new Random(8);
  const map = make('string', 'u32');
  const held = [];
  let [live, most] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    if (held.length === 20) {
      const [gone] = held.splice(random.below(20), 1);
      assert.is(map.delete(gone), true);
      live -= gone.length;
    }
    const text = longText(10_000 + random.below(400_000), round);
    map.set(text, round);
    held.push(text);
    live += text.length;
    most = Math.max(most, live);
  }
  agreesWith(map, 'string', new Map(held.map((text) => [text, map.get(text)])));
  assert.ok(map.stats().bytes < 2 * most + 2 ** 20, `${map.stats().bytes} bytes for at most ${most}`);
});

test.run();
