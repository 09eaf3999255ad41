import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agrees, refuses, same } from './support/check.js';
import { drawValues, keyColumn, keyKinds, keysOf, pairs, valueKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('batch-refusals');
const everyArray = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
];

for (const { key, value } of pairs) {
  const { Column } = keyKinds[key];
  const kind = valueKinds[value];

  /** A map of four entries, the columns of a batch that would change it, and a check that nothing did. */
  const prepare = () => {
    const map = make(key, value);
    const model = new Model(key, value);
    const keys = keysOf(key, 1, 2, 3, 4);
    const values = drawValues(value, 4, new Random(3));
    map.putAll(keys, values);
    model.putAll(keys, values);
    return {
      map,
      keys: keysOf(key, 3, 4, 5, 6),
      values: values.slice().reverse(),
      unchanged: () => agrees(map, model, keysOf(key, 5, 6)),
    };
  };

  test(`key columns of another class than ${Column.name} are refused (${value} values)`, () => {
    const { map, values, unchanged } = prepare();
    const wrong = everyArray.filter((Other) => Other !== Column).map((Other) => new Other(4));
    wrong.push([3, 4, 5, 6], new DataView(new ArrayBuffer(16)), new ArrayBuffer(16), { length: 4, 0: 1 }, '3456', 3);
    wrong.push(new Set([1]), null, undefined, Object.create(Column.prototype), () => 1);
    for (const column of wrong) {
      const what = column?.constructor?.name ?? String(column);
      refuses(() => map.putAll(column, values), TypeError, `putAll ${what}`);
      refuses(() => map.putAll(column, values[0]), TypeError, `putAll ${what}, one value`);
      refuses(() => map.getAll(column), TypeError, `getAll ${what}`);
      refuses(() => map.hasAll(column), TypeError, `hasAll ${what}`);
      refuses(() => map.deleteAll(column), TypeError, `deleteAll ${what}`);
    }
    unchanged();
  });

  test(`value columns of another class than ${kind.Column.name} are refused (${key} keys)`, () => {
    const { map, keys, unchanged } = prepare();
    const wrong = everyArray.filter((Other) => Other !== kind.Column).map((Other) => new Other(4));
    wrong.push(
      new DataView(new ArrayBuffer(16)),
      { length: 4 },
      '1234',
      new Set([1, 2, 3, 4]),
      null,
      undefined,
      () => 1,
    );
    for (const column of wrong) {
      refuses(() => map.putAll(keys, column), TypeError, `putAll ${column?.constructor?.name}`);
    }
    for (const column of [...wrong.filter((column) => column !== undefined), [1, 2, 3, 4]]) {
      refuses(() => map.getAll(keys, { values: column }), TypeError, `getAll ${column?.constructor?.name}`);
    }
    unchanged();
  });

  test(`columns of different lengths are refused over ${key} -> ${value}`, () => {
    const { map, keys, values, unchanged } = prepare();
    for (const length of [0, 3, 5, 400]) {
      refuses(() => map.putAll(keys, new kind.Column(length)), RangeError, `values of ${length}`);
      refuses(() => map.putAll(keys, new Array(length).fill(kind.zero)), RangeError, `an array of ${length}`);
      const target = new kind.Column(length).fill(kind.corners[1]);
      const found = new Uint8Array(length).fill(7);
      refuses(() => map.getAll(keys, { values: target }), RangeError, `into values of ${length}`);
      refuses(() => map.getAll(keys, { found }), RangeError, `into found of ${length}`);
      refuses(() => map.hasAll(keys, found), RangeError, `hasAll into ${length}`);
      same(target, new kind.Column(length).fill(kind.corners[1]), 'values as they were');
      same(found, new Uint8Array(length).fill(7), 'found as it was');
    }
    refuses(() => map.putAll(new Column(0), values), RangeError, 'no keys');
    unchanged();
  });

  test(`one bad element anywhere in a plain array refuses the whole batch over ${key} -> ${value}`, () => {
    const { map, unchanged } = prepare();
    for (const rows of [1, 17, 129, 1793, 4000]) {
      const keys = keyColumn(key, rows, (i) => i);
      for (const at of new Set([0, rows >> 1, rows - 1])) {
        const values = new Array(rows).fill(kind.corners[1]);
        values[at] = '1';
        refuses(() => map.putAll(keys, values), TypeError);
        delete values[at];
        refuses(() => map.putAll(keys, values), TypeError, 'a hole');
        if (kind.outside.length === 0) continue;
        values[at] = kind.outside[0];
        refuses(() => map.putAll(keys, values), RangeError);
      }
    }
    unchanged();
  });
}

test('found must be a Uint8Array', () => {
  const map = make('u32', 'u32').set(1, 1);
  const wrong = everyArray.filter((Other) => Other !== Uint8Array).map((Other) => new Other(2));
  for (const found of [...wrong, [0, 0], 'ab', null, {}, new DataView(new ArrayBuffer(2))]) {
    refuses(() => map.hasAll(Uint32Array.of(1, 2), found), TypeError);
    const values = Uint32Array.of(5, 6);
    refuses(() => map.getAll(Uint32Array.of(1, 2), { found, values }), TypeError);
    same(values, Uint32Array.of(5, 6), 'values as they were');
  }
});

test('reserve refuses what is no count', () => {
  const map = make('u32', 'u32').set(1, 1);
  for (const wrong of [-1, NaN, 1.5, 2 ** 40, Infinity]) refuses(() => map.reserve(wrong), RangeError, String(wrong));
  for (const wrong of ['5', 5n, null, undefined, {}]) refuses(() => map.reserve(wrong), TypeError, String(wrong));
  assert.is(map.get(1), 1);
});

test.run();
