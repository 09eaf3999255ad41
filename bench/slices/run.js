/**
 * `npm run bench:slices`: putAllAsync and getAllAsync against putAll and getAll, u32 to u32 from an empty map, in
 * turns; and how long the event loop is blocked meanwhile: the time between two calls of a setImmediate that asks for
 * itself again, in wall time, and the thread's CPU time.
 *
 *   --n 5e6        entries
 *   --rounds 9
 *   --budget 8     budgetMs
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { HashMap } from 'tophash';
import { integers, numbersFrom } from '../keys.js';
import { CLOCK, cpuMicros } from '../pauses/clock.js';
import { machine } from '../report/tables.js';
import { spread } from '../statistics.js';

const { values: options } = parseArgs({
  options: {
    n: { type: 'string', default: '5e6' },
    rounds: { type: 'string', default: '9' },
    budget: { type: 'string', default: '8' },
  },
});
const [n, rounds, budgetMs] = [options.n, options.rounds, options.budget].map(Number);
const keys = integers(1, numbersFrom(0, n));

/**
 * Milliseconds of CPU time of a batch, and the longest blocks of the event loop meanwhile.
 * @param {() => unknown} run
 */
async function measure(run) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const blocks = { wall: 0, cpu: 0 };
  let [wall, cpu] = [performance.now(), cpuMicros()];
  const start = cpu;
  let ended = false;
  const look = () => {
    const [wallNow, cpuNow] = [performance.now(), cpuMicros()];
    blocks.wall = Math.max(blocks.wall, wallNow - wall);
    blocks.cpu = Math.max(blocks.cpu, (cpuNow - cpu) / 1000);
    [wall, cpu] = [wallNow, cpuNow];
  };
  const again = () => {
    look();
    if (!ended) setImmediate(again);
  };
  setImmediate(again);
  await run();
  ended = true;
  look();
  return { time: (cpuMicros() - start) / 1000, ...blocks };
}

const batches = {
  putAll: async () => {
    const map = new HashMap({ key: 'u32', value: 'u32' });
    const result = await measure(() => map.putAll(keys, keys));
    map.dispose();
    return result;
  },
  putAllAsync: async () => {
    const map = new HashMap({ key: 'u32', value: 'u32' });
    const result = await measure(() => map.putAllAsync(keys, keys, { budgetMs }));
    if (map.size !== n) throw new Error(`${map.size} entries`);
    map.dispose();
    return result;
  },
  getAll: () => measure(() => full.getAll(keys)),
  getAllAsync: () => measure(() => full.getAllAsync(keys, { budgetMs })),
};
const full = new HashMap({ key: 'u32', value: 'u32' });
full.putAll(keys, keys);

/** @type {Record<string, { time: number, wall: number, cpu: number }[]>} */
const samples = {};
for (let round = 0; round <= rounds; round++) {
  for (const [name, batch] of Object.entries(batches)) {
    const sample = await batch();
    if (round > 0) (samples[name] ??= []).push(sample); // the first is practice
  }
}

const table = new Table({
  head: [
    '',
    'CPU ms (quartiles)',
    'of the batch in one',
    'longest block, CPU ms',
    'wall ms, median',
    'wall ms, longest',
  ],
  style: { head: [], border: [] },
  colAligns: ['left', ...Array(5).fill('right')],
});
for (const [name, runs] of Object.entries(samples)) {
  const sync = samples[name.replace('Async', '')];
  const { q1, median, q3 } = /** @type {import('../statistics.js').Spread} */ (spread(runs.map(({ time }) => time)));
  const ratio = spread(runs.map(({ time }, i) => time / sync[i].time))?.median ?? NaN;
  const blocks = runs.map(({ wall }) => wall);
  table.push([
    name,
    `${median.toFixed(0)} (${q1.toFixed(0)} to ${q3.toFixed(0)})`,
    name.endsWith('Async') ? `${ratio.toFixed(2)}x` : '',
    Math.max(...runs.map(({ cpu }) => cpu)).toFixed(1),
    spread(blocks)?.median.toFixed(1),
    Math.max(...blocks).toFixed(1),
  ]);
}
console.log(
  `${machine()}\n${n.toLocaleString('en')} entries, budgetMs ${budgetMs}, ${rounds} rounds; CPU time: ${CLOCK}\n${table}`,
);
