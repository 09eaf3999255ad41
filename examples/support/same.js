// What came out of tophash against what came out of Map.

import assert from 'node:assert/strict';

/**
 * Throws unless both maps hold the same entries: as many here as there, each one there is here too, and each one here
 * there.
 */
export function sameEntries(ours, theirs) {
  assert.equal(ours.size, theirs.size);
  for (const [key, value] of theirs) sameValue(key, ours.get(key), value);
  for (const [key, value] of ours) sameValue(key, value, theirs.get(key));
}

function sameValue(key, ours, theirs) {
  if (!Object.is(ours, theirs)) assert.fail(`${key} -> ${ours}, but ${theirs} in the Map`);
}

/** Throws unless both sets hold the same keys. */
export function sameKeys(ours, theirs) {
  assert.equal(ours.size, theirs.size);
  for (const key of theirs) assert.ok(ours.has(key), `${key} is in the Set only`);
  for (const key of ours) assert.ok(theirs.has(key), `${key} is not in the Set`);
}

/** Throws unless a ByteColumn holds these words, in this order. */
export function sameWords({ bytes, offsets }, words) {
  assert.equal(offsets.length, words.length + 1);
  const text = new TextDecoder().decode(bytes);
  assert.equal(text, words.join(''));
  let end = 0; // in bytes: so a character beyond ASCII would be a difference
  for (let i = 0; i < words.length; i++) {
    end += words[i].length;
    if (offsets[i + 1] !== end) assert.fail(`word ${i} ends at ${offsets[i + 1]}, but at ${end} as a string`);
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
