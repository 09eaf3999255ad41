// What came out of tophash against what came out of Map.

import assert from 'node:assert/strict';

/** Throws unless both maps hold the same entries: as many here as there, and each one there is here too. */
export function sameEntries(ours, theirs) {
  assert.equal(ours.size, theirs.size);
  for (const [key, value] of theirs) {
    if (!Object.is(ours.get(key), value)) assert.fail(`${key} -> ${ours.get(key)}, but ${value} in the Map`);
  }
}

/** Throws unless two answers of `getAll` are alike. */
export function sameColumns(ours, theirs) {
  assert.equal(ours.hits, theirs.hits);
  assert.deepEqual(ours.found, theirs.found);
  assert.deepEqual(ours.values, theirs.values);
}
