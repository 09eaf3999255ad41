import * as assert from 'uvu/assert';
import { integers, zipf } from '../bench/keys.js';
import { createSubjects } from '../bench/rows/map-data.js';
import { createDraws, countingStreams } from '../bench/rows/counting-rows.js';
import { mapStreams } from '../bench/streams.js';
import { behaviour } from './support/behaviour.js';

const test = behaviour('bench-streams');

/** Reads what native programs read: bench/peers/README.md. */
function read(parts) {
  const words = parts.flatMap((part) => [...part]);
  let at = 0;
  const column = () => words.slice(at + 1, (at += words[at] + 1));
  const columns = () => Array.from({ length: words[at++] }, column);
  const maps = Array.from({ length: words[at++] }, () => ({
    ...{ keys: column(), values: column(), deletions: column(), warmup: column() },
    ...{ hits: columns(), misses: columns(), halves: columns() },
  }));
  assert.is(at, words.length, 'nothing is left');
  return maps;
}

const sorted = (column) => [...column].sort((a, b) => a - b);

test('every map of a round, with hits that are there and misses that are not', () => {
  const kinds = { column: integers, Values: Uint32Array, valuesOf: (numbers) => numbers };
  const maps = read(mapStreams(createSubjects(kinds, 100_000, 1)));
  assert.is(maps.length, 2);
  for (const { keys, values, deletions, hits, misses } of maps) {
    const there = new Set(keys);
    assert.is(there.size, 100_000);
    assert.is(values.length, 100_000);
    assert.equal(sorted(deletions), sorted(keys));
    assert.ok(hits.flat().every((key) => there.has(key)));
    assert.ok(!misses.flat().some((key) => there.has(key)));
  }
});

test('draws are a map of keys alone', () => {
  const subjects = createDraws(5000, 1);
  const [{ keys, values, hits }, ...rest] = read(countingStreams(subjects));
  assert.equal(Uint32Array.from(keys), subjects[0].draws);
  assert.is(values.length + hits.length + rest.length, 0);
});

test('draws follow the law', () => {
  const [ranks, draws, exponent] = [1000, 200_000, 1.1];
  const counts = new Map();
  for (const rank of zipf({ exponent, ranks }, draws, 5)) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const whole = Array.from({ length: ranks }, (_, i) => (i + 1) ** -exponent).reduce((sum, x) => sum + x, 0);
  assert.ok([...counts.keys()].every((rank) => rank >= 1 && rank <= ranks));
  for (const rank of [1, 2, 3, 10, 50]) {
    const expected = (draws * rank ** -exponent) / whole;
    const off = Math.abs(counts.get(rank) - expected) / Math.sqrt(expected);
    assert.ok(off < 5, `rank ${rank}: ${counts.get(rank)} of ${expected.toFixed(0)}`);
  }
});

test.run();
