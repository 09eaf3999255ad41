/**
 * `npm run bench:memory`: bytes an entry, u32 to u32, at sizes from 1e5 to 1e7, each in a process of its own; and what
 * is left after nine in ten are deleted and the map is trimmed. RSS is the growth of the process's resident set since
 * before the map was made, peak the most that it was while the map grew.
 *
 *   --sizes 25     how many sizes, evenly spaced on a logarithmic scale
 *   --json FILE    all figures
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { machine } from '../report/tables.js';
import { measureMemory, memoryLines } from './measure.js';

const { values: options } = parseArgs({
  options: { sizes: { type: 'string', default: '25' }, json: { type: 'string' } },
});

console.log(machine());
const rows = measureMemory(Number(options.sizes));

const table = new Table({
  head: [
    'entries',
    'bytes/entry',
    'RSS/entry',
    'RSS/bytes',
    'peak/RSS',
    'bytes left',
    'after trim',
    'RSS left',
    'after trim',
  ],
  style: { head: [], border: [] },
  colAligns: Array(9).fill('right'),
});
/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(1)} %`;
for (const { entries, bytes, rss, peak, afterDelete, rssAfterDelete, afterTrim, rssAfterTrim, trims } of rows) {
  table.push([
    entries.toLocaleString('en'),
    (bytes / entries).toFixed(2),
    (rss / entries).toFixed(2),
    (rss / bytes).toFixed(2),
    peak === undefined ? '-' : (peak / rss).toFixed(2),
    percent(afterDelete / bytes),
    trims ? percent(afterTrim / bytes) : '-',
    percent(rssAfterDelete / rss),
    trims ? percent(rssAfterTrim / rss) : '-',
  ]);
}
console.log(`${table}`);
console.log(memoryLines(rows).join('\n'));
if (rows[0]?.trims) {
  const left = rows.map(({ afterTrim, bytes }) => afterTrim / bytes);
  console.log(
    `after nine in ten were deleted and trim: at most ${percent(Math.max(...left))} of the bytes (target 25 %)`,
  );
} else {
  console.log('this build has no trim');
}
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine: machine(), rows }, undefined, 2)}\n`);
