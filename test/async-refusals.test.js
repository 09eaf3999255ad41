/** What async batches refuse: as rejections, and before anything changes. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { byteColumn } from './support/byte-keys.js';
import { rejects } from './support/check.js';
import { makeSet } from './support/sets.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('async-refusals');
const keys = Uint32Array.from({ length: 3000 }, (_, i) => i);
const budgetMs = 0;

/** A map that must stay as it is. */
async function refused(call, type, message, { key = 'u32', value = 'u32' } = {}) {
  const map = make(key, value);
  const error = await rejects(() => call(map), type);
  if (message !== undefined) assert.match(error.message, message);
  assert.is(map.size, 0, `${call}: nothing was written`);
}

test('options', async () => {
  const calls = {
    put: (map, options) => map.putAllAsync(keys, 1, options),
    get: (map, options) => map.getAllAsync(keys, options),
  };
  for (const call of Object.values(calls)) {
    for (const budget of ['8', null, 8n, {}]) {
      await refused((map) => call(map, { budgetMs: budget }), TypeError, 'options.budgetMs');
    }
    for (const budget of [-1, NaN, -Infinity]) {
      await refused((map) => call(map, { budgetMs: budget }), RangeError, 'options.budgetMs');
    }
    for (const signal of [null, {}, 'abort', new AbortController(), { aborted: 1 }]) {
      await refused((map) => call(map, { signal }), TypeError, 'options.signal');
    }
    for (const onProgress of [null, {}, 'f', 1]) {
      await refused((map) => call(map, { onProgress }), TypeError, 'options.onProgress');
    }
    for (const options of [null, 7, 'add', () => {}]) await refused((map) => call(map, options), TypeError, 'options');
  }
  await refused((map) => map.putAllAsync(keys, 1, { how: 'sum' }), TypeError, 'how');
  await refused((map) => map.putAllAsync(keys, 1, { how: 'add' }), TypeError, 'how', { value: 'any' });
  assert.is(
    await make('u32', 'u32').putAllAsync(keys, 1, { budgetMs: undefined, signal: undefined, how: undefined }),
    3000,
  );
});

test('an option that is a getter is asked once, before anything', async () => {
  const map = make('u32', 'u32');
  let asked = 0;
  const options = {
    get budgetMs() {
      asked++;
      map.set(1, 7);
      return 0;
    },
  };
  await map.putAllAsync(keys, 2, options);
  assert.is(asked, 1);
  assert.is(map.get(1), 2);
});

test('columns of another class, length or type', async () => {
  for (const column of [null, undefined, 7, 'abc', [1, 2], new Int32Array(3000), {}]) {
    await refused((map) => map.putAllAsync(column, 1), TypeError, 'keys');
    await refused((map) => map.getAllAsync(column), TypeError, 'keys');
  }
  await refused((map) => map.putAllAsync(keys, new Float64Array(3000)), TypeError, 'values');
  await refused((map) => map.putAllAsync(keys, null), TypeError, 'values');
  await refused((map) => map.putAllAsync(keys, 'one'), TypeError, 'value');
  await refused((map) => map.putAllAsync(keys, -1), RangeError, 'value');
  await refused((map) => map.putAllAsync(keys, new Uint32Array(2999)), RangeError, 'values: expected 3000 rows');
  await refused((map) => map.putAllAsync(keys, new Array(3001).fill(1)), RangeError, 'values: expected 3000 rows');
  await refused((map) => map.getAllAsync(keys, { into: { values: new Uint32Array(2) } }), RangeError, 'into.values');
  await refused((map) => map.getAllAsync(keys, { into: { values: new Int32Array(3000) } }), TypeError, 'into.values');
  await refused((map) => map.getAllAsync(keys, { into: { found: new Uint8Array(2) } }), RangeError, 'into.found');
  await refused((map) => map.getAllAsync(keys, { into: { found: [] } }), TypeError, 'into.found');
  await refused((map) => map.getAllAsync(keys, { into: { missing: -1 } }), RangeError, 'into.missing');
  await refused((map) => map.getAllAsync(keys, { into: { values: {} } }), TypeError, 'into.values', { value: 'any' });
  const gone = new Uint32Array(3000);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  await refused((map) => map.putAllAsync(gone, 1), TypeError, 'detached');
  await refused((map) => map.putAllAsync(keys, gone), TypeError, 'detached');
});

test('one bad row, however late', async () => {
  const texts = Array.from({ length: 3000 }, (_, i) => `row ${i}`);
  const values = new Array(3000).fill(1);
  const late = (array, x) => array.with(2900, x);
  const string = { key: 'string' };
  const bytes = { key: 'bytes' };
  await refused((map) => map.putAllAsync(keys, late(values, 2 ** 32), { budgetMs }), RangeError, 'values[2900]');
  await refused((map) => map.putAllAsync(keys, late(values, '1'), { budgetMs }), TypeError, 'values[2900]');
  await refused((map) => map.putAllAsync(late(texts, 1), 1, { budgetMs }), TypeError, 'keys[2900]', string);
  await refused((map) => map.putAllAsync(texts, late(values, -1), { budgetMs }), RangeError, 'values[2900]', string);
  const arrays = texts.map((text) => new TextEncoder().encode(text));
  await refused((map) => map.putAllAsync(late(arrays, 'text'), 1, { budgetMs }), TypeError, 'keys[2900]', bytes);
  await refused((map) => map.getAllAsync(late(arrays, 'text'), { budgetMs }), TypeError, 'keys[2900]', bytes);
  const invalid = byteColumn(arrays.with(2900, Uint8Array.of(0xff)));
  await refused(
    (map) => map.putAllAsync(invalid, 1, { budgetMs }),
    TypeError,
    'keys[2900]: expected valid UTF-8',
    string,
  );
  const falling = byteColumn(texts);
  falling.offsets[2900] = 0;
  await refused((map) => map.putAllAsync(falling, 1, { budgetMs }), RangeError, 'keys.offsets[2900]', bytes);
  const leaving = byteColumn(texts);
  leaving.offsets[3000] += 1;
  await refused((map) => map.putAllAsync(leaving, 1, { budgetMs }), RangeError, 'keys.offsets', bytes);
  await refused(
    (map) => map.putAllAsync({ bytes: leaving.bytes, offsets: new Int32Array(0) }, 1),
    RangeError,
    'got none',
    bytes,
  );
  await refused(
    (map) => map.putAllAsync({ bytes: leaving.bytes, offsets: [0, 1] }, 1),
    TypeError,
    'keys.offsets',
    bytes,
  );
});

test('maps and sets have no slices', async () => {
  const source = new HashMap({ key: 'u32', value: 'u32' }).set(1, 1);
  await refused((map) => map.putAllAsync(source), TypeError, 'takes no maps');
  await refused((map) => map.putAllAsync(new Map([[1, 1]])), TypeError, 'takes no maps');
  source.dispose();
  for (const other of [new Set([1]), new Map([[1, 1]]), new HashSet({ key: 'u32' })]) {
    const set = makeSet('u32');
    const { message } = await rejects(() => set.addAllAsync(other), TypeError);
    assert.match(message, 'takes no sets');
    assert.is(set.size, 0);
  }
});

test('a map that was disposed of', async () => {
  const map = new HashMap({ key: 'u32', value: 'u32' });
  map.dispose();
  const set = new HashSet({ key: 'u32' });
  set.dispose();
  for (const call of [
    () => map.putAllAsync(keys, 1),
    () => map.getAllAsync(keys),
    () => set.addAllAsync(keys),
    () => set.hasAllAsync(keys),
  ]) {
    assert.match((await rejects(call, Error)).message, 'disposed');
  }
});

test.run();
