/**
 * Snapshots that were taken when the format was made, of every kind: what they are is what they were, and they are
 * still made so.
 */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { behaviour, tracked } from './support/behaviour.js';
import { same } from './support/check.js';
import { goldens } from './support/golden-snapshots.js';
import { fieldOf, restored, sameEntries } from './support/snapshots.js';

const test = behaviour('snapshot-format');
const { version, snapshots } = JSON.parse(readFileSync(new URL('golden/snapshots.json', import.meta.url), 'utf8'));

test('there are all of them', () => {
  assert.equal(Object.keys(snapshots), Object.keys(goldens));
});

for (const [name, make] of Object.entries(goldens)) {
  test(name, () => {
    const golden = new Uint8Array(Buffer.from(snapshots[name], 'base64'));
    assert.is(fieldOf(golden, 'version'), version);
    const made = tracked(make());
    sameEntries(restored(golden), made);
    same(made.snapshot(), golden);
  });
}

test.run();
