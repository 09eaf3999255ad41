/** Results as a table of at most 100 columns for a terminal, or as Markdown. */
import { availableParallelism, cpus } from 'node:os';
import Table from 'cli-table3';
import { CONTENDERS } from './contenders/index.js';
import { ROWS } from './rows.js';
import { ratio, samplesOf, spreadOf } from './statistics.js';

/** @typedef {import('./contenders/index.js').ContenderName} ContenderName */
/** @typedef {import('./driver.js').Results} Results */
/** @typedef {import('./statistics.js').Spread} Spread */

/** @type {ContenderName[]} */
const OTHERS = ['map', 'open-addressing'];
const HEAD = [
  'ns per operation',
  'tophash',
  ...OTHERS.map((name) => CONTENDERS[name].label),
  ...OTHERS.map((name) => `/${CONTENDERS[name].label}`),
  'heap B/op',
  'B/entry',
];

/** Every line of cli-table3's frame left out. */
const NO_FRAME = Object.fromEntries(
  ['top', 'bottom', 'left', 'right']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('mid', 'mid-mid')
    .map((part) => [part, '']),
);

export const LEGEND = `u32 -> u32, random keys. Median (quartiles) of rounds in which the contenders take turns, each in
a process of its own; of wall time and CPU time the lesser. "/Map" and "/JS-OA": how many times
faster tophash is, median of the ratios of the rounds. Batches are compared with the others' loops.
Map cannot be presized: its figure there is its insert from empty. heap B/op: growth of the
JavaScript heap, tophash / Map / JS-OA. B/entry: all linear memory of the full tophash map.`;

export function machine() {
  const engine = `node ${process.versions.node}, V8 ${process.versions.v8}`;
  return `${engine}, ${process.arch}, ${cpus()[0]?.model}, ${availableParallelism()} cores`;
}

/** @param {Results} results */
export function title({ n, rounds }) {
  return `N = ${n.toLocaleString('en')}, ${rounds} rounds`;
}

/** @param {Results} results */
export function terminalTable(results) {
  const table = new Table({
    head: HEAD,
    colAligns: HEAD.map((_, column) => (column === 0 ? 'left' : 'right')),
    chars: { ...NO_FRAME, middle: ' ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...tableRows(results));
  return table.toString();
}

/** @param {Results} results */
export function markdownTable(results) {
  const rule = HEAD.map((_, column) => (column === 0 ? '---' : '---:'));
  const lines = [HEAD, rule, ...tableRows(results)].map((cells) => `| ${cells.join(' | ')} |`);
  return `### ${title(results)}\n\n${lines.join('\n')}`;
}

/** @param {Results} results */
function tableRows(results) {
  const measured = ROWS.filter(({ name }) => Object.values(results.samples).some((samples) => name in samples));
  const loops = measured.map(({ name, single }) => tableRow(results, name, single, 'tophash'));
  if (!results.samples['tophash-batch']) return loops;
  const batches = measured.map(({ name, batch }) => tableRow(results, name, batch, 'tophash-batch'));
  return [...loops, ...batches];
}

/**
 * @param {Results} results
 * @param {string} row
 * @param {string} label
 * @param {ContenderName} tophash
 */
function tableRow(results, row, label, tophash) {
  const all = [tophash, ...OTHERS].map((name) => samplesOf(results, name, row));
  const heap = all.map((samples) => wholeNumber(spreadOf(samples, 'heap')));
  return [
    label,
    ...all.map((samples) => timeCell(spreadOf(samples, 'ns'))),
    ...OTHERS.map((name) => ratioCell(ratio(results, row, name, tophash))),
    heap.join('/'),
    spreadOf(all[0], 'bytesPerEntry')?.median.toFixed(1) ?? '',
  ];
}

/** @param {Spread | undefined} spread */
function timeCell(spread) {
  if (!spread) return '-';
  const [median, q1, q3] = [spread.median, spread.q1, spread.q3].map((ns) => ns.toFixed(ns < 99.95 ? 1 : 0));
  return `${median} (${q1}-${q3})`;
}

/** @param {Spread | undefined} spread */
function ratioCell(spread) {
  return spread ? `${spread.median.toFixed(1)}x` : '-';
}

/** @param {Spread | undefined} spread */
function wholeNumber(spread) {
  return spread ? spread.median.toFixed(0) : '-';
}
