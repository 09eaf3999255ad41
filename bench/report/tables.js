/**
 * Results as a table for a terminal (of at most 100 columns, or 170 where a suite has many contenders), or as Markdown.
 */
import { availableParallelism, cpus } from 'node:os';
import Table from 'cli-table3';
import { figures, ratio, samplesOf, spreadOf } from '../statistics.js';

/** @typedef {import('../driver.js').Results} Results */
/** @typedef {import('../rows/map-rows.js').Row} Row */
/** @typedef {import('../statistics.js').Spread} Spread */
/** @typedef {import('../suites/index.js').Entrant} Entrant */
/** @typedef {import('../suites/index.js').Suite} Suite */

/** Every line of cli-table3's frame left out. */
const NO_FRAME = Object.fromEntries(
  ['top', 'bottom', 'left', 'right']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('mid', 'mid-mid')
    .map((part) => [part, '']),
);

export const LEGEND = `Median (quartiles) of rounds in which the contenders take turns, each in a process of its own; of wall
time and CPU time the lesser. "/Map" and so on: how many times faster tophash is (with bytes: how many times
smaller), median of the ratios of the rounds; where there are many others, each cell has both. heap B/op: growth of the JavaScript heap, tophash and the others in their order.
wasm B/op: growth of the linear memory that tophash's maps hold; B/entry: all of it of a full map.`;

export function machine() {
  const engine = `node ${process.versions.node}, V8 ${process.versions.v8}`;
  return `${engine}, ${process.arch}, ${cpus()[0]?.model}, ${availableParallelism()} cores`;
}

/** @param {Results} results */
export function title({ suite, n, rounds }) {
  return `${suite.name}: N = ${n.toLocaleString('en')} ${suite.counts}, ${rounds} rounds`;
}

/** @param {Results} results */
export function terminalTable(results) {
  const { wide } = results.suite;
  const head = headOf(results, wide);
  const table = new Table({
    head,
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    chars: { ...NO_FRAME, middle: ' ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...tableRows(results, wide));
  return table.toString();
}

/** @param {Results} results */
export function markdownTable(results) {
  const head = headOf(results);
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  const lines = [head, rule, ...tableRows(results)].map((cells) => `| ${cells.join(' | ')} |`);
  return `### ${title(results)}\n\n${lines.join('\n')}`;
}

/**
 * @param {Results} results
 * @param {boolean} [wide] without the heap
 */
function headOf(results, wide) {
  const labels = othersOf(results).map(([, { label }]) => label);
  return [
    results.suite.unit,
    'tophash',
    ...labels,
    ...(isCrowded(results) ? [] : labels.map((label) => `/${label}`)),
    ...(wide ? [] : ['heap B/op']),
    'wasm B/op',
    'B/entry',
  ];
}

/**
 * The contenders, those that are tophash or the others, that took part.
 * @param {Results} results
 * @returns {[name: string, entrant: Entrant][]}
 */
function partOf({ suite, samples }, own = true) {
  return Object.entries(suite.contenders).filter(([name, entrant]) => name in samples && Boolean(entrant.own) === own);
}

/** @param {Results} results */
function othersOf(results) {
  return partOf(results, false);
}

/**
 * @param {Results} results
 * @param {boolean} [wide]
 */
function tableRows(results, wide) {
  const { suite, samples } = results;
  const measured = suite.rows.filter(({ name }) => Object.values(samples).some((samples) => name in samples));
  return partOf(results).flatMap(([name, entrant]) =>
    measured.map((row) => tableRow(results, row, name, entrant, wide)),
  );
}

/**
 * @param {Results} results
 * @param {Row} row
 * @param {string} tophash
 * @param {Entrant} entrant
 * @param {boolean} [wide]
 */
function tableRow(results, row, tophash, { own, note }, wide) {
  const others = othersOf(results).map(([name]) => name);
  const all = [tophash, ...others];
  const heap = all.map((name) => wholeNumber(spreadOf(samplesOf(results, name, row.name), 'heap')));
  const ratios = others.map((name) => ratioCell(ratio(results, row.name, name, tophash)));
  const label = row[own ?? 'loop'];
  return [
    note ? `${label}, ${note}` : label,
    figureCell(figures(results, row.name, tophash)),
    ...(isCrowded(results)
      ? others.map((name, i) => `${medianCell(figures(results, row.name, name))} ${ratios[i]}`)
      : [...others.map((name) => figureCell(figures(results, row.name, name))), ...ratios]),
    ...(wide ? [] : [heap.join('/')]),
    wholeNumber(spreadOf(samplesOf(results, tophash, row.name), 'outside')),
    spreadOf(samplesOf(results, tophash, row.name), 'bytesPerEntry')?.median.toFixed(1) ?? '',
  ];
}

/**
 * Where there are many others, a cell has room for both the median of one and how many times faster tophash is.
 * @param {Results} results
 */
function isCrowded(results) {
  return othersOf(results).length > 4;
}

/** @param {Spread | undefined} spread */
function medianCell(spread) {
  return spread ? threeDigits(spread.median) : '-';
}

/** @param {Spread | undefined} spread */
function figureCell(spread) {
  if (!spread) return '-';
  const [median, q1, q3] = [spread.median, spread.q1, spread.q3].map(threeDigits);
  return `${median} (${q1}-${q3})`;
}

/** @param {number} figure */
function threeDigits(figure) {
  if (figure >= 99.95) return figure.toFixed(0);
  return figure.toFixed(figure >= 1 ? 1 : 2);
}

/** @param {Spread | undefined} spread */
function ratioCell(spread) {
  return spread ? `${spread.median.toFixed(1)}x` : '-';
}

/** @param {Spread | undefined} spread */
function wholeNumber(spread) {
  return spread ? spread.median.toFixed(0) : '-';
}
