/** Every way through a map that is not written to has one order. */
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('iteration-order');

test('all iterators have one order', () => {
  for (const rows of [2, 9, 53, 417, 833, 1249, budget(6000, { debug: 2500 })]) {
    const keys = distinctKeys(rows, rows);
    const map = make('u32', 'u32');
    map.putAll(keys, Uint32Array.from(keys.keys()));
    const entries = [...map];
    const ordered = Uint32Array.from(entries, ([key]) => key);
    const values = Uint32Array.from(entries, ([, value]) => value);
    same(Uint32Array.from(map.keys()), ordered, 'keys');
    same(Uint32Array.from(map.values()), values, 'values');
    const called = [];
    map.forEach((value, key) => void called.push(key));
    same(Uint32Array.from(called), ordered, 'forEach');
    same(
      Uint32Array.from(map.entries(), ([key]) => key),
      ordered,
      'entries',
    );
  }
});

test.run();
