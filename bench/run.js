/**
 * `npm run bench`: tophash against the built-in Map and a hand-written table.
 *
 *   --n 1e3,1e6            sizes (default 1e3,1e5,1e6,1e7)
 *   --rows get-hit,insert  rows (default all, see rows.js)
 *   --contenders map,...   contenders (default all, see contenders/index.js)
 *   --rounds R             rounds at every size (default fewer the larger the size)
 *   --json FILE            every sample
 *   --markdown FILE        the tables for a README
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CONTENDER_NAMES } from './contenders/index.js';
import { compare } from './driver.js';
import { LEGEND, machine, markdownTable, terminalTable, title } from './report.js';
import { ROW_NAMES } from './rows.js';
import { targetLines } from './targets.js';

const { values: options } = parseArgs({
  options: {
    n: { type: 'string', default: '1e3,1e5,1e6,1e7' },
    rows: { type: 'string' },
    contenders: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const sizes = options.n.split(',').map(positiveInteger);
const rows = choose(options.rows, ROW_NAMES);
const contenders = choose(options.contenders, CONTENDER_NAMES);

console.log(`${LEGEND}\n${machine()}`);
/** @type {import('./driver.js').Results[]} */
const all = [];
for (const n of sizes) {
  const rounds = options.rounds ? positiveInteger(options.rounds) : defaultRounds(n);
  const results = await compare({ n, rounds, rows, contenders, onRound: progress(n, rounds) });
  all.push(results);
  console.log(`\n${title(results)}\n${terminalTable(results)}`);
}
console.log(`\n${targetLines(all).join('\n')}`);

if (options.json) {
  writeFileSync(options.json, `${JSON.stringify({ machine: machine(), all }, undefined, 2)}\n`);
}
if (options.markdown) {
  const targets = ['```', ...targetLines(all), '```'].join('\n');
  const parts = [LEGEND, machine(), ...all.map(markdownTable), targets];
  writeFileSync(options.markdown, `${parts.join('\n\n')}\n`);
}

/** @param {number} n */
function defaultRounds(n) {
  if (n >= 1e7) return 3;
  return n >= 1e6 ? 7 : 9;
}

/**
 * @param {number} n
 * @param {number} rounds
 */
function progress(n, rounds) {
  /** @param {number} round */
  return (round) => {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r${n.toLocaleString('en')} keys: round ${round} of ${rounds} `);
    if (round === rounds) process.stderr.write('\r\x1b[K');
  };
}

/** @param {string} text */
function positiveInteger(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`Not a count: ${text}`);
  return number;
}

/**
 * The names on a list of the command line; without one, all.
 * @template {string} Name
 * @param {string | undefined} list
 * @param {Name[]} names
 * @returns {Name[]}
 */
function choose(list, names) {
  if (!list) return names;
  const wanted = list.split(',');
  const unknown = wanted.find((name) => !names.some((known) => known === name));
  if (unknown) throw new RangeError(`No such name: ${unknown}; there are ${names.join(', ')}`);
  return names.filter((name) => wanted.includes(name));
}
