/** Growth ahead of an async batch: a table of many entries moves to a larger one, in steps. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { hasBadHash } from './support/builds.js';
import { same } from './support/check.js';
import { distinctKeys } from './support/random.js';
import { build, checked, HashSet } from './support/tophash.js';

const test = behaviour('async-move');
const budgetMs = 0;
const HELD = 101_000;
const ROWS = 140_000;
const all = distinctKeys(HELD + ROWS, 8);
const [held, rest] = [all.subarray(0, HELD), all.subarray(HELD)];
/** Under a bad hash so many keys take minutes; where every step checks the whole table they take seconds. */
const runs = hasBadHash(build) ? test.skip : test;
const runsUnchecked = checked ? test.skip : runs;

/** Calls `act(state)` once, when the entries are on their way. */
function whileMoving(map, act) {
  let last = -1;
  const state = { moving: 0, bytes: 0, acted: false };
  const onProgress = (done) => {
    if (done === last) {
      state.moving++;
      const { bytes } = map.stats();
      state.bytes = Math.max(state.bytes, bytes);
      if (!state.acted && state.moving === 3) {
        state.acted = true;
        act?.();
      }
    }
    last = done;
  };
  return { onProgress, state };
}

runs('the entries move once, and the map is whole before, meanwhile and after', async () => {
  const map = make('u32', 'f64');
  map.putAll(held, 1);
  const before = map.stats();
  const iterator = map.keys();
  const first = iterator.next().value;
  let checks = 0;
  const { onProgress, state } = whileMoving(map, () => {
    checks++;
    assert.is(map.size, map.getAll(all).hits);
    assert.is(map.get(held[5]), 1);
    assert.is(map.get(rest[ROWS - 1]), undefined);
  });
  assert.is(await map.putAllAsync(rest, Float64Array.from(rest), { budgetMs, onProgress }), ROWS);
  assert.is(checks, 1, 'it moved, in more than one step');
  const after = map.stats();
  assert.is(map.size, all.length);
  assert.ok(state.bytes > before.bytes * 2, 'both tables count while both are there');
  assert.ok(after.bytes < state.bytes, 'the old one goes');
  assert.ok(after.buckets >= 2 * before.buckets);
  assert.ok(after.moved >= before.moved + HELD, 'entries that moved are counted');
  assert.is(after.seed, before.seed);
  same(map.getAll(rest).values, Float64Array.from(rest));
  same(map.getAll(held).values, new Float64Array(HELD).fill(1));
  const seen = new Set([first, ...iterator]);
  assert.is(held.filter((key) => seen.has(key)).length, HELD, 'an iterator from before goes on');
});

const writes = {
  set: (map) => map.set(rest[ROWS - 1], 77),
  delete: (map) => map.delete(held[0]),
  clear: (map) => map.clear(),
  putAll: (map) => map.putAll(rest.subarray(0, 5000), 7),
};
for (const [name, write] of Object.entries(writes)) {
  (name === 'set' ? runs : runsUnchecked)(`a ${name} in between has the move given up, and is not lost`, async () => {
    const map = make('u32', 'u32');
    map.putAll(held, 1);
    let moves = 0;
    const { onProgress, state } = whileMoving(map, () => {
      moves++;
      write(map);
    });
    await map.putAllAsync(rest, 2, { budgetMs, onProgress });
    assert.is(moves, 1);
    assert.ok(state.moving < 10, `${state.moving} slices of moving`);
    const gone = { clear: HELD, delete: 1 }[name] ?? 0;
    const late = name === 'clear' ? rest.length - map.getAll(rest).hits : 0;
    assert.is(map.size, all.length - gone - late);
    same(map.getAll(rest.subarray(ROWS / 2)).values, new Uint32Array(ROWS / 2).fill(2));
    if (name !== 'clear') assert.is(map.getAll(held).hits, HELD - gone);
  });
}

runsUnchecked('a batch that ends while entries are on their way leaves the map as it is', async () => {
  const map = make('u32', 'u32');
  map.putAll(held, 1);
  const mine = new Error('mine');
  const { onProgress } = whileMoving(map, () => {
    throw mine;
  });
  let error;
  await map.putAllAsync(rest, 2, { budgetMs, onProgress }).catch((e) => (error = e));
  assert.is(error, mine);
  const { bytes, buckets } = map.stats();
  assert.ok(bytes < buckets * 64 + 2 ** 18, `${bytes} bytes: the new table is forgotten`);
  assert.is(map.getAll(held).hits, HELD);
  const left = all.length - map.size;
  assert.is(map.putAll(rest, 3), left);
});

runsUnchecked('sets, and values of any kind', async () => {
  const set = tracked(HashSet.fromColumn(held, { key: 'u32' }));
  const ofSet = whileMoving(set);
  assert.is(await set.addAllAsync(rest, { budgetMs, onProgress: ofSet.onProgress }), ROWS);
  assert.ok(ofSet.state.moving > 2);
  assert.is(set.hasAll(all).indexOf(0), -1);

  const map = make('u32', 'any');
  map.putAll(
    held,
    Array.from(held, (key) => `${key}`),
  );
  const ofMap = whileMoving(map);
  assert.is(await map.putAllAsync(rest, 'rest', { budgetMs, onProgress: ofMap.onProgress }), ROWS);
  assert.ok(ofMap.state.moving > 2);
  held.forEach((key, i) => void (i % 97 === 0 && assert.is(map.get(key), `${key}`)));
  assert.is(map.get(rest[0]), 'rest');
});

runsUnchecked('where maxBytes has no room for both tables, entries stay', async () => {
  const map = make('u32', 'u32', { maxBytes: 4e6 });
  map.putAll(held, 1);
  const { onProgress, state } = whileMoving(map);
  assert.is(await map.putAllAsync(rest, 2, { budgetMs, onProgress }), ROWS);
  assert.is(state.moving, 0);
  assert.ok(map.stats().bytes <= 4e6);
});

for (const [what, act] of [
  ['written to', (map) => map.set(7, 7)],
  ['made room in', (map) => map.reserve(150_000)],
]) {
  runsUnchecked(`a map that is ${what} meanwhile drops the table that entries were moving to at once`, async () => {
    const map = make('u32', 'u32');
    map.putAll(held, 1);
    const { bytes } = map.stats();
    let after = 0;
    const { onProgress, state } = whileMoving(map, () => {
      act(map);
      after = map.stats().bytes;
    });
    await map.putAllAsync(rest, 2, { budgetMs, onProgress });
    assert.ok(state.bytes > 2 * bytes, 'both tables were there');
    assert.ok(after > 0 && after < 2 * bytes, `${after} bytes, ${bytes} before`);
    assert.is(map.getAll(all).hits, all.length);
    assert.equal([map.get(held[1]), map.get(rest[1])], [1, 2]);
  });
}

runsUnchecked('room that was asked for is kept', async () => {
  const map = make('u32', 'u32', { capacity: 90_000 });
  map.putAll(held, 1);
  await map.putAllAsync(rest, 1, { budgetMs });
  map.deleteAll(all.subarray(10));
  assert.ok(map.stats().forecast.nextGrowthAt >= 90_000, `grows at ${map.stats().forecast.nextGrowthAt}`);
});

test.run();
