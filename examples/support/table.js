// The tables of the program, for terminals of 80 columns.

import Table from 'cli-table3';

const PLAIN = { head: [], border: [], compact: true };

/** Thousands separated, a fixed number of decimals. */
function number(value, decimals = 0) {
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/**
 * @param {{ name: string, rows: number, ourTime: number, theirTime: number }[]} steps times in milliseconds
 * @returns {string}
 */
export function stepsTable(steps) {
  const table = new Table({
    head: ['step', 'rows', 'tophash ms', 'Map ms', 'ratio', 'checked'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    style: PLAIN,
  });
  for (const { name, rows, ourTime, theirTime } of steps) {
    // A step that did not check out has thrown before it came here.
    table.push([
      name,
      number(rows),
      number(ourTime, 2),
      number(theirTime, 2),
      `${number(theirTime / ourTime, 1)}x`,
      'yes',
    ]);
  }
  return table.toString();
}

/**
 * The most frequent words.
 * @param {{ word: string, count: number }[]} words
 * @param {number} total occurrences of all words
 * @returns {string}
 */
export function wordsTable(words, total) {
  const table = new Table({
    head: ['word', 'count', '% of all'],
    colAligns: ['left', 'right', 'right'],
    style: PLAIN,
  });
  for (const { word, count } of words) table.push([word, number(count), number((count / total) * 100, 2)]);
  return table.toString();
}

/**
 * @param {Record<string, import('./growth.js').Growth>} growths by contender
 * @returns {string}
 */
export function growthTable(growths) {
  const contenders = Object.values(growths);
  const row = (title, show) => [title, ...contenders.map(show)];
  const table = new Table({
    head: ['', ...Object.keys(growths)],
    colAligns: ['left', 'right', 'right', 'right'],
    style: PLAIN,
  });
  table.push(
    row('entries', (growth) => number(growth.entries)),
    row('worst single write, ms', (growth) => number(growth.worst, 2)),
    row('writes over 1 ms', (growth) => number(growth.slow)),
    row('mean per write with its clock, ns', (growth) => number(growth.mean)),
    row('bytes per entry', (growth) => number(growth.bytesPerEntry, 1)),
    row('peak of the process, MB', (growth) => number(growth.peak)),
    row('entries moved by one write, at most', (growth) =>
      growth.maxMoved === undefined ? '-' : number(growth.maxMoved),
    ),
  );
  return table.toString();
}
