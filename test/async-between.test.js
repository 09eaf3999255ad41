/** What may be done to a map and its columns between the slices of an async batch: anything. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { byteColumn } from './support/byte-keys.js';
import { KeySet } from './support/byte-domains.js';
import { agrees, rejects, same } from './support/check.js';
import { allPairs, drawValues, keyColumn, keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';
import { CapacityError } from './support/tophash.js';

const test = behaviour('async-between');
const budgetMs = 0;
const rows = budget(6000, { debug: 3000, badHash: 1200 });
const STEP = 1024;

/** Things done between slices, to a map and its model alike. */
const acts = {
  set(map, model, { drawKey, drawValue }) {
    for (let i = 0; i < 50; i++) {
      const [key, value] = [drawKey(), drawValue()];
      map.set(key, value);
      model.set(key, value);
    }
  },
  delete(map, model, { drawKey }) {
    for (let i = 0; i < 200; i++) {
      const key = drawKey();
      assert.is(map.delete(key), model.delete(key));
    }
  },
  putAll(map, model, { drawKeys, drawColumn, random }) {
    const keys = drawKeys(random.below(2000));
    const values = drawColumn(keys.length);
    assert.is(map.putAll(keys, values), model.putAll(keys, values));
  },
  deleteAll(map, model, { drawKeys, random }) {
    const keys = drawKeys(random.below(2000));
    assert.is(map.deleteAll(keys), model.deleteAll(keys));
  },
  clear(map, model) {
    map.clear();
    model.clear();
  },
  reserve(map, _, { random }) {
    map.reserve(random.below(20_000));
  },
  iterate(map, model) {
    let seen = 0;
    for (const [key, value] of map) {
      assert.ok(Object.is(model.get(key), value));
      seen++;
    }
    assert.is(seen, model.size);
  },
  nothing() {},
};

for (const { key, value } of allPairs) {
  test(`${key} -> ${value}: after anything between slices the map is what its model is`, async () => {
    for (let seed = 1; seed <= budget(3, { debug: 1, badHash: 1 }); seed++) {
      const random = new Random(seed);
      const { Column } = keyKinds[key];
      const draws = {
        random,
        drawKeys: (count) => keyColumn(key, count, () => random.below(rows * 2)),
        drawKey: () => draws.drawKeys(1)[0],
        drawColumn: (count) => drawValues(value, count, random),
        drawValue: () => draws.drawColumn(1)[0],
      };
      const [map, model] = [make(key, value), new Model(key, value)];
      const keys = draws.drawKeys(rows);
      const values = draws.drawColumn(rows);
      let [applied, fresh] = [0, 0];
      const onProgress = (done) => {
        fresh += model.putAll(Column.from(keys.slice(applied, done)), values.slice(applied, done));
        applied = done;
        assert.is(map.size, model.size);
        acts[random.pick(Object.keys(acts))](map, model, draws);
      };
      assert.is(await map.putAllAsync(keys, values, { budgetMs, onProgress }), fresh);
      agrees(map, model, keys);
    }
  });
}

test('two batches into one map: row by row the one or the other, and all of both', async () => {
  const keys = Uint32Array.from({ length: rows }, (_, i) => i * 5);
  const others = Uint32Array.from({ length: rows }, (_, i) => i * 3);
  const map = make('u32', 'u32');
  const [first, second] = await Promise.all([
    map.putAllAsync(keys, 1, { budgetMs }),
    map.putAllAsync(others, 1, { budgetMs, how: 'add' }),
  ]);
  const all = new KeySet([...keys, ...others]);
  assert.is(first + second, all.size, 'each new key was counted once');
  assert.is(map.size, all.size);
  const shared = keys.filter((key) => key % 3 === 0 && key < rows * 3);
  map.getAll(shared).values.forEach((x) => void assert.ok(x === 1 || x === 2));
});

test('a batch of look-ups beside one that writes', async () => {
  const keys = Uint32Array.from({ length: rows }, (_, i) => i);
  const map = make('u32', 'u32');
  const [fresh, { hits, found }] = await Promise.all([
    map.putAllAsync(keys, keys, { budgetMs }),
    map.getAllAsync(keys, { budgetMs }),
  ]);
  assert.is(fresh, rows);
  assert.is(
    hits,
    found.reduce((sum, bit) => sum + bit, 0),
  );
});

test('an open iterator goes on across slices', async () => {
  const map = make('u32', 'u32');
  const held = Uint32Array.from({ length: 2000 }, (_, i) => i);
  map.putAll(held, 1);
  const iterator = map.keys();
  const seen = [];
  const onProgress = () => {
    for (let i = 0; i < 300; i++) {
      const { done, value } = iterator.next();
      if (!done) seen.push(value);
    }
  };
  await map.putAllAsync(
    Uint32Array.from({ length: rows }, (_, i) => i + 2000),
    2,
    { budgetMs, onProgress },
  );
  seen.push(...iterator);
  assert.is(new Set(seen).size, seen.length, 'no key twice');
  const all = new Set(seen);
  held.forEach((key) => void assert.ok(all.has(key), `${key} was there throughout`));
});

test('cleared midway: the rows before are gone, the count is of those that were new', async () => {
  const keys = Uint32Array.from({ length: rows }, (_, i) => i);
  const map = make('u32', 'u32');
  let at = 0;
  const onProgress = (done) => {
    if (at > 0) return;
    at = done;
    map.clear();
  };
  assert.is(await map.putAllAsync(keys, 1, { budgetMs, onProgress }), rows);
  assert.is(map.size, rows - at);
});

test('disposed of midway: an error that says how many rows there were', async () => {
  const keys = Uint32Array.from({ length: 3000 }, (_, i) => i);
  for (const call of ['putAllAsync', 'getAllAsync']) {
    const map = make('u32', 'u32').set(1, 1);
    const onProgress = () => map.dispose();
    const options = { budgetMs, onProgress };
    const error = await rejects(
      () => (call === 'putAllAsync' ? map.putAllAsync(keys, 1, options) : map.getAllAsync(keys, options)),
      Error,
    );
    assert.is(error.rows, STEP);
    assert.match(error.message, 'disposed');
  }
});

test('a row is written as it is when its slice comes', async () => {
  const keys = new Uint32Array(3000);
  const values = new Float64Array(3000);
  const map = make('u32', 'f64');
  const prepare = (from) => {
    for (let row = from; row < Math.min(from + STEP, 3000); row++) {
      keys[row] = row * 2;
      values[row] = row / 2;
    }
  };
  prepare(0);
  assert.is(await map.putAllAsync(keys, values, { budgetMs, onProgress: prepare }), 3000);
  same(map.getAll(keys).values, values);

  const texts = Array.from({ length: 3000 }, () => 'not yet');
  const plain = new Array(3000).fill(0);
  const names = make('string', 'u32');
  const write = (done) => {
    for (let row = done; row < 3000; row++) {
      texts[row] = `row ${row}`;
      plain[row] = row;
    }
  };
  const promise = names.putAllAsync(texts, plain, { budgetMs, onProgress: write });
  assert.is(await promise, 1 + 3000 - STEP);
  assert.is(names.get('not yet'), 0);
  assert.is(names.get('row 2999'), 2999);
});

test('a column that loses its buffer, or a part of it, midway', async () => {
  const detach = (buffer) => structuredClone(buffer, { transfer: [buffer] });
  const losses = {
    detached: detach,
    shrunk: (buffer) => buffer.resize(buffer.byteLength / 2),
    'shrunk to nothing': (buffer) => buffer.resize(0),
  };
  for (const [name, lose] of Object.entries(losses)) {
    for (const which of ['keys', 'values']) {
      for (const length of [3000, undefined]) {
        const columns = Object.fromEntries(
          ['keys', 'values'].map((column) => {
            const memory = new ArrayBuffer(12_000, { maxByteLength: 12_000 });
            return [column, new Uint32Array(memory, 0, length)];
          }),
        );
        columns.keys.forEach((_, row) => (columns.keys[row] = row));
        const map = make('u32', 'u32');
        const onProgress = (done) => done === 2 * STEP && lose(columns[which].buffer);
        const error = await rejects(
          () => map.putAllAsync(columns.keys, columns.values, { budgetMs, onProgress }),
          TypeError,
          `${which} ${name}`,
        );
        assert.is(error.rows, 2 * STEP);
        assert.match(error.message, `${which}: its buffer is detached or has shrunk; ${2 * STEP} rows were applied`);
        assert.instance(error.cause, TypeError);
        assert.is(map.size, 2 * STEP);
      }
    }
  }
});

test('a buffer that grows midway changes nothing', async () => {
  const memory = new ArrayBuffer(12_000, { maxByteLength: 60_000 });
  const keys = new Uint32Array(memory);
  keys.forEach((_, row) => (keys[row] = row));
  const map = make('u32', 'u32');
  assert.is(await map.putAllAsync(keys, 1, { budgetMs, onProgress: () => memory.resize(60_000) }), 3000);
  assert.is(map.size, 3000);
});

test('columns of byte keys that go bad midway: the rows before stay, and the error has the row', async () => {
  const texts = Array.from({ length: 3000 }, (_, row) => `row ${row}`);
  const at = 2500;
  const spoil = {
    'no UTF-8': [({ bytes, offsets }) => (bytes[offsets[at]] = 0xff), TypeError, `keys[${at}]`],
    'offsets fall': [({ offsets }) => (offsets[at] = 0), RangeError, `keys.offsets[${at}]`],
    'offsets leave the bytes': [({ offsets }) => (offsets[at] = 2 ** 30), RangeError, 'keys.offsets'],
    'bytes are detached': [
      ({ bytes: { buffer } }) => structuredClone(buffer, { transfer: [buffer] }),
      TypeError,
      'keys.bytes',
    ],
    'offsets are detached': [
      ({ offsets: { buffer } }) => structuredClone(buffer, { transfer: [buffer] }),
      TypeError,
      'keys.offsets',
    ],
  };
  for (const [name, [change, type, where]] of Object.entries(spoil)) {
    for (const shared of name.includes('detached') ? [false] : [false, true]) {
      const column = byteColumn(texts, { shared });
      const map = make('string', 'u32');
      const onProgress = (done) => done === STEP && change(column);
      const error = await rejects(() => map.putAllAsync(column, 1, { budgetMs, onProgress }), type, name);
      assert.ok(error.rows >= STEP && error.rows <= at, `${name}: ${error.rows} rows`);
      assert.match(error.message, where);
      assert.is(map.size, error.rows);
      assert.is(map.hasAll(texts.slice(0, error.rows)).indexOf(0), -1);
    }
  }
});

test('arrays that go bad midway', async () => {
  const texts = Array.from({ length: 3000 }, (_, row) => `row ${row}`);
  for (const [change, type, where] of [
    [(keys) => (keys[2500] = 7), TypeError, 'keys[2500]'],
    [(keys) => (keys.length = 2000), RangeError, 'keys: expected 3000 rows'],
    [(keys) => keys.push('one more'), RangeError, 'keys: expected 3000 rows'],
    [(_, values) => (values[2500] = -1), RangeError, 'values[2500]'],
    [(_, values) => (values.length = 0), RangeError, 'values: expected 3000 rows'],
  ]) {
    const [keys, values] = [[...texts], new Array(3000).fill(5)];
    const map = make('string', 'u32');
    const onProgress = (done) => done === STEP && change(keys, values);
    const error = await rejects(() => map.putAllAsync(keys, values, { budgetMs, onProgress }), type);
    assert.match(error.message, where);
    assert.is(map.size, error.rows);
  }
  const arrays = texts.map((text) => new TextEncoder().encode(text));
  const map = make('bytes', 'u32');
  const onProgress = () =>
    arrays[2500].buffer.byteLength > 0 && structuredClone(arrays[2500], { transfer: [arrays[2500].buffer] });
  const { rows: before } = await rejects(() => map.putAllAsync(arrays, 1, { budgetMs, onProgress }), TypeError);
  assert.is(map.size, before);
});

test('getters of an array may do anything to the map, and what they throw is theirs', async () => {
  const keys = Uint32Array.from({ length: 3000 }, (_, i) => i);
  const mine = new TypeError('mine');
  const trapped = (act) => {
    const values = new Array(3000).fill(1);
    Object.defineProperty(values, 2000, { get: act });
    return values;
  };
  const map = make('u32', 'any');
  let reads = 0;
  const values = trapped(() => {
    reads++;
    map.clear();
    return 'read';
  });
  await map.putAllAsync(keys, values, { budgetMs });
  assert.is(reads, 1, 'values of any kind are read once');
  assert.is(map.size, 3000 - STEP);
  assert.is(map.get(2000), 'read');

  const other = make('u32', 'any');
  const error = await rejects(
    () =>
      other.putAllAsync(
        keys,
        trapped(() => {
          throw mine;
        }),
        { budgetMs },
      ),
    TypeError,
  );
  assert.is(error, mine);
  assert.is(error.rows, undefined);
  assert.is(other.size, STEP);

  const disposed = make('u32', 'any');
  const { rows: applied } = await rejects(
    () =>
      disposed.putAllAsync(
        keys,
        trapped(() => disposed.dispose()),
        { budgetMs },
      ),
    Error,
  );
  assert.is(applied, STEP);
});

test('CapacityError counts the rows of all slices', async () => {
  for (const maxBytes of [20_000, 65_536, 200_000]) {
    const keys = Uint32Array.from({ length: 60_000 }, (_, i) => Math.imul(i, 0x9e3779b1));
    const map = make('u32', 'u32', { maxBytes });
    const error = await rejects(() => map.putAllAsync(keys, keys, { budgetMs }), CapacityError);
    assert.match(error.message, /^putAllAsync: /);
    assert.is(map.size, error.rows);
    same(map.getAll(keys.subarray(0, error.rows)).values, keys.slice(0, error.rows));
    assert.is(map.has(keys[error.rows]), false);
    const twin = make('u32', 'u32', { maxBytes });
    let sync;
    try {
      twin.putAll(keys, keys);
    } catch ({ rows: applied }) {
      sync = applied;
    }
    assert.ok(Math.abs(sync - error.rows) < 0.35 * sync, `${error.rows} rows, ${sync} by putAll`);
  }
});

test('an array that runs code when asked for its length', async () => {
  class Mine extends TypeError {}
  for (let calm = 0; calm < 12; calm++) {
    for (const act of ['detach the keys', 'throw']) {
      const keys = Uint32Array.from({ length: 3 * STEP - 50 }, (_, row) => row);
      const { length } = keys;
      let asked = 0;
      const values = new Proxy(new Array(length).fill(7), {
        get(array, name) {
          if (name === 'length' && asked++ >= calm) {
            if (act === 'throw') throw new Mine('mine');
            if (keys.length > 0) structuredClone(keys.buffer, { transfer: [keys.buffer] });
          }
          return array[name];
        },
      });
      const map = make('u32', 'u32');
      const error = await map.putAllAsync(keys, values, { budgetMs }).then(
        () => undefined,
        (reason) => reason,
      );
      const text = `${act} at call ${calm}: ${error}`;
      if (error === undefined) assert.is(map.size, length, text);
      else if (act === 'throw') assert.instance(error, Mine, text);
      else if (map.size > 0) assert.is(error.rows, map.size, text);
    }
  }
});

test.run();
