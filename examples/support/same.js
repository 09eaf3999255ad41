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

/** Throws unless two pairs of columns have the same rows, in whatever order. */
export function sameRows(ours, theirs) {
  assert.equal(ours.keys.length, theirs.keys.length);
  const rows = new Map();
  theirs.keys.forEach((key, row) => rows.set(key, theirs.values[row]));
  ours.keys.forEach((key, row) => {
    if (rows.get(key) !== ours.values[row])
      assert.fail(`${key} -> ${ours.values[row]}, but ${rows.get(key)} in the Map`);
    rows.delete(key); // none comes twice
  });
}
