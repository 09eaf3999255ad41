/** Values of any kind from one map into another. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { drawValues } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('any-maps');
const sizes = [0, 1, 60, 420, 1250, budget(5000, { debug: 1700 })];

function pair(rows, options, tag = 1) {
  const keys = distinctKeys(rows, rows);
  const values = drawValues('any', rows, new Random(tag));
  const map = make('u32', 'any', options);
  map.putAll(keys, values);
  return { map, model: new Map(Array.from(keys, (key, row) => [key, values[row]])) };
}

function holds(map, model) {
  assert.is(map.size, model.size);
  const { values, hits } = map.getAll(Uint32Array.from(model.keys()));
  assert.is(hits, model.size);
  same(values, [...model.values()]);
  for (const [key, value] of map) if (!Object.is(value, model.get(key))) assert.unreachable(`the value of ${key}`);
}

test('putAll of another map, of a Map and of a ReadonlyMap', () => {
  for (const rows of sizes) {
    for (const have of [0, 1, 60, 1300]) {
      for (const how of [undefined, 'replace', 'keep']) {
        const source = pair(rows, { seed: 1 });
        const forms = {
          'same seed': source.map,
          'another seed': pair(rows, { seed: 2 }).map,
          Map: source.model,
          ReadonlyMap: { size: rows, forEach: (call) => source.model.forEach(call), ...readable(source.model) },
        };
        forms['another seed'].putAll(source.map);
        for (const [name, other] of Object.entries(forms)) {
          const target = pair(have, { seed: 1 }, 2);
          const expected = new Map(
            how === 'keep' ? [...source.model, ...target.model] : [...target.model, ...source.model],
          );
          assert.is(target.map.putAll(other, how), expected.size - target.model.size, name);
          holds(target.map, expected);
        }
        holds(source.map, source.model);
      }
    }
  }
});

function readable(model) {
  return {
    get: (key) => model.get(key),
    has: (key) => model.has(key),
    keys: () => model.keys(),
    values: () => model.values(),
    entries: () => model.entries(),
    [Symbol.iterator]: () => model[Symbol.iterator](),
  };
}

test('two maps do not share slots', () => {
  const source = pair(2000, { seed: 1 });
  const copy = make('u32', 'any', { seed: 1 });
  copy.putAll(source.map);
  for (const key of source.model.keys()) if (key % 2 === 0) source.map.delete(key);
  source.map.putAll(distinctKeys(2000, 77), 'new');
  holds(copy, source.model);
  copy.clear();
  copy.set(1, 'x');
  assert.is(source.map.hasAll(distinctKeys(2000, 77)).indexOf(0), -1);
  for (const [key, value] of source.model) {
    if (key % 2 === 1) assert.ok(Object.is(source.map.get(key), value));
  }
});

test('a map into itself', () => {
  for (const rows of sizes) {
    const { map, model } = pair(rows);
    for (const how of [undefined, 'replace', 'keep']) assert.is(map.putAll(map, how), 0);
    holds(map, model);
    refuses(() => map.putAll(map, 'add'), TypeError);
  }
});

test('only a map of the same kinds', () => {
  const map = make('u32', 'any').set(1, 'kept');
  for (const [key, value] of [
    ['i32', 'any'],
    ['u32', 'u32'],
    ['u32', 'f64'],
  ]) {
    refuses(() => map.putAll(make(key, value)), TypeError, `${key} -> ${value}, empty`);
    refuses(() => map.putAll(make(key, value).set(1, 1)), TypeError, `${key} -> ${value}`);
    refuses(() => make(key, value).putAll(map), TypeError, `into ${key} -> ${value}`);
  }
  refuses(() => map.putAll(new Map([['1', {}]])), TypeError);
  refuses(
    () =>
      map.putAll(
        new Map([
          [5, 'a'],
          [-1, 'b'],
        ]),
      ),
    RangeError,
  );
  assert.equal([...map], [[1, 'kept']]);
});

test('many maps at once, growing, shrinking and going', () => {
  const random = new Random(9);
  const twins = Array.from({ length: 30 }, (_, i) => pair(i * 10, { seed: i }));
  for (let round = 0; round < budget(300, { debug: 100 }); round++) {
    const at = random.below(twins.length);
    const { map, model } = twins[at];
    const keys = distinctKeys(random.below(600), random.below(5));
    switch (random.below(5)) {
      case 0:
        map.deleteAll(keys);
        for (const key of keys) model.delete(key);
        break;
      case 1:
        map.clear();
        model.clear();
        break;
      case 2:
        map.dispose();
        twins[at] = pair(random.below(300), { seed: round });
        break;
      default: {
        const values = Array.from(keys, (key) => ({ round, key }));
        map.putAll(keys, values);
        keys.forEach((key, row) => model.set(key, values[row]));
      }
    }
    const one = random.pick(twins);
    holds(one.map, one.model);
  }
  for (const { map, model } of twins) holds(map, model);
});

test.run();
