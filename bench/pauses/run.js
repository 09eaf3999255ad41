/**
 * `npm run bench:pauses`: how long single operations take at worst, on the way to 1e7 entries and while nine in ten are
 * deleted, beside the built-in Map and a loop without a map, each in a process of its own, on several versions of Node
 * and in a page of Chromium.
 *
 *   --nodes 20,24,26       (default) major versions, fetched from npm if they are not this one; '' for none
 *   --browsers chromium    (default) as this machine has it; '' for none
 *   --n 1e7                entries
 *   --contenders a,b       of tophash, Map and "no map" (default all)
 *   --json FILE            all figures, with the longest operations
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { nodeBinary } from '../nodes.js';
import { machine } from '../report/tables.js';
import { runInChromium } from './browser.js';
import { WARM } from './measure.js';
import { measurePauses } from './on-node.js';

const { values: options } = parseArgs({
  options: {
    nodes: { type: 'string', default: '20,24,26' },
    browsers: { type: 'string', default: 'chromium' },
    n: { type: 'string', default: '1e7' },
    contenders: { type: 'string', default: 'tophash,Map,no map' },
    json: { type: 'string' },
  },
});
const entries = Number(options.n);
if (!(entries >= 2 * WARM)) throw new RangeError(`--n is ${options.n}, expected at least ${2 * WARM}`);
const contenders = options.contenders.split(',');
const listed = (/** @type {string} */ list) => list.split(',').filter((name) => name !== '');

console.log(machine());
const all = listed(options.nodes).flatMap((major) => measurePauses(nodeBinary(Number(major)), entries, contenders));
if (all.length > 0) console.log(`CPU time on Node: ${all[0].clock}`);

for (const browser of listed(options.browsers)) {
  if (browser !== 'chromium') throw new RangeError(`--browsers is '${browser}', expected chromium`);
  const figures = await runInChromium(contenders, entries);
  if (figures === undefined) {
    console.log('Chromium: not found, not measured');
    continue;
  }
  const { step } = figures[0];
  console.log(`Chromium's clock: performance.now of a cross-origin isolated page, in steps of ${step} us, so each of its times is
known to within ${2 * step} us, either side; it tells no CPU time.`);
  all.push(...figures);
}

for (const phase of /** @type {const} */ (['inserted', 'deleted'])) {
  for (const part of /** @type {const} */ (['warm', 'rest'])) {
    const which = part === 'warm' ? 'the first 100,000' : 'all others';
    const verb = phase === 'inserted' ? 'set' : 'delete';
    const table = new Table({
      head: ['', 'on', 'mean ns', 'p99.99', 'p99.9999', 'max', '> 1 ms', 'CPU p99.9999', 'max CPU', 'most moved'],
      style: { head: [], border: [] },
      colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    });
    for (const { contender, host, step = 0, maxMovedPerOp, [phase]: both } of all) {
      const { mean, p9999, p999999, max, overMs, p999999Cpu, maxCpu, long } = both[part];
      table.push([
        contender,
        host,
        (mean * 1000).toFixed(0),
        ...[p9999, p999999, max].map((time) =>
          time < 2 * step ? `<${(time + 2 * step).toFixed(0)}` : time.toFixed(0),
        ),
        overMs,
        ...[p999999Cpu, maxCpu].map((time) => (long === 0 || time === 0 ? '-' : (time?.toFixed(0) ?? 'not told'))),
        maxMovedPerOp ?? '-',
      ]);
    }
    console.log(
      `\n${verb}, ${which} of ${entries.toLocaleString('en')} operations; us, wall time where not CPU\n${table}`,
    );
  }
}
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine: machine(), all }, undefined, 2)}\n`);
