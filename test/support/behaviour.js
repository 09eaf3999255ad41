import { suite } from 'uvu';
import { seed } from './budget.js';
import { hasBadHash } from './builds.js';
import { build, capabilities, HashMap } from './tophash.js';

const live = new Set();
/**
 * So many maps of a test wait for its end. A browser has address space for some 125 at once in a page and its workers:
 * those that came before are left to its collector, which it asks before it refuses memory.
 */
const MOST_LIVE = capabilities().runtime === 'browser' ? 50 : Infinity;

/**
 * A suite of uvu that disposes of the maps of each test at its end. Its `test.layout` is for tests of what only a good
 * hash gives, its `test.measured` for tests that ask a host how much memory its process has: only Node, Deno and Bun
 * tell.
 */
export function behaviour(name) {
  const test = suite(name);
  test.layout = hasBadHash(build) ? test.skip : test;
  test.measured = globalThis.process?.memoryUsage === undefined ? test.skip : test;
  test.after.each(release);
  return test;
}

/** Never throws, for uvu would end the whole run; what `dispose` has to do has tests of its own. */
export function release() {
  for (const map of live) {
    try {
      map.dispose();
    } catch {}
  }
  live.clear();
}

export function tracked(map) {
  live.add(map);
  if (live.size > MOST_LIVE) live.delete(live.values().next().value);
  return map;
}

/** A map with a seed of the run, so that a failure can be had again; `{ seed: undefined }` leaves it to the map. */
export function make(key, value, options) {
  return tracked(new HashMap({ key, value, seed, ...options }));
}
