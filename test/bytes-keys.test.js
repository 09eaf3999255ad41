/** Which byte keys there are, and which are the same. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteColumn, byteKinds, fewer, keyOf, keysOf } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { makeSet } from './support/sets.js';
import { bytesOf, corners } from './support/text.js';
import { build } from './support/tophash.js';

const test = behaviour('bytes-keys');
const crowd = fewer(budget(10_000, { debug: 1000, full: 10_000 }), 100);

for (const kind of byteKinds) {
  test(`${kind}: names of Object's are keys like others`, () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0', '-0', 'null', 'undefined'];
    const map = make(kind, 'u32');
    for (const name of names) {
      assert.is(map.has(keyOf(kind, name)), false);
      assert.is(map.get(keyOf(kind, name)), undefined);
    }
    map.putAll(keysOf(kind, names), Uint32Array.from(names.keys()));
    agreesWith(map, kind, new Map(names.map((name, i) => [name, i])), ['', '1']);
  });

  test(`${kind}: the empty key, and keys of NULs`, () => {
    const map = make(kind, 'u32');
    const model = new Map();
    const texts = Array.from({ length: 80 }, (_, i) => '\0'.repeat(i));
    for (const [i, text] of texts.entries()) {
      assert.is(map.has(keyOf(kind, text)), false);
      map.set(keyOf(kind, text), i);
      model.set(text, i);
    }
    agreesWith(map, kind, model, ['\0'.repeat(80)]);
    for (const text of ['', '\0', '\0'.repeat(16)]) {
      assert.is(map.delete(keyOf(kind, text)), true);
      assert.is(map.delete(keyOf(kind, text)), false);
      model.delete(text);
    }
    agreesWith(map, kind, model, texts);
  });

  test(`${kind}: keys of every length, whatever stood in the staging before`, () => {
    const map = make(kind, 'u32');
    const model = new Map();
    const other = make(kind, 'u32').set(keyOf(kind, ''), 0);
    const noise = [keyOf(kind, '\xff'.repeat(400)), keyOf(kind, 'z'.repeat(801)), keyOf(kind, '\0'.repeat(801))];
    const [most, step] = [300, build === 'release' ? 1 : fewer(3, 13)];
    for (let length = 0; length <= most; length += step) {
      for (const end of ['', 'a', 'b']) {
        const text = 'k'.repeat(length) + end;
        model.set(text, model.get(text) ?? length * 4 + end.length);
        map.set(keyOf(kind, text), model.get(text));
        assert.is(other.get(noise[length % 3]), undefined);
      }
    }
    for (const key of noise) {
      for (const [text, value] of model) {
        assert.is(map.has(key), false);
        assert.is(map.get(keyOf(kind, text)), value);
      }
    }
    agreesWith(map, kind, model, ['k'.repeat(most + 2)]);
  });

  test(`${kind}: keys that differ in one byte, at every place`, () => {
    for (const length of [1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, ...fewer([127, 128, 129, 257], [])]) {
      const base = 'm'.repeat(length);
      const texts = [base, base.slice(1), `${base}m`];
      for (let at = 0; at < length; at++) texts.push(base.slice(0, at) + 'n' + base.slice(at + 1));
      const map = make(kind, 'u32');
      const model = new Map(texts.map((text, i) => [text, i]));
      assert.is(map.putAll(keysOf(kind, texts), Uint32Array.from(model.values())), model.size);
      agreesWith(map, kind, model);
      assert.is(map.delete(keyOf(kind, base)), true);
      model.delete(base);
      agreesWith(map, kind, model, [base]);
    }
  });

  test(`${kind}: thousands of keys that differ in their last bytes, or in their first`, () => {
    const code = (i) =>
      String.fromCharCode(0x20 + (i % 90), 0x20 + (Math.floor(i / 90) % 90), 0x20 + Math.floor(i / 8100));
    for (const length of [1, 30, 64, 100]) {
      for (const build of [(i) => 'same '.repeat(length) + code(i), (i) => code(i) + ' same'.repeat(length)]) {
        const texts = Array.from({ length: crowd }, (_, i) => build(i));
        const map = make(kind, 'u32');
        const values = Uint32Array.from(texts.keys());
        assert.is(map.putAll(byteColumn(texts), values), crowd);
        same(map.getAll(keysOf(kind, texts)).values, values);
        texts.forEach((text, i) => assert.is(map.get(keyOf(kind, text)), i));
        map.dispose();
      }
    }
  });

  test(`${kind}: keys of a megabyte that differ in one byte`, () => {
    const base = 'x'.repeat(2 ** 20);
    const texts = [
      base,
      `${base}x`,
      `y${base.slice(1)}`,
      `${base.slice(1)}y`,
      `${base.slice(2 ** 19)}y${base.slice(0, 9)}`,
    ];
    const map = make(kind, 'u32');
    const model = new Map(texts.map((text, i) => [text, i]));
    for (const [text, i] of model) map.set(keyOf(kind, text), i);
    agreesWith(map, kind, model, [base.slice(1)]);
  });

  test(`${kind}: what is no key is not there, and can't be written`, () => {
    const wrongs = [undefined, null, 1, NaN, true, 1n, Symbol.iterator, {}, [], ['a'], () => 'a', new String('a')];
    wrongs.push(
      kind === 'string' ? Uint8Array.of(97) : 'a',
      new Uint8ClampedArray(1),
      new Int8Array(1),
      new ArrayBuffer(1),
    );
    wrongs.push(new DataView(new ArrayBuffer(1)), Object.create(Uint8Array.prototype), { length: 1, 0: 97 });
    const detached = new Uint8Array(3);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    if (kind === 'bytes') wrongs.push(detached);
    for (const map of [make(kind, 'u32'), make(kind, 'u32').set(keyOf(kind, ''), 4).set(keyOf(kind, 'a'), 5)]) {
      const set = makeSet(kind);
      const { size } = map;
      for (const wrong of wrongs) {
        assert.is(map.get(wrong), undefined);
        assert.is(map.has(wrong), false);
        assert.is(map.delete(wrong), false);
        assert.is(set.has(wrong), false);
        assert.is(set.delete(wrong), false);
        for (const call of [
          () => map.set(wrong, 1),
          () => map.getOrInsert(wrong, 1),
          () => map.getOrInsertComputed(wrong, () => 1),
          () => set.add(wrong),
        ]) {
          refuses(call, TypeError, `${typeof wrong}: ${call}`);
        }
      }
      assert.is(map.size, size);
      assert.is(set.size, 0);
    }
  });

  test(`${kind}: a key is not the key of another kind`, () => {
    const map = make(kind, 'u32').set(keyOf(kind, '1'), 1);
    for (const other of ['u32', 'i32', 'f64', 'u64', 'i64']) {
      const numbers = make(other, 'u32').set(other.endsWith('64') && other !== 'f64' ? 1n : 1, 1);
      assert.is(numbers.has(keyOf(kind, '1')), false);
      assert.is(numbers.get(keyOf(kind, '1')), undefined);
      refuses(() => numbers.set(keyOf(kind, '1'), 1), TypeError);
      for (const key of numbers.keys()) assert.is(map.has(key), false);
      refuses(() => map.putAll(numbers.columns().keys, 1), TypeError);
      refuses(() => numbers.putAll(byteColumn(['1']), 1), TypeError);
    }
    assert.equal([...map], [[keyOf(kind, '1'), 1]]);
  });

  test(`${kind}: getOrInsert and getOrInsertComputed`, () => {
    const map = make(kind, 'u32');
    for (const text of ['', 'a', 'b'.repeat(50_000), 'ß'.repeat(9)]) {
      const key = () => keyOf(kind, text);
      assert.is(map.getOrInsert(key(), 1), 1);
      assert.is(map.getOrInsert(key(), 2), 1);
      assert.is(map.delete(key()), true);
      const given = [];
      const computed = map.getOrInsertComputed(key(), (k) => {
        given.push(k);
        map.putAll(
          keysOf(
            kind,
            Array.from({ length: 500 }, (_, i) => `${text.length} ${i}`),
          ),
          9,
        );
        return 3;
      });
      assert.is(computed, 3);
      assert.equal(given, [key()]);
      assert.is(map.get(key()), 3);
      assert.is(
        map.getOrInsertComputed(key(), () => assert.unreachable('it is there')),
        3,
      );
    }
  });
}

test('string: every corner of Unicode comes back as it was, alone and among the others', () => {
  const texts = [...new Set(Object.values(corners))];
  const map = make('string', 'u32');
  texts.forEach((text, i) => {
    const alone = make('string', 'u32').set(text, i);
    assert.equal([...alone], [[text, i]]);
    assert.is(map.has(text), false);
    map.set(text, i);
  });
  assert.is(map.size, texts.length);
  texts.forEach((text, i) => assert.is(map.get(text), i));
  same(map.getAll(texts).values, Uint32Array.from(texts.keys()));
  assert.equal([...map.keys()].sort(), texts.toSorted());
  assert.equal(map.columns().keys.toSorted(), texts.toSorted());
  assert.is(map.deleteAll(texts), texts.length);
});

test('string: every lone surrogate is a key of its own', () => {
  const texts = Array.from({ length: fewer(0x800, 200) }, (_, i) => String.fromCharCode(0xd800 + i));
  const all = [...texts, '\ufffd', '\ud83d\ude00', 'ab'];
  const map = make('string', 'u32');
  assert.is(map.putAll(all, Uint32Array.from(all.keys())), all.length);
  all.forEach((text, i) => assert.is(map.get(text), i));
  assert.equal([...map.keys()].sort(), all.toSorted());
});

test('string: halves of pairs do not become a pair', () => {
  const map = make('string', 'u32').set('\ud83d', 1).set('\ude00', 2).set('\ud83d\ude00', 3);
  assert.equal([map.get('\ud83d'), map.get('\ude00'), map.get('\ud83d\ude00')], [1, 2, 3]);
  assert.equal([...map.keys()].sort(), ['\ud83d', '\ud83d\ude00', '\ude00'].sort());
});

test('string: no normalisation, and no case', () => {
  const texts = ['\u00e4', 'a\u0308', 'A\u0308', '\u212b', '\u00c5', '\ufeffa', 'a', 'a\ufeff', 'a ', ' a'];
  const map = make('string', 'u32');
  assert.is(map.putAll(texts, Uint32Array.from(texts.keys())), texts.length);
  texts.forEach((text, i) => assert.is(map.get(text), i));
});

test('string: strings that are put together, cut out or of two-byte units are equal to those that are not', () => {
  const map = make('string', 'u32').set('key number 12345', 1).set('schlüssel', 2);
  const rope = ['key', ' number ', 12_345].join('');
  const slice = `....${rope}....`.slice(4, -4);
  const wide = `€${rope}`.slice(1);
  for (const text of [rope, slice, wide, Buffer.from(rope).toString()]) assert.is(map.get(text), 1);
  assert.is(map.get('€schlüssel'.slice(1)), 2);
  same(map.hasAll([rope, slice, wide]), Uint8Array.of(1, 1, 1));
});

test("'bytes' keys of the UTF-8 of strings hold what a map of the strings holds", () => {
  const texts = [...new Set(Object.values(corners))];
  const map = make('bytes', 'u32');
  for (const [i, text] of texts.entries()) map.set(Uint8Array.from(bytesOf(text)), i);
  texts.forEach((text, i) => assert.is(map.get(Uint8Array.from(bytesOf(text))), i));
  assert.is(map.size, texts.length);
});

test.run();
