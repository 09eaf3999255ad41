/** How async batches take turns with everything else: slices, progress, abort. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { rejects, same } from './support/check.js';
import { distinctKeys } from './support/random.js';
import { AbortError } from './support/tophash.js';

const test = behaviour('async-slices');
/** For tests that count tasks: browsers and some edge hosts have nothing that queues one in line. */
const whereImmediate = typeof setImmediate === 'function' ? test : test.skip;
const keys = distinctKeys(10_000, 4);
const STEP = 1024;

/** How a batch is cut, as `onProgress` sees it. */
async function slicesOf(map, options) {
  const calls = [];
  await map.putAllAsync(keys, 1, { ...options, onProgress: (done, total) => void calls.push([done, total]) });
  assert.ok(
    calls.every(([, total]) => total === keys.length),
    'the number of all rows',
  );
  const done = calls.map(([rows]) => rows);
  assert.is(done.at(-1), keys.length, 'the last call');
  return done.map((rows, i) => rows - (done[i - 1] ?? 0));
}

/** Calls `run` with properties of the global object replaced. */
async function withGlobals(globals, run) {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  try {
    return await run();
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) delete globalThis[name];
      else Object.defineProperty(globalThis, name, descriptor);
    }
  }
}

whereImmediate('without a budget every step of 1,024 rows is a slice, and others run in between', async () => {
  const map = make('u32', 'u32');
  let timers = 0;
  const interval = setInterval(() => void timers++, 0);
  let immediates = 0;
  let ended = false;
  const count = () => {
    immediates++;
    if (!ended) setImmediate(count);
  };
  setImmediate(count);
  const slices = await slicesOf(map, { budgetMs: 0 });
  ended = true;
  clearInterval(interval);
  assert.equal(slices, [...Array(9).fill(STEP), keys.length - 9 * STEP]);
  assert.ok(immediates >= 9, `${immediates} immediates`);
});

test('a large budget is one slice, which needs no turn', async () => {
  const map = make('u32', 'u32');
  assert.equal(await slicesOf(map, { budgetMs: Infinity }), [keys.length]);
  const other = make('u32', 'u32');
  const promise = other.putAllAsync(keys, 1, { budgetMs: 1e9 });
  await undefined;
  assert.is(other.size, keys.length);
  assert.is(await promise, keys.length);
});

test('no rows: progress is told once', async () => {
  const calls = [];
  const onProgress = (...args) => void calls.push(args);
  assert.is(await make('u32', 'u32').putAllAsync(new Uint32Array(0), 1, { onProgress }), 0);
  assert.equal(calls, [[0, 0]]);
});

test('where the clock stands still a slice ends by its rows', async () => {
  const still = { now: () => 5 };
  const slices = await withGlobals({ performance: still }, () => slicesOf(make('u32', 'u32'), { budgetMs: 0.5 }));
  assert.equal(slices, [4 * STEP, 4 * STEP, keys.length - 8 * STEP]);
  const large = distinctKeys(100_000, 9);
  const progress = [];
  await withGlobals(
    { performance: still },
    () =>
      make('u32', 'u32').hasAll(large) &&
      make('u32', 'u32').getAllAsync(large, { onProgress: (done) => progress.push(done) }),
  );
  assert.equal(progress, [65_536, 100_000], 'of 8 ms');
});

for (const budgetMs of [0.3, 1000 / 60]) {
  test(`a budget that is no whole number of rows: ${budgetMs} ms`, async () => {
    const rows = 200_000;
    const many = distinctKeys(rows, 10);
    const wanted = Array.from({ length: rows }, (_, row) => row);
    await withGlobals({ performance: { now: () => 5 } }, async () => {
      for (const value of ['any', 'u32']) {
        const map = make('u32', value);
        const told = [];
        const onProgress = (done) => void told.push(done);
        assert.is(await map.putAllAsync(many, wanted, { budgetMs, onProgress }), rows);
        const { values, hits } = await map.getAllAsync(many, { budgetMs, onProgress });
        assert.is(hits, rows);
        assert.ok(
          wanted.every((_, row) => values[row] === row),
          `values of kind ${value}`,
        );
        assert.ok(told.length >= 4 && told.every(Number.isInteger), `progress: ${told.slice(0, 3)}`);
      }
    });
  });
}

test('the clock is looked at before every step', async () => {
  let now = 0;
  const ticking = { now: () => now++ };
  const slices = await withGlobals({ performance: ticking }, () => slicesOf(make('u32', 'u32'), { budgetMs: 4 }));
  assert.ok(
    slices.every((rows) => rows <= 4 * STEP),
    `slices of ${slices}`,
  );
  assert.ok(slices.length >= 3);
});

/** Hosts by what they lack, or have besides. */
const hosts = {
  'no setImmediate': { setImmediate: undefined },
  'no setImmediate, no MessageChannel': { setImmediate: undefined, MessageChannel: undefined },
};
for (const [name, globals] of Object.entries(hosts)) {
  test(`a host with ${name}`, async () => {
    const map = make('u32', 'u32');
    let timers = 0;
    const interval = setInterval(() => void timers++, 0);
    const slices = await withGlobals(globals, () => slicesOf(map, { budgetMs: 0 }));
    clearInterval(interval);
    assert.is(slices.length, 10);
    assert.is(map.size, keys.length);
  });
}

test('scheduler.yield is asked first', async () => {
  let yields = 0;
  const scheduler = { yield: () => new Promise((resolve) => void setTimeout(resolve, 0, yields++)) };
  await withGlobals({ scheduler, setImmediate: undefined, MessageChannel: undefined }, async () => {
    await slicesOf(make('u32', 'u32'), { budgetMs: 0 });
  });
  assert.is(yields, 9);
  await withGlobals({ scheduler: { wait() {} } }, () => slicesOf(make('u32', 'u32'), { budgetMs: 0 }));
});

test('a task whose own signal is aborted ends the batch: scheduler.yield says so', async () => {
  const reason = new Error('the task was aborted');
  let yields = 0;
  const scheduler = { yield: () => (++yields === 3 ? Promise.reject(reason) : Promise.resolve()) };
  const map = make('u32', 'u32');
  const error = await withGlobals({ scheduler }, () =>
    rejects(() => map.putAllAsync(keys, 1, { budgetMs: 0 }), AbortError),
  );
  assert.is(error.cause, reason);
  assert.is(error.rows, map.size);
  assert.is(
    await map.putAllAsync(keys, 1, { budgetMs: 0 }),
    keys.length - error.rows,
    'later batches have their turns',
  );
});

test('a signal that is aborted already: nothing happens', async () => {
  const map = make('u32', 'u32');
  const reason = { any: 'value' };
  for (const call of [
    (signal, onProgress) => map.putAllAsync(keys, 1, { signal, onProgress }),
    (signal, onProgress) => map.getAllAsync(keys, { signal, onProgress }),
    (signal, onProgress) => map.putAllAsync(new Uint32Array(0), 1, { signal, onProgress }),
  ]) {
    const error = await rejects(
      () => call(AbortSignal.abort(reason), () => assert.unreachable('no progress')),
      AbortError,
    );
    assert.is(error.name, 'AbortError');
    assert.is(error.cause, reason);
    assert.is(error.rows, 0);
  }
  assert.is(map.size, 0);
});

test('aborted midway: what was written stays, and the error says how much', async () => {
  for (const reason of [undefined, null, 0, 'text', Object.freeze(new Error('frozen'))]) {
    const map = make('u32', 'u32');
    const controller = new AbortController();
    const told = [];
    const onProgress = (done) => {
      told.push(done);
      if (told.length === 3) controller.abort(reason);
    };
    const error = await rejects(
      () => map.putAllAsync(keys, keys, { signal: controller.signal, budgetMs: 0, onProgress }),
      AbortError,
    );
    assert.is(error.cause, controller.signal.reason);
    assert.is(error.rows, 3 * STEP);
    assert.is(told.at(-1), error.rows, 'progress was told last');
    assert.match(error.message, `${error.rows} rows were applied`);
    assert.is(map.size, error.rows);
    same(map.getAll(keys.subarray(0, error.rows)).values, keys.slice(0, error.rows));
    assert.is(await map.putAllAsync(keys.subarray(error.rows), 1), keys.length - error.rows, 'the rest');
  }
});

whereImmediate('aborted from outside, by a timer', async () => {
  const map = make('u32', 'u32');
  const controller = new AbortController();
  setImmediate(() => setImmediate(() => controller.abort()));
  const { rows, cause } = await rejects(
    () => map.putAllAsync(keys, 1, { signal: controller.signal, budgetMs: 0 }),
    AbortError,
  );
  assert.is(cause.name, 'AbortError');
  assert.ok(rows >= STEP && rows < keys.length);
  assert.is(map.size, rows);
});

test('aborted after the last row: no matter', async () => {
  const map = make('u32', 'u32');
  const controller = new AbortController();
  const onProgress = (done, total) => done === total && controller.abort();
  assert.is(await map.putAllAsync(keys, 1, { signal: controller.signal, onProgress, budgetMs: 0 }), keys.length);
});

test('what onProgress throws ends the batch', async () => {
  const map = make('u32', 'u32');
  const mine = new RangeError('mine');
  const onProgress = () => {
    throw mine;
  };
  const error = await rejects(() => map.putAllAsync(keys, 1, { budgetMs: 0, onProgress }), RangeError);
  assert.is(error, mine);
  assert.is(error.rows, undefined, 'as it was');
  assert.is(map.size, STEP);
});

whereImmediate('batches take turns: one slice a task', async () => {
  const maps = [1, 2, 3].map(() => make('u32', 'u32'));
  let tasks = 0;
  let ended = false;
  const count = () => {
    tasks++;
    if (!ended) setImmediate(count);
  };
  setImmediate(count);
  const last = [0, 0, 0];
  let most = 0;
  const slicesIn = new Map();
  const runs = maps.map((map, i) =>
    map.putAllAsync(keys, i, {
      budgetMs: 0,
      onProgress(done) {
        slicesIn.set(tasks, (slicesIn.get(tasks) ?? 0) + 1);
        last[i] = done;
        most = Math.max(most, Math.max(...last) - Math.min(...last));
      },
    }),
  );
  assert.equal(await Promise.all(runs), [keys.length, keys.length, keys.length]);
  ended = true;
  assert.ok(most <= 2 * STEP, `no batch is more than two slices ahead of another: ${most} rows`);
  assert.is(Math.max(...slicesIn.values()), 1, 'slices in one turn of the event loop');
  maps.forEach((map, i) => same(map.getAll(keys).values, new Uint32Array(keys.length).fill(i)));
});

test.run();
