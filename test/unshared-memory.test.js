import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { child } from './support/child.js';
import { everyPair } from './support/kinds.js';

const test = behaviour('unshared-memory');

test('batches that grow a memory which is not shared, of every pair of kinds', () => {
  const rows = budget(4000, { debug: 2000 });
  assert.is(child('unshared.js', { args: [rows] }).pairs, everyPair.length);
});

test.run();
