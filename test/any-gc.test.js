/**
 * A map holds its values as long as it has them, and no longer: children that can collect garbage count what is left.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { child } from './support/child.js';
import { build, checked } from './support/tophash.js';

const test = behaviour('any-gc');
const flags = ['--expose-gc'];

/** A million objects go through the release build, through each single way when the budget is full. */
const objects = build === 'release' ? budget(100000, { full: 1e6 }) : budget(5000, { debug: 1500 });

test('values that were deleted, overwritten, cleared or dropped with their map are all collected', () => {
  const report = child('any-gc.js', { flags, args: ['release', objects] });
  assert.is(Object.keys(report).length, 10);
  for (const [way, { early, collected }] of Object.entries(report)) {
    assert.is(early, 0, `${way}: some went while the map had them`);
    assert.is(collected, objects, `${way}: of ${objects}`);
  }
});

test('long churn leaves nothing behind', () => {
  const rounds = build === 'release' ? budget(40) : budget(5);
  const { collected, written, held, heap } = child('any-gc.js', { flags, args: ['churn', rounds, objects / 10] });
  assert.is(collected, written - held, `${written} objects written, ${held} in the map`);
  const [early, late] = [Math.max(...heap.slice(0, 3)), Math.min(...heap.slice(-3))];
  assert.ok(late < early * 1.2 + 1e6, `a heap of ${early} bytes grew to ${late}: ${heap}`);
});

(checked ? test.skip : test)('the place of a value is used again', () => {
  const { size, heap } = child('any-gc.js', { flags, args: ['slots', budget(40, { whole: true })] });
  assert.is(size, 1000);
  const grown = heap.at(-1) - heap[4];
  assert.ok(grown < 1e6, `the heap grew by ${grown} bytes: ${heap}`);
});

(checked ? test.skip : test)('trim gives the places of deleted values back', () => {
  const rows = budget(300_000, { whole: true });
  const { size, heap } = child('any-gc.js', { flags, args: ['trim', rows] });
  assert.is(size, 10);
  const [before, deleted, trimmed] = heap;
  assert.ok(deleted - before > rows * 4, `${rows} places took ${deleted - before} bytes`);
  assert.ok(trimmed - before < (deleted - before) / 4, `of ${deleted - before} bytes ${trimmed - before} are left`);
});

test.run();
