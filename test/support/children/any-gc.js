/**
 * any-gc.js release <objects>: puts objects into maps and lets go of them, in all the ways there are.
 * any-gc.js churn <rounds> <objects>: writes objects over and over to one map.
 * any-gc.js slots <rounds>: the same with 20,000 small numbers a round, for which the heap has nothing but their places.
 * any-gc.js trim <rows>: deletes all values but ten, and trims.
 *
 * Prints how many of them the garbage collector has taken. Needs --expose-gc.
 */
import { setImmediate } from 'node:timers/promises';
import { distinctKeys, Random } from '../random.js';
import { HashMap } from '../tophash.js';

const ROUNDS = 60;
const counts = new Map();
const registry = new FinalizationRegistry((tag) => void counts.set(tag, (counts.get(tag) ?? 0) + 1));

function watched(tag, rows) {
  return Array.from({ length: rows }, (_, row) => {
    const object = { tag, row };
    registry.register(object, tag);
    return object;
  });
}

/** Collects until `count` objects of a tag are gone, or there is no hope. Returns how many are. */
async function collect(tag, count, rounds = ROUNDS) {
  for (let round = 0; round < rounds && (counts.get(tag) ?? 0) < count; round++) {
    globalThis.gc();
    await setImmediate();
  }
  return counts.get(tag) ?? 0;
}

const make = () => new HashMap({ key: 'u32', value: 'any', seed: 1 });

const fill = {
  single(map, keys, tag) {
    for (const [row, value] of watched(tag, keys.length).entries()) map.set(keys[row], value);
  },
  batch: (map, keys, tag) => void map.putAll(keys, watched(tag, keys.length)),
  map(map, keys, tag) {
    const other = make();
    other.putAll(keys, watched(tag, keys.length));
    map.putAll(other);
    other.dispose();
  },
};

/** [how the values come, how they go]. The map remains, but where it is what goes. */
const ways = {
  delete: [fill.single, (map, keys) => keys.forEach((key) => map.delete(key))],
  'put, deleteAll': [fill.batch, (map, keys) => map.deleteAll(keys)],
  set: [fill.batch, (map, keys) => keys.forEach((key, row) => map.set(key, row))],
  'put, putAll': [fill.single, (map, keys) => map.putAll(keys, 5)],
  'put, putAll of a column': [fill.batch, (map, keys) => map.putAll(keys, Array.from(keys))],
  clear: [fill.single, (map) => map.clear()],
  'put, clear and fill again': [fill.batch, (map, keys) => (map.clear(), map.putAll(keys.subarray(0, 10), 5))],
  dispose: [fill.map, (map) => map.dispose()],
  drop: [fill.batch, () => 'drop'],
  'iterated, then deleted': [
    fill.batch,
    (map, keys) => {
      let count = 0;
      for (const [, value] of map) count += value.row >= 0 ? 1 : 0;
      if (count !== keys.length || map.getAll(keys).hits !== count || map.columns().values.length !== count) {
        throw new Error('entries were lost');
      }
      for (const key of map.keys()) map.delete(key);
    },
  ],
};

async function release(objects) {
  const keys = distinctKeys(objects, 1);
  const report = {};
  for (const [tag, [put, letGo]] of Object.entries(ways)) {
    let map = make();
    put(map, keys, tag);
    const early = await collect(tag, 1, 3);
    if (map.size !== objects) throw new Error(`${tag}: ${map.size} entries`);
    if (letGo(map, keys) === 'drop') map = undefined;
    report[tag] = { early, collected: await collect(tag, objects) };
    if (tag !== 'dispose') map?.set(1, 'the map is alive');
  }
  return report;
}

async function churn(rounds, objects) {
  const random = new Random(2);
  const map = make();
  const heap = [];
  let written = 0;
  for (let round = 0; round < rounds; round++) {
    written += objects + batch(round);
    globalThis.gc();
    await setImmediate();
    heap.push(process.memoryUsage().heapUsed);
  }
  const held = [...map.values()].filter((value) => typeof value === 'object').length;
  return { collected: await collect('churn', written - held), written, held, heap };

  /** Single writes and deletions, then a batch, of which `objects` and the number returned are objects. */
  function batch(round) {
    for (const value of watched('churn', objects)) {
      map.set(random.below(1000), value);
      if (random.below(2) === 0) map.delete(random.below(1000));
    }
    if (round % 10 === 9) map.clear();
    const keys = Uint32Array.from({ length: 500 }, () => random.below(2000));
    map.putAll(keys, watched('churn', 500), round % 2 === 0 ? 'keep' : 'replace');
    map.deleteAll(keys.subarray(0, 250));
    return 500;
  }
}

/** In each round 10,000 keys come and go by single writes, and 10,000 rows of batches find their keys there. */
function slots(rounds) {
  const map = make();
  const keys = Uint32Array.from({ length: 1000 }, (_, key) => key);
  const heap = [];
  map.putAll(keys, 0);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 10000; i++) {
      map.set(5000 + (i % 100), i);
      map.delete(5000 + (i % 100));
    }
    for (let i = 0; i < 10; i++) map.putAll(keys, i, i % 2 === 0 ? 'keep' : 'replace');
    map.deleteAll(keys.subarray(0, 500));
    map.putAll(keys, round);
    globalThis.gc();
    heap.push(process.memoryUsage().heapUsed);
  }
  return { size: map.size, heap };
}

function trim(rows) {
  const heapUsed = () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  const map = make();
  const keys = distinctKeys(rows, 3);
  const heap = [heapUsed()];
  map.putAll(keys, 0);
  map.deleteAll(keys.subarray(10));
  heap.push(heapUsed());
  map.trim();
  heap.push(heapUsed());
  return { size: map.size, heap };
}

const [what, ...numbers] = process.argv.slice(2);
console.log(JSON.stringify(await { release, churn, slots, trim }[what](...numbers.map(Number))));
