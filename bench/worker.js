/**
 * A process that measures one contender. It obeys the driver: `round` makes new data, `sample` runs
 * one row of that round once and answers with the figures.
 *
 * mitata does the measuring, one `measure` for each sample. Its computed parameters hand the state
 * over outside the timed part, but mitata itself decides how often it calls the benchmark, and rows
 * that fill or empty a map can run once only. So all that would repeat is switched off:
 * - the first, untimed call of `measure` gets no subjects and so does nothing;
 * - `warmup_threshold: -1` forbids more of them, and with them the mode that runs 4,096 at a time;
 * - `min_samples` and `max_samples` of 1 take one sample: repetition is the driver's, over rounds.
 * Warm code comes from the driver's practice rounds; warm caches, after the turns of the other
 * processes, from what a row does untimed right before the sample (maps: a look-up of all keys). The processes run with
 * --expose-gc, and mitata collects garbage before each sample, so that no row pays for what another
 * one left behind.
 *
 * The process lives for all the rounds of one N, and so meets many maps: call sites inside a library
 * are as polymorphic here as in a program that has more than one map.
 */
import { openSync, readSync, writeSync } from 'node:fs';
import { measure } from 'mitata';
import { clockRate } from './clock-rate.js';
import { loadContender } from './contenders/index.js';
import { SUITES } from './suites/index.js';
import { weigh } from './weigh.js';

/**
 * @typedef {object} Sample
 * @property {number} [ns] per operation, the lesser of `wall` and `cpu`: what the main thread ran at
 *   most. `wall` alone counts the other programs of a noisy machine, `cpu` alone the helper threads
 *   of the garbage collector and of the compiler.
 * @property {number} [wall] ns per operation
 * @property {number} [cpu] ns per operation, of all threads of the process
 * @property {number} [heap] growth of the JavaScript heap in bytes per operation; unknown
 *   where it shrank
 * @property {number} [bytes] per operation, instead of the time: see weigh.js
 * @property {number} [outside] growth of what the maps hold outside the JavaScript heap, in bytes per operation
 * @property {number} [bytesPerEntry] of the full maps, outside the JavaScript heap
 * @property {number} [cycles] of the processor, per operation, where the suite counts them
 * @property {number} [operations]
 * @property {string} checksum
 */

/** @typedef {{ min: number, counters: { cpu: number }, heap: { _: number, total: number } }} Measured */

/** @typedef {{ type: 'round', n: number, round: number } | { type: 'sample', row: string, counters?: Pipes }} Request */

/** @typedef {{ control: string, ack: string }} Pipes by which perf is switched on and off, see counters/perf.js */

const suite = SUITES[process.argv[2]];
const contender = await loadContender(suite.contendersOf ?? suite.name, process.argv[3]);

/** @type {any[]} */
let subjects = [];
/** @type {unknown[]} */
const keepsakes = [];

process.on('message', async (/** @type {Request} */ request) => {
  if (request.type === 'round') {
    suite.drop?.(contender, subjects);
    subjects = suite.createSubjects(request.n, request.round);
    if (keepsakes.length === 0) keepsakes.push(suite.keepsakeOf?.(contender, subjects));
    process.send?.('ready');
  } else {
    process.send?.(await takeSample(request.row, request.counters));
  }
});

/**
 * @param {string} name
 * @param {Pipes} [counters]
 * @returns {Promise<Sample>}
 */
async function takeSample(name, counters) {
  const row = /** @type {import('./rows/map-rows.js').Row} */ (suite.rows.find((row) => row.name === name));
  await row.enter(contender, subjects);
  const before = suite.bytes?.(contender, subjects);
  const figures = row.weighs ? weighed(row) : await timed(row, counters);
  const after = suite.bytes?.(contender, subjects);
  const all = {
    ...figures,
    cycles: suite.cycles && 'ns' in figures ? figures.ns * clockRate() : undefined,
    outside: after === undefined ? undefined : after - (before ?? 0),
  };
  const checksum = await row.checksum(contender, subjects);
  const operations = row.operations(subjects);
  const bytesPerEntry = suite.bytesPerEntry?.(contender, subjects);
  row.leave(contender, subjects);
  const each = Object.entries(all).map(([name, figure]) => [name, figure === undefined ? figure : figure / operations]);
  return { ...Object.fromEntries(each), operations, bytesPerEntry, checksum };
}

/** @param {import('./rows/map-rows.js').Row} row */
function weighed(row) {
  const run = () => {
    row.run(contender, subjects);
    return suite.bytes?.(contender, subjects) ?? 0;
  };
  return { bytes: weigh(/** @type {'retained'} */ (row.weighs), run) };
}

/**
 * @param {import('./rows/map-rows.js').Row} row
 * @param {Pipes} [pipes]
 */
async function timed(row, pipes) {
  const turns = [
    () => [],
    () => {
      row.warm(contender, subjects);
      return subjects;
    },
  ];
  const tuning = {
    heap: () => process.memoryUsage().heapUsed,
    min_samples: 1,
    max_samples: 1,
    min_cpu_time: 0,
    warmup_threshold: -1,
    $counters: cpuClock(pipes),
  };
  /** @type {unknown} */
  const stats = await measure(function* () {
    yield { 0: () => turns.shift()?.(), bench: (/** @type {any[]} */ subjects) => row.run(contender, subjects) };
  }, tuning);
  const { min: wall, counters, heap } = /** @type {Measured} */ (stats);
  const { cpu } = counters;
  return { ns: Math.min(wall, cpu), wall, cpu, heap: heap._ === 1 ? heap.total : undefined };
}

/**
 * A counter of CPU time in the form of @mitata/counters: mitata calls it right around the sample. So are perf's
 * counters switched, outside of the CPU time.
 * @param {Pipes} [counters]
 */
function cpuClock(counters) {
  const tell = counters ? pipeTo(counters) : () => {};
  let usage = process.cpuUsage();
  return {
    init() {},
    before() {
      tell('enable');
      usage = process.cpuUsage();
    },
    after() {
      usage = process.cpuUsage(usage);
      tell('disable');
    },
    translate: () => ({ cpu: (usage.user + usage.system) * 1e3 }),
    deinit() {},
  };
}

/**
 * Says a word and waits for the answer.
 * @param {Pipes} pipes
 */
function pipeTo({ control, ack }) {
  const [to, from] = [openSync(control, 'w'), openSync(ack, 'r')];
  const answer = Buffer.alloc(16);
  return (/** @type {string} */ word) => {
    writeSync(to, `${word}\n`);
    readSync(from, answer, 0, answer.length, null);
  };
}
