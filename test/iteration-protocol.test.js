/** What an iterator is, apart from what it produces. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses } from './support/check.js';
import { HashMap } from './support/tophash.js';

const test = behaviour('iteration-protocol');
const methods = ['keys', 'values', 'entries'];
const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

const few = () => make('u32', 'u32').set(1, 10).set(2, 20).set(3, 30);
const sorted = (iterable) => [...iterable].sort((a, b) => (a[0] ?? a) - (b[0] ?? b));

function lineage(object) {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null ? [] : [prototype, ...lineage(prototype)];
}

test('Symbol.iterator is entries', () => {
  assert.is(HashMap.prototype[Symbol.iterator], HashMap.prototype.entries);
});

test('iterators inherit from %IteratorPrototype% and are their own iterable', () => {
  for (const method of methods) {
    const iterator = few()[method]();
    assert.ok(lineage(iterator).includes(IteratorPrototype));
    assert.is(iterator[Symbol.iterator](), iterator);
    assert.is(iterator[Symbol.toStringTag], 'HashMap Iterator');
    assert.is(Object.prototype.toString.call(iterator), '[object HashMap Iterator]');
    if (typeof IteratorPrototype.take === 'function') assert.is([...few()[method]().take(2)].length, 2);
  }
});

test('each call gives an iterator of its own', () => {
  const map = few();
  for (const method of methods) {
    const [first, second] = [map[method](), map[method]()];
    assert.is.not(first, second);
    first.next();
    first.next();
    assert.is([...first].length, 1);
    assert.is([...second].length, 3);
  }
});

test('results are plain objects, and entries arrays of their own', () => {
  const map = few();
  const iterator = map.entries();
  const results = [iterator.next(), iterator.next(), iterator.next()];
  for (const result of results) {
    assert.equal(Object.keys(result).sort(), ['done', 'value']);
    assert.is(result.done, false);
    assert.ok(Array.isArray(result.value));
    assert.is(result.value.length, 2);
  }
  assert.equal(sorted(results.map((result) => result.value)), [
    [1, 10],
    [2, 20],
    [3, 30],
  ]);
  results[0].value[1] = 99;
  assert.equal(sorted(map.values()), [10, 20, 30]);
  assert.equal(iterator.next(), { value: undefined, done: true });
});

test('keys, values and entries go together', () => {
  const map = few();
  assert.equal(sorted(map.keys()), [1, 2, 3]);
  assert.equal(sorted(map.values()), [10, 20, 30]);
  assert.equal(
    [...map].map(([key]) => key),
    [...map.keys()],
  );
  assert.equal(
    [...map].map(([, value]) => value),
    [...map.values()],
  );
  assert.equal([...map], [...map.entries()]);
  assert.equal(new Map(map), new Map([...map]));
  assert.equal(Object.fromEntries(map), { 1: 10, 2: 20, 3: 30 });
  assert.equal(sorted(HashMap.from(map, { key: 'u32', value: 'u32' })), sorted(map));
});

test('the first step begins an iteration, not the call', () => {
  for (const method of methods) {
    const never = make('u32', 'u32');
    const iterator = never[method]();
    never.set(1, 1).set(2, 1);
    assert.is([...iterator].length, 2, 'made before the first write');

    const map = few();
    const late = map[method]();
    map.clear();
    for (let key = 100; key < 3000; key++) map.set(key, key);
    assert.is([...late].length, 2900, 'made before all that is there was');
  }
});

test('an iterator that has ended stays so', () => {
  for (const method of methods) {
    for (const map of [few(), make('u32', 'u32')]) {
      const iterator = map[method]();
      while (!iterator.next().done);
      for (let key = 0; key < 3000; key++) {
        map.set(key, 1);
        if (key % 100 === 0) assert.equal(iterator.next(), { value: undefined, done: true });
      }
      map.clear();
      map.set(1, 1);
      assert.equal(iterator.next(), { value: undefined, done: true });
      assert.equal([...iterator], []);
    }
  }
});

test('a loop that was left can be taken up again, as with Map', () => {
  const map = few();
  const iterator = map.keys();
  const seen = [];
  for (const key of iterator) {
    seen.push(key);
    break;
  }
  for (const key of iterator) seen.push(key);
  assert.equal(sorted(seen), [1, 2, 3]);
});

test('next is for iterators of HashMaps', () => {
  const { next } = few().entries();
  for (const other of [undefined, {}, few(), new Map().entries(), [].values()]) {
    refuses(() => next.call(other), TypeError, `next of ${Object.prototype.toString.call(other)}`);
  }
});

test('-0 is 0', () => {
  const map = make('i32', 'f64').set(-0, -0);
  assert.ok(Object.is([...map.keys()][0], 0));
  assert.ok(Object.is([...map.values()][0], -0), 'but as a value it remains what it is');
  map.forEach((value, key) => void assert.ok(Object.is(key, 0) && Object.is(value, -0)));
});

test('forEach passes value, key and map, and this', () => {
  const map = few();
  const that = {};
  const calls = [];
  const result = map.forEach(function (...args) {
    assert.is(this, that);
    calls.push(args);
    return true;
  }, that);
  assert.is(result, undefined);
  assert.equal(
    calls.map(([value, key]) => [key, value]),
    [...map],
  );
  for (const args of calls) {
    assert.is(args.length, 3);
    assert.is(args[2], map);
  }
  map.forEach(function () {
    assert.is(this, undefined);
  });
});

test('forEach wants a function', () => {
  for (const map of [few(), make('u32', 'u32')]) {
    for (const wrong of [undefined, null, 5, {}, 'f']) refuses(() => map.forEach(wrong), TypeError);
  }
});

test('what the callback of forEach throws goes through', () => {
  const map = few();
  const error = new Error('mine');
  let calls = 0;
  let thrown;
  try {
    map.forEach(() => {
      calls++;
      throw error;
    });
  } catch (e) {
    thrown = e;
  }
  assert.is(thrown, error);
  assert.is(calls, 1);
  assert.is([...map].length, 3);
});

test('a map that was disposed of throws, at the call and at the next step', () => {
  for (const rows of [0, 3, 3000]) {
    for (const method of methods) {
      const map = make('u32', 'u32');
      for (let key = 0; key < rows; key++) map.set(key, 1);
      const [fresh, begun, ended] = [map[method](), map[method](), map[method]()];
      if (rows > 0) begun.next();
      while (!ended.next().done);
      map.dispose();
      refuses(() => map[method](), Error, method);
      refuses(() => fresh.next(), Error, `${method}, not begun`);
      if (rows > 0) refuses(() => begun.next(), Error, `${method}, begun`);
      assert.equal(ended.next(), { value: undefined, done: true }, `${method}, ended`);
    }
    const map = make('u32', 'u32');
    map.dispose();
    refuses(() => map[Symbol.iterator](), Error);
    refuses(() => map.forEach(() => {}), Error);
    refuses(() => map.columns(), Error);
  }
});

test('disposing of the map in the body', () => {
  const kill = (map) => {
    for (const entry of map) if (entry) map.dispose();
  };
  refuses(() => kill(few()), Error);
  const map = few();
  refuses(() => map.forEach(() => map.dispose()), Error);
});

test('for await sees each value once, be it one that a host takes for a promise', async () => {
  const map = make('u32', 'any');
  let asked = 0;
  const lazy = {
    then(resolve) {
      asked++;
      resolve('done');
    },
  };
  map.set(1, lazy).set(2, lazy);
  const seen = [];
  for await (const value of map.values()) seen.push(value);
  assert.equal(seen, ['done', 'done']);
  assert.is(asked, 2);
});

test.run();
