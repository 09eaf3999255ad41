/**
 * `npm run bench:native`: batches through native kernels against the same in v128: two threads with the library, which
 * measure in turns. The ratios are those of issue 7, the median of all turns. Where there are no kernels, it says why,
 * and there is nothing to measure.
 *
 *   --sizes 1e3,1e5,1e6,1e7
 *   --rounds 9
 *   --kinds 'byte keys'     those whose name has these words
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import Table from 'cli-table3';
import { CLOCK } from '../pauses/clock.js';
import { machine } from '../report/tables.js';
import { spread } from '../statistics.js';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1e3,1e5,1e6,1e7' },
    rounds: { type: 'string', default: '9' },
    kinds: { type: 'string', default: '' },
  },
});
const sizes = options.sizes.split(',').map(Number);
const rounds = Number(options.rounds);

/**
 * Native time as a part of v128's that is aimed for, by kind and size.
 * @type {Record<string, Record<number, number>>}
 */
const WANTED = {
  'hash u32': { 1e5: 0.6 },
  'hash u64': { 1e5: 0.35 },
  'hash strings of 32 bytes': { 1e5: 0.75 },
  'getAll, all hits': { 1e5: 0.65, 1e6: 0.5, 1e7: 0.6 },
  'putAll, presized': { 1e6: 0.65 },
};

/** @param {boolean} native */
async function open(native) {
  const worker = new Worker(new URL('side.js', import.meta.url), { workerData: { native } });
  const [{ kinds, reason }] = await once(worker, 'message');
  if (reason !== undefined) {
    console.error(`there are no native kernels here: ${reason}`);
    process.exit(1);
  }
  /** @param {object} request */
  const ask = async (request) => {
    worker.postMessage(request);
    const [answer] = await once(worker, 'message');
    return answer.nanos;
  };
  return { worker, kinds, ask };
}

const native = await open(true);
const v128 = await open(false);

const table = new Table({
  head: ['', 'rows', 'v128, ns a row', 'native, ns a row', 'native / v128 (quartiles)', 'wanted'],
  style: { head: [], border: [] },
  colAligns: ['left', ...Array(5).fill('right')],
});
for (const kind of native.kinds.filter((/** @type {string} */ name) => name.includes(options.kinds))) {
  for (const n of sizes) {
    /** @type {[number, number][]} */
    const turns = [];
    for (let round = 0; round <= rounds; round++) {
      const turn = /** @type {[number, number]} */ ([await v128.ask({ kind, n }), await native.ask({ kind, n })]);
      if (round > 0) turns.push(turn); // the first is practice
    }
    for (const { worker } of [v128, native]) worker.postMessage({ kind, n, done: true });
    const ratio = /** @type {import('../statistics.js').Spread} */ (spread(turns.map(([a, b]) => b / a)));
    /** @param {0 | 1} side */
    const median = (side) => spread(turns.map((turn) => turn[side]))?.median.toFixed(2);
    table.push([
      kind,
      n.toLocaleString('en'),
      median(0),
      median(1),
      `${ratio.median.toFixed(2)} (${ratio.q1.toFixed(2)} to ${ratio.q3.toFixed(2)})`,
      WANTED[kind]?.[n]?.toString() ?? '',
    ]);
  }
}
console.log(`${machine()}\n${rounds} rounds; CPU time: ${CLOCK}\n${table}`);
await Promise.all([v128, native].map(({ worker }) => worker.terminate()));
