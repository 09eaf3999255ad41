/** Large tables with little in them: many deleted, few left, or room for many that never came. */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { forms, Twin } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('iteration-sparse');
const large = [60, 500, 1300, budget(20000, { debug: 2500 })];

/** A twin that had `rows` entries and has `few`; `few` is at most `rows`. */
function thinned(rows, few, key = 'u32', value = 'u32') {
  const keys = distinctKeys(rows, rows, keyKinds[key].Column);
  const twin = new Twin(key, value).putAll(keys);
  twin.deleteAll(keys.subarray(few));
  return twin;
}

test('few left of many', () => {
  for (const rows of large) {
    for (const few of [0, 1, 2, 10, 50]) {
      for (const form of forms) assert.is(thinned(rows, few).each(form).length, few);
    }
  }
});

test('few left, of every kind', () => {
  for (const { key, value } of allPairs) {
    const twin = thinned(2000, 7, key, value);
    const { Column } = keyKinds[key];
    const keys = distinctKeys(2000, 2000, Column);
    same(Column.from(twin.each('values')).sort(), keys.slice(0, 7).sort());
  }
});

test('room for many that never came', () => {
  for (const capacity of [1000, 100000]) {
    const twin = new Twin('u32', 'u32', { capacity });
    assert.equal(twin.each('entries'), []);
    for (const rows of [1, 5, 30]) {
      twin.putAll(distinctKeys(rows, rows));
      twin.agrees();
    }
  }
});

test('deletions and insertions while a sparse table is iterated', () => {
  for (const rows of large) {
    const keys = distinctKeys(rows, rows);
    const twin = thinned(rows, 30);
    const random = new Random(rows);
    let added = 0;
    twin.each('entries', (key) => {
      twin.delete(random.below(2) === 0 ? key : random.pick(keys.subarray(0, 30)));
      if (added++ < 2000) twin.set(random.pick(keys));
    });
    twin.agrees();
  }
});

test('a sparse table that is filled again while it is iterated', () => {
  for (const rows of large) {
    const keys = distinctKeys(rows, rows);
    const twin = thinned(rows, 20);
    twin.each('entries', (_, walk) => {
      if (walk.steps === 5) twin.putAll(keys);
    });
    assert.is(twin.map.size, rows);
    twin.each('forEach', (_, walk) => {
      if (walk.steps === 5) twin.deleteAll(keys.subarray(15));
    });
    assert.is(twin.map.size, 15);
  }
});

test('an iterator that began when the table was full', () => {
  for (const rows of large) {
    const keys = distinctKeys(rows, rows);
    const twin = new Twin().putAll(keys);
    const walk = twin.walk();
    for (let i = 0; i < rows >> 2; i++) walk.next();
    twin.deleteAll(keys.subarray(5));
    assert.ok(walk.rest().length <= (rows >> 2) + 5);
    const next = twin.walk();
    next.next();
    twin.deleteAll(keys);
    assert.is(next.next(), undefined);
  }
});

test('thinned and filled by turns, with an iterator open all the time', () => {
  const rows = budget(5000, { debug: 1600 });
  const random = new Random(6);
  const keys = distinctKeys(rows, 6);
  const twin = new Twin().putAll(keys);
  const walk = twin.walk();
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < rows / 100; i++) walk.next();
    const from = random.below(rows);
    const part = keys.subarray(from, from + random.below(rows));
    if (round % 2 === 0) twin.deleteAll(part);
    else twin.putAll(part);
  }
  walk.rest();
  twin.agrees();
});

test.run();
