import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { nativeBuilds } from './support/builds.js';
import { child } from './support/child.js';
import { keyColumn, pairs, valueKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';
import { build } from './support/tophash.js';

const test = behaviour('memory');

test('many live maps of ten entries', () => {
  const count = budget(10000, { debug: 3000, full: 10000 });
  const keys = distinctKeys(10, 1);
  const maps = Array.from({ length: count }, (_, i) => {
    const map = make('u32', i % 2 === 0 ? 'u32' : 'f64');
    if (i % 3 === 0) map.putAll(keys, i);
    else for (const key of keys) map.set(key, i);
    return map;
  });
  let bytes = 0;
  maps.forEach((map, i) => {
    assert.is(map.size, 10);
    const { Column } = i % 2 === 0 ? valueKinds.u32 : valueKinds.f64;
    same(map.getAll(keys).values, new Column(10).fill(i));
    assert.is(map.get(keys[9]), i);
    const own = map.stats().bytes;
    assert.ok(own > 0 && own <= 4096, `${own} bytes for ten entries`);
    bytes += own;
  });
  assert.ok(bytes <= 4096 * count, `${bytes / count} bytes each`);

  maps.forEach((map, i) => {
    if (i % 2 === 0) map.delete(keys[0]);
    else map.clear();
  });
  maps.forEach((map, i) => void assert.is(map.size, i % 2 === 0 ? 9 : 0));
});

test('many live maps of ten thousand entries', () => {
  const count = budget(1000, { debug: 40, high: 200, full: 1000 });
  const rows = budget(10000, { debug: 2000, full: 10000 });
  const all = distinctKeys(rows + count, 2);
  const keysOf = (i) => all.subarray(i, i + rows);
  const maps = Array.from({ length: count }, (_, i) => {
    const map = make('u32', 'u32');
    map.putAll(keysOf(i), i);
    return map;
  });
  maps.forEach((map, i) => {
    assert.is(map.size, rows);
    same(map.getAll(keysOf(i)).values, new Uint32Array(rows).fill(i));
    assert.is(map.has(all[(i + rows) % all.length]), false);
    map.set(all[i], 2 ** 32 - 1);
  });
  maps.forEach((map, i) => void assert.is(map.get(all[i]), 2 ** 32 - 1));
});

test('maps of all kinds and sizes side by side do not disturb each other', () => {
  const rounds = budget(40, { debug: 12 });
  const keys = distinctKeys(4000, 3);
  const maps = pairs.map(({ key, value }) => {
    const zero = valueKinds[value].zero;
    const wide = (n) => (typeof zero === 'bigint' ? BigInt(n) : n);
    return { map: make(key, value), column: keyColumn(key, 4000, (i) => keys[i]), wide, value, size: 0 };
  });
  for (let round = 1; round <= rounds; round++) {
    for (const [i, held] of maps.entries()) {
      const size = Math.min(4000, held.size + ((i * 37 + round * 13) % 100) + (i === round % maps.length ? 700 : 0));
      held.map.putAll(held.column.subarray(0, size), held.wide(round));
      held.size = size;
    }
    for (const { map, column, wide, value, size } of maps) {
      assert.is(map.size, size);
      const expected = new valueKinds[value].Column(4000).fill(wide(round), 0, size);
      same(map.getAll(column).values, expected, value);
    }
  }
});

const large = {
  maps: budget(100, { debug: 20, high: 20, full: 100, whole: true }),
  entries: budget(100000, { debug: 3000, high: 20000, full: 100000, whole: true }),
};

// The smaller load of the slower builds gives V8 too little reason to collect by itself.
const unasked = build === 'release' ? [] : ['--expose-gc'];

for (const [name, how, flags] of [
  ['with dispose', 'dispose', unasked],
  ['by garbage collection alone', 'drop', unasked],
  ['by garbage collection when asked', 'drop', ['--expose-gc']],
]) {
  test(`maps made and dropped for 20 rounds leave no memory behind, ${name}`, () => {
    const resident = child('rounds.js', { flags, args: [how, large.maps, large.entries, 20] });
    assert.is(resident.length, 20);
    // Unless the child asks, a round may end just before V8 collects, or just after: the lowest of the last five rounds
    // tells what stays, and that of a round in the middle of the first five with what it is compared.
    const asked = flags.length > 0;
    // Modules for servers are freed later than what is asked for: a round's maps, 120 MB, go with that round or with
    // the next one.
    const first = resident.slice(0, 5).sort((a, b) => a - b);
    const lags = nativeBuilds.includes(build);
    const early = lags ? first[4] : asked ? resident[4] : first[2];
    const late = asked && !lags ? resident[19] : Math.min(...resident.slice(15));
    assert.ok(late <= 1.1 * early, `${late} bytes resident at last, ${early} after five rounds: ${resident}`);
  });
}

test('the memory that hashing a long row took is given back', () => {
  const length = 3e8;
  const { hashes, before, after } = child('hash-long.js', { flags: ['--expose-gc'], args: [length] });
  assert.is(new Set(hashes).size, 1, `${hashes}`);
  assert.ok(after - before < length / 3, `${after - before} bytes more are resident, of ${length}`);
});

test('small maps that one job makes and drops are not kept until it ends', () => {
  const { pools, before, after } = child('one-job.js', { flags: ['--expose-gc'] });
  assert.ok(pools > 200, `${pools} pools`);
  const grown = (after - before) / 2 ** 20;
  assert.ok(grown < pools / 2, `${grown} MiB more are resident, of ${pools} pools of 1 MiB`);
});

test.run();
