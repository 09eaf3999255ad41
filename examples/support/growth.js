// Growth of the two maps, and of nothing at all, each in a process of its own: none sees the garbage of another.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ENTRIES = 10_000_000;

const CHILD = fileURLToPath(new URL('./growth-child.js', import.meta.url));

/**
 * @typedef {object} Growth
 * @property {number} entries
 * @property {number} worst the longest single write, in milliseconds
 * @property {number} slow how many writes took longer than a millisecond
 * @property {number} mean nanoseconds per write, the reading of the clock included
 * @property {number} bytesPerEntry
 * @property {number} peak of the process, in megabytes
 * @property {number} [maxMoved] the most entries that one write relocated
 * @property {number} sample sum of the values of every hundredth key
 */

/** Grows one contender; its progress bar goes to the terminal. */
function grow(contender) {
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', CHILD, contender, String(ENTRIES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  assert.equal(status, 0, `growth of ${contender} failed`);
  return /** @type {Growth} */ (JSON.parse(stdout));
}

/**
 * Grows both maps and compares them. The clock alone, with no map, shows what of the times is the machine's own noise.
 */
export function compareGrowth() {
  const growths = { tophash: grow('tophash'), Map: grow('Map'), 'no map': grow('no map') };
  assert.equal(growths.tophash.entries, growths.Map.entries);
  assert.equal(growths.tophash.sample, growths.Map.sample);
  return growths;
}
