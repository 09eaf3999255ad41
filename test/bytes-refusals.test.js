/** Columns of byte keys that are refused, before anything changes. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agreesWith, asOffset, byteColumn, byteKinds, fewer, keyOf, keysOf, textOf } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { makeSet } from './support/sets.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('bytes-refusals');
const words = ['one', 'two', 'three', '', 'five'];
const detach = (view) => void structuredClone(view.buffer, { transfer: [view.buffer] });

/**
 * A map and a set that hold some texts, and a check that a column is refused by all their batches and changes nothing.
 */
function prepare(kind) {
  const model = new Map([
    ['one', 1],
    ['', 2],
  ]);
  const map = make(kind, 'u32');
  const set = makeSet(kind);
  for (const [text, value] of model) {
    map.set(keyOf(kind, text), value);
    set.add(keyOf(kind, text));
  }
  const options = { key: kind, value: 'u32' };
  /** `column` makes the column anew for each batch. */
  return (column, type, what, pattern = /./) => {
    const calls = {
      putAll: () => map.putAll(column(), 9),
      'putAll with a column': () => map.putAll(column(), new Uint32Array(words.length)),
      "putAll 'add'": () => map.putAll(column(), 9, 'add'),
      getAll: () => map.getAll(column()),
      hasAll: () => map.hasAll(column()),
      deleteAll: () => map.deleteAll(column()),
      fromColumns: () => HashMap.fromColumns(column(), 1, options),
      addAll: () => set.addAll(column()),
      'hasAll of a set': () => set.hasAll(column()),
      'deleteAll of a set': () => set.deleteAll(column()),
      fromColumn: () => HashSet.fromColumn(column(), { key: kind }),
      'putAll of an empty map': () => make(kind, 'u32').putAll(column(), 9),
      'getAll of an empty map': () => make(kind, 'u32').getAll(column()),
      'hasAll of an empty map': () => make(kind, 'u32').hasAll(column()),
      'deleteAll of an empty map': () => make(kind, 'u32').deleteAll(column()),
    };
    for (const [name, call] of Object.entries(calls)) {
      assert.match(refuses(call, type, `${name}: ${what}`).message, pattern, `${name}: ${what}`);
    }
    agreesWith(map, kind, model, words);
    assert.equal([...set].map(textOf).sort(), ['', 'one']);
  };
}

const wrongArrays = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
].map((Other) => new Other(6));
const wrongEverywhere = [null, undefined, 3, 'text', Symbol.iterator, () => 1, new Set(['a']), new ArrayBuffer(8)];

for (const kind of byteKinds) {
  test(`${kind}: what is no column`, () => {
    const check = prepare(kind);
    const { bytes, offsets } = byteColumn(words);
    for (const wrong of [
      ...wrongArrays,
      ...wrongEverywhere,
      bytes,
      offsets,
      {},
      { length: 0 },
      { bytes },
      { offsets },
    ]) {
      if (wrong instanceof Set) continue; // a set may be added to a set
      check(() => wrong, TypeError, String(wrong?.constructor?.name ?? wrong));
    }
  });

  test(`${kind}: bytes or offsets of another class`, () => {
    const check = prepare(kind);
    const { bytes, offsets } = byteColumn(words);
    for (const wrong of [...wrongArrays, ...wrongEverywhere, [], [0, 1], new DataView(new ArrayBuffer(8))]) {
      const name = String(wrong?.constructor?.name ?? wrong);
      check(() => ({ bytes: wrong, offsets }), TypeError, `bytes: ${name}`);
      check(() => ({ bytes, offsets: wrong }), TypeError, `offsets: ${name}`);
    }
    check(() => ({ bytes: offsets, offsets }), TypeError, 'bytes: Int32Array');
    check(() => ({ bytes, offsets: bytes }), TypeError, 'offsets: Uint8Array');
    check(() => ({ bytes: Object.create(Uint8Array.prototype), offsets }), TypeError, 'bytes: a fake');
  });

  for (const Offsets of [Int32Array, Uint32Array, BigInt64Array]) {
    test(`${kind}: ${Offsets.name} that falls, leaves the bytes or is empty`, () => {
      const check = prepare(kind);
      const column = (...offsets) => ({
        bytes: new Uint8Array(10).fill(65),
        offsets: Offsets.from(offsets, (x) => asOffset(Offsets, x)),
      });
      check(() => column(), RangeError, 'none', /offsets/);
      for (const offsets of [
        [11],
        [0, 11],
        [10, 11],
        [3, 2],
        [0, 5, 4, 10],
        [10, 0],
        [0, 2, 4, 6, 8, 7],
        [0, 1, 2, 3, 4, 2e9],
      ]) {
        check(() => column(...offsets), RangeError, offsets.join(), /offsets/);
      }
      if (Offsets !== Uint32Array) {
        for (const offsets of [[-1], [-1, 0], [0, -1], [0, 5, -(2 ** 31)]]) {
          check(() => column(...offsets), RangeError, offsets.join(), /offsets/);
        }
      } else {
        check(() => column(0, 2 ** 32 - 1), RangeError, 'the largest');
      }
      const late = Array.from({ length: 5001 }, (_, i) => Math.min(i, 10));
      for (const row of [1, 1024, 5000]) {
        check(() => column(...late.with(row, 11)), RangeError, `row ${row}`);
        if (row > 20) check(() => column(...late.with(row, 9)), RangeError, `row ${row} falls`);
      }
    });
  }

  test(`${kind}: offsets beyond 32 bits are not cut off`, () => {
    const check = prepare(kind);
    const bytes = new Uint8Array(4).fill(65);
    for (const offset of [2n ** 32n, 2n ** 32n + 2n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 32n) + 1n]) {
      check(() => ({ bytes, offsets: BigInt64Array.of(0n, offset) }), RangeError, String(offset));
    }
  });

  test(`${kind}: detached and shrunk buffers`, () => {
    const check = prepare(kind);
    const gone = (part) => () => {
      const column = byteColumn(words);
      detach(column[part]);
      return column;
    };
    check(gone('bytes'), TypeError, 'bytes');
    check(gone('offsets'), TypeError, 'offsets');
    check(
      () => {
        const { bytes, offsets } = byteColumn(words);
        const buffer = new ArrayBuffer(bytes.length, { maxByteLength: bytes.length });
        const shrunk = new Uint8Array(buffer, 0, bytes.length);
        buffer.resize(2);
        return { bytes: shrunk, offsets };
      },
      TypeError,
      'shrunk',
    );
    check(
      () => {
        const { bytes, offsets } = byteColumn(words);
        return {
          bytes,
          get offsets() {
            detach(bytes);
            return offsets;
          },
        };
      },
      TypeError,
      'bytes by the getter of offsets',
    );
  });

  test(`${kind}: an array with one row that is no key`, () => {
    const check = prepare(kind);
    const other = kind === 'string' ? new Uint8Array(2) : 'text';
    const wrong = [other, null, undefined, 1, 1n, true, {}, [], Symbol.iterator, () => 1, ...wrongArrays];
    for (const rows of [1, 5, 200, fewer(3000, 400)]) {
      const texts = Array.from({ length: rows }, (_, row) => `key ${row}`);
      for (const row of new Set([0, rows >> 1, rows - 1])) {
        const pattern = new RegExp(`\\[${row}\\]`);
        for (const key of rows === 5 ? wrong : wrong.slice(0, 2)) {
          check(() => keysOf(kind, texts).with(row, key), TypeError, `${String(key?.constructor?.name)}`, pattern);
        }
        const withHole = () => {
          const column = keysOf(kind, texts);
          delete column[row];
          return column;
        };
        check(withHole, TypeError, 'a hole', pattern);
      }
    }
    check(() => [kind === 'string' ? new String('a') : [...'a']], TypeError, 'an object');
  });

  test(`${kind}: columns of different lengths`, () => {
    const map = make(kind, 'u32').set(keyOf(kind, 'one'), 1);
    for (const column of [byteColumn(words), keysOf(kind, words)]) {
      for (const length of [0, 4, 6, 3000]) {
        refuses(() => map.putAll(column, new Uint32Array(length)), RangeError);
        refuses(() => map.putAll(column, new Array(length).fill(1)), RangeError);
        refuses(() => map.getAll(column, { values: new Uint32Array(length) }), RangeError);
        refuses(() => map.getAll(column, { found: new Uint8Array(length) }), RangeError);
        refuses(() => map.hasAll(column, new Uint8Array(length)), RangeError);
      }
    }
    agreesWith(map, kind, new Map([['one', 1]]), words);
  });

  test(`${kind}: arrays with getters, and proxies, that call the map`, () => {
    const texts = Array.from({ length: fewer(3000, 100) }, (_, i) => `key ${i}`);
    for (const at of [0, 1, texts.length >> 1, texts.length - 1]) {
      for (const act of [
        (map) => void map.clear(),
        (map) => void map.putAll(byteColumn(texts.map((text) => `${text} more`)), 3),
        (map) => void map.delete(keyOf(kind, texts[0])),
      ]) {
        const map = make(kind, 'u32').set(keyOf(kind, texts[0]), 1).set(keyOf(kind, 'other'), 2);
        const model = make(kind, 'u32').set(keyOf(kind, texts[0]), 1).set(keyOf(kind, 'other'), 2);
        act(model);
        const expected = model.putAll(keysOf(kind, texts), 8);
        const column = new Proxy(keysOf(kind, texts), {
          get(target, name) {
            if (name === String(at)) act(map);
            return target[name];
          },
        });
        assert.is(map.putAll(column, 8), expected);
        assert.is(map.size, model.size);
        const { keys, values } = model.columns();
        same(map.getAll(keys).values, values);
      }
      const map = make(kind, 'u32').set(keyOf(kind, 'one'), 1);
      const deadly = keysOf(kind, texts);
      Object.defineProperty(deadly, at, { get: () => map.dispose() });
      refuses(() => map.putAll(deadly, 1), [Error, TypeError]);
      const mine = new Error('mine');
      Object.defineProperty(deadly, at, {
        get() {
          throw mine;
        },
      });
      const other = make(kind, 'u32').set(keyOf(kind, 'one'), 1);
      assert.is(
        refuses(() => other.putAll(deadly, 1), Error),
        mine,
      );
      agreesWith(other, kind, new Map([['one', 1]]), texts);
    }
  });
}

test('bytes: an array with a row that has lost its buffer, or loses it to another row', () => {
  const check = prepare('bytes');
  for (const row of [0, 2, 4]) {
    const detached = () => {
      const column = keysOf('bytes', words);
      if (words[row] === '') column[row] = new Uint8Array(4);
      detach(column[row]);
      return column;
    };
    check(detached, TypeError, `row ${row}`, new RegExp(`\\[${row}\\]`));
  }
  for (const [victim, getter] of [
    [0, 1],
    [0, 4],
    [2, 4],
  ]) {
    check(
      () => {
        const column = keysOf('bytes', words);
        const key = column[getter];
        Object.defineProperty(column, getter, {
          get() {
            detach(column[victim]);
            return key;
          },
        });
        return column;
      },
      TypeError,
      `row ${victim} by row ${getter}`,
      new RegExp(`\\[${victim}\\]`),
    );
  }
});

test('bytes: a subclass that lies about its length harms nobody', () => {
  const map = make('bytes', 'u32');
  const model = new Map();
  for (let i = 0; i < fewer(3000, 100); i++) {
    map.set(keyOf('bytes', `key ${i}`), i);
    model.set(`key ${i}`, i);
  }
  for (const told of [0, 3, 30, 2 ** 31]) {
    for (const length of [0, 10, 200_000]) {
      class Liar extends Uint8Array {
        get length() {
          return told;
        }
      }
      const liar = new Liar(length).fill(65);
      map.set(liar, 1);
      assert.is(map.get(new Uint8Array(length).fill(65)), 1);
      assert.is(map.has(liar), true);
      assert.is(map.delete(liar), true);
      agreesWith(map, 'bytes', model);
    }
  }
});

test.run();
