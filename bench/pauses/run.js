/**
 * `npm run bench:pauses`: how long single operations take at worst, on the way to 1e7 entries and while nine in ten are deleted, beside the built-in Map and a loop
 * without a map, each in a process of its own, on several versions of Node.
 *
 *   --nodes 20,24,26       (default) major versions, fetched from npm if they are not this one
 *   --n 1e7                entries
 *   --contenders a,b       of tophash, Map and "no map" (default all)
 *   --json FILE            all figures, with the longest operations
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { nodeBinary } from '../nodes.js';
import { machine } from '../report/tables.js';
import { measurePauses } from './measure.js';

const { values: options } = parseArgs({
  options: {
    nodes: { type: 'string', default: '20,24,26' },
    n: { type: 'string', default: '1e7' },
    contenders: { type: 'string', default: 'tophash,Map,no map' },
    json: { type: 'string' },
  },
});
const entries = Number(options.n);

console.log(machine());
const all = options.nodes
  .split(',')
  .flatMap((major) => measurePauses(nodeBinary(Number(major)), entries, options.contenders.split(',')));
console.log(`CPU time: ${all[0]?.clock}`);

for (const phase of /** @type {const} */ (['inserted', 'deleted'])) {
  for (const part of /** @type {const} */ (['warm', 'rest'])) {
    const which = part === 'warm' ? 'the first 100,000' : 'all others';
    const verb = phase === 'inserted' ? 'set' : 'delete';
    const table = new Table({
      head: ['', 'node', 'mean ns', 'p99.99', 'p99.9999', 'max', '> 1 ms', 'max CPU', 'most moved'],
      style: { head: [], border: [] },
      colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    });
    for (const { contender, node, maxMovedPerOp, [phase]: both } of all) {
      const { mean, p9999, p999999, max, overMs, maxCpu, long } = both[part];
      table.push([
        contender,
        node,
        (mean * 1000).toFixed(0),
        ...[p9999, p999999, max].map((time) => time.toFixed(0)),
        overMs,
        long === 0 ? '-' : maxCpu.toFixed(0),
        maxMovedPerOp ?? '-',
      ]);
    }
    console.log(
      `\n${verb}, ${which} of ${entries.toLocaleString('en')} operations; us, wall time where not CPU\n${table}`,
    );
  }
}
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine: machine(), all }, undefined, 2)}\n`);
