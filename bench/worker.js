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
 * processes, from an untimed look-up of all keys right before the sample. The processes run with
 * --expose-gc, and mitata collects garbage before each sample, so that no row pays for what another
 * one left behind.
 *
 * The process lives for all the rounds of one N, and so meets many maps: call sites inside a library
 * are as polymorphic here as in a program that has more than one map.
 */
import { measure } from 'mitata';
import { loadContender } from './contenders/index.js';
import { ROWS } from './rows.js';
import { createWorkload } from './workload.js';

/**
 * @typedef {object} Sample
 * @property {number} ns per operation, the lesser of `wall` and `cpu`: what the main thread ran at
 *   most. `wall` alone counts the other programs of a noisy machine, `cpu` alone the helper threads
 *   of the garbage collector and of the compiler.
 * @property {number} wall ns per operation
 * @property {number} cpu ns per operation, of all threads of the process
 * @property {number | undefined} heap growth of the JavaScript heap in bytes per operation; unknown
 *   where it shrank
 * @property {number | undefined} bytesPerEntry of the full maps, outside the JavaScript heap
 * @property {string} checksum
 */

/** @typedef {{ min: number, counters: { cpu: number }, heap: { _: number, total: number } }} Measured */

/** @typedef {{ type: 'round', n: number, round: number } | { type: 'sample', row: string }} Request */

const contender = await loadContender(/** @type {import('./contenders/index.js').ContenderName} */ (process.argv[2]));

/** @type {import('./workload.js').Subject[]} */
let subjects = [];
/** @type {number | undefined} */
let bytesPerEntry;

/**
 * Holds a map that lives as long as the process. Where no object of a class is left at a garbage
 * collection, V8 throws away the optimised code for that class, and the next sample would pay for
 * compiling it again.
 * @type {unknown[]}
 */
const keepsakes = [];

process.on('message', async (/** @type {Request} */ request) => {
  if (request.type === 'round') {
    dropMaps();
    subjects = createWorkload(request.n, request.round);
    if (keepsakes.length === 0) keepsakes.push(createFilled(subjects[0]));
    process.send?.('ready');
  } else {
    process.send?.(await takeSample(rowNamed(request.row)));
  }
});

/**
 * @param {import('./rows.js').Row} row
 * @returns {Promise<Sample>}
 */
async function takeSample(row) {
  if (!row.needsMaps) dropMaps();
  else if (!subjects[0].map) {
    rowNamed('insert').run(contender, subjects);
    weigh();
  }
  const { wall, cpu, heap } = await time((subjects) => row.run(contender, subjects));
  if (!row.needsMaps) weigh();

  const checksum = row.checksum(contender, subjects);
  if (!row.keepsMaps) dropMaps();
  const operations = row.operations(subjects);
  return {
    ns: Math.min(wall, cpu) / operations,
    wall: wall / operations,
    cpu: cpu / operations,
    heap: heap === undefined ? undefined : heap / operations,
    bytesPerEntry,
    checksum,
  };
}

function weigh() {
  bytesPerEntry = contender.bytesPerEntry(subjects[0].map);
}

/** @param {import('./workload.js').Subject} subject */
function createFilled({ keys, values }) {
  const map = contender.create();
  contender.fill(map, keys, values);
  return map;
}

/** @param {(subjects: import('./workload.js').Subject[]) => void} run */
async function time(run) {
  const turns = [
    () => [],
    () => {
      for (const { map, warmup } of subjects) if (map) contender.has(map, warmup);
      return subjects;
    },
  ];
  const tuning = {
    heap: () => process.memoryUsage().heapUsed,
    min_samples: 1,
    max_samples: 1,
    min_cpu_time: 0,
    warmup_threshold: -1,
    $counters: cpuClock(),
  };
  /** @type {unknown} */
  const stats = await measure(function* () {
    yield { 0: () => turns.shift()?.(), bench: run };
  }, tuning);
  const { min, counters, heap } = /** @type {Measured} */ (stats);
  return { wall: min, cpu: counters.cpu, heap: heap._ === 1 ? heap.total : undefined };
}

/** A counter of CPU time in the form of @mitata/counters: mitata calls it right around the sample. */
function cpuClock() {
  let usage = process.cpuUsage();
  return {
    init() {},
    before() {
      usage = process.cpuUsage();
    },
    after() {
      usage = process.cpuUsage(usage);
    },
    translate: () => ({ cpu: (usage.user + usage.system) * 1e3 }),
    deinit() {},
  };
}

function dropMaps() {
  for (const subject of subjects) {
    if (subject.map) contender.dispose(subject.map);
    subject.map = undefined;
  }
}

/** @param {string} name */
function rowNamed(name) {
  return /** @type {import('./rows.js').Row} */ (ROWS.find((row) => row.name === name));
}
