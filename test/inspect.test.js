/** What `console.log` shows: what it shows of the built-in ones, with the kinds. */
import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses } from './support/check.js';
import { AbortError, CapacityError, HashMap, HashSet, SnapshotError } from './support/tophash.js';

const test = behaviour('inspect');

/** @param {number} entries */
function pair(entries) {
  const map = make('u32', 'any');
  for (let i = 0; i < entries; i++) map.set(i * 7919, i % 3 === 0 ? { i } : `value ${i}`);
  return [map, new Map(map)];
}

for (const entries of [0, 1, 3, 40, 101, 130]) {
  for (const options of [
    {},
    { maxArrayLength: 2 },
    { maxArrayLength: 0 },
    { maxArrayLength: null },
    { colors: true },
  ]) {
    test(`${entries} entries are shown as those of a Map: ${inspect(options)}`, () => {
      const [map, builtin] = pair(entries);
      const [shown, expected] = [inspect(map, options), inspect(builtin, options).replace(/^Map/, 'HashMap<u32, any>')];
      // How many are left out may decide whether all fit a line.
      const text = (/** @type {string} */ x) => (x.includes(' more item') ? x.replace(/\s+/g, ' ') : x);
      assert.is(text(shown), text(expected));
    });
  }
}

test('a map in an object is cut off where a Map is', () => {
  const [map, builtin] = pair(8);
  for (const depth of [0, 1, 2, null]) {
    const expected = inspect({ a: { b: builtin } }, { depth }).replace('Map(8)', 'HashMap<u32, any>(8)');
    assert.is(inspect({ a: { b: map } }, { depth }), expected.replace('[Map]', '[HashMap]'));
  }
});

test('a set is shown as a Set', () => {
  const set = new HashSet({ key: 'string' });
  for (const key of ['a', 'b c', "it's"]) set.add(key);
  assert.is(inspect(set), inspect(new Set(set)).replace(/^Set/, 'HashSet<string>'));
  assert.is(inspect(set, { maxArrayLength: 1 }), `HashSet<string>(3) { ${inspect([...set][0])}, ... 2 more items }`);
});

test('what is no map with entries is shown without an error', () => {
  const map = make('u32', 'f64').set(1, 2);
  map.dispose();
  assert.is(inspect(map), 'HashMap<u32, f64> (disposed)');
  for (const { prototype } of [HashMap, HashSet]) assert.type(inspect(prototype), 'string');
});

test('an iterator is shown without its state', () => {
  const map = make('string', 'u32').set('a', 1);
  const set = new HashSet({ key: 'u32' }).add(3);
  for (const iterator of [map.keys(), map.values(), map.entries()]) {
    iterator.next();
    assert.is(inspect(iterator), 'Object [HashMap Iterator] {}');
  }
  assert.is(inspect({ keys: set.keys() }), '{ keys: Object [HashSet Iterator] {} }');
});

test('stats are shown with the figures that are counted when they are read', () => {
  const map = make('u32', 'u32').set(1, 2);
  const shown = inspect(map.stats());
  assert.match(shown, 'overflow: 0');
  assert.match(shown, 'probeHistogram: [ 1 ]');
  const kept = map.stats();
  map.dispose();
  assert.match(inspect(kept), 'size: 1');
});

test('classes and their methods have the names that users know, in stack traces, too', () => {
  for (const [name, Class] of Object.entries({ HashMap, HashSet, AbortError, CapacityError, SnapshotError })) {
    assert.is(Class.name, name);
    assert.match(inspect(Class), new RegExp(`^\\[class ${name}\\b[^{]*\\]$`), 'nothing but the class');
  }
  const { stack } = refuses(() => make('u32', 'u32').set('1', 1), TypeError);
  assert.match(stack, 'at HashMap.set');
  assert.match(refuses(() => HashSet({ key: 'u32' }), TypeError).message, 'HashSet');
});

test('to be shown changes nothing', () => {
  const map = new HashMap({ key: 'u32', value: 'u32' });
  inspect(map);
  assert.is(map.stats().bytes, 0);
  assert.equal(Object.keys(map), []);
});

test.run();
