import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { same } from './support/check.js';
import { drawValues, keyColumn, keyKinds, numericPairs, pairs, valueKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('get-all-into');
const lengths = [1, 5, 17, 130, 300, 1793, 4000];

function filled(key, value) {
  const random = new Random(21);
  const map = make(key, value);
  const model = new Model(key, value);
  const keys = keyColumn(key, 1500, () => random.below(3000));
  const values = drawValues(value, 1500, random);
  map.putAll(keys, values);
  model.putAll(keys, values);
  return { map, model, random };
}

for (const { key, value } of numericPairs) {
  const { Column: Keys, wrap } = keyKinds[key];
  const { Column } = valueKinds[value];

  /** Lays the keys and one output over one buffer, one of them some rows behind the other. */
  const overlap = (Output, ask) => {
    const { map, model, random } = filled(key, value);
    for (const Buffer of [ArrayBuffer, SharedArrayBuffer]) {
      for (const length of lengths) {
        const steps = [0, 1, 2, 16, 128, length - 1, 1792].filter((step) => step < length);
        const width = Output.BYTES_PER_ELEMENT;
        for (const [keysAt, outputAt] of steps.flatMap((step) => [
          [0, step * width],
          [step * Keys.BYTES_PER_ELEMENT, 0],
        ])) {
          const buffer = new Buffer(8 * (length * 2 + 1));
          const keys = new Keys(buffer, keysAt, length);
          for (let row = 0; row < length; row++) keys[row] = wrap(random.below(3000));
          const expected = model.getAll(keys);
          ask(map, keys, new Output(buffer, outputAt, length), expected);
        }
      }
    }
  };

  test(`values may overlap keys over ${key} -> ${value}`, () => {
    overlap(Column, (map, keys, values, expected) => {
      const { found, hits } = map.getAll(keys, { values });
      same(values, expected.values, 'values');
      same(found, expected.found, 'found');
      assert.is(hits, expected.hits);
    });
  });

  test(`found may overlap keys over ${key} -> ${value}`, () => {
    overlap(Uint8Array, (map, keys, found, expected) => {
      const { values } = map.getAll(keys, { found });
      same(found, expected.found, 'found');
      same(values, expected.values, 'values');
    });
    overlap(Uint8Array, (map, keys, found, expected) => {
      map.hasAll(keys, found);
      same(found, expected.found, 'hasAll');
    });
  });
}

for (const { key, value } of pairs) {
  const { Column, corners } = valueKinds[value];

  test(`a miss gives missing over ${key} -> ${value}`, () => {
    const { map, model } = filled(key, value);
    for (const length of lengths) {
      const keys = keyColumn(key, length, (row) => row);
      for (const missing of [undefined, ...corners]) {
        const values = new Column(length).fill(corners[1]);
        same(map.getAll(keys, { values, missing }).values, model.getAll(keys, missing).values, `missing ${missing}`);
        same(map.getAll(keys, { missing }).values, model.getAll(keys, missing).values, `missing ${missing}`);
      }
      same(map.getAll(keys).values, model.getAll(keys).values, 'no into');
      same(map.getAll(keys, {}).values, model.getAll(keys).values, 'an empty into');
    }
  });
}

test('an into that is no object is refused', async () => {
  const map = make('u32', 'u32');
  for (const into of [null, 5, 'x', true]) {
    assert.throws(() => map.getAll(Uint32Array.of(1), into), /into: expected an object/);
    await map.getAllAsync(Uint32Array.of(1), { into }).then(
      () => assert.unreachable(),
      (error) => assert.match(error.message, /options\.into: expected an object/),
    );
  }
});

test.run();
