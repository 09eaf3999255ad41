/**
 * `npm run bench`: tophash against the built-in Map, a hand-written table, and others.
 *
 *   --suites u32,string    what (default u32, see suites/index.js)
 *   --n 1e3,1e6            sizes (default those of the suite)
 *   --rows get-hit,insert  rows (default all of the suite)
 *   --contenders map,...   contenders (default all of the suite but the peers)
 *   --peers                peers, too: other languages and packages (npm run bench:peers)
 *   --rounds R             rounds at every size (default fewer the larger the size)
 *   --json FILE            every sample
 *   --markdown FILE        the tables for a README
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compare } from './driver.js';
import { lackOf } from './peers/index.js';
import { LEGEND, machine, markdownTable, terminalTable, title } from './report/tables.js';
import { SUITES, SUITE_NAMES } from './suites/index.js';
import { targetLines } from './targets.js';

const { values: options } = parseArgs({
  options: {
    suites: { type: 'string', default: 'u32' },
    n: { type: 'string' },
    rows: { type: 'string' },
    contenders: { type: 'string' },
    peers: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const suites = choose(options.suites, SUITE_NAMES).map((name) => SUITES[name]);

console.log(`${LEGEND}\n${machine()}`);
/** @type {import('./driver.js').Results[]} */
const all = [];
for (const suite of suites) {
  const rowNames = suite.rows.map(({ name }) => name);
  const rows = choose(options.rows, rowNames);
  const contenders = contendersOf(suite);
  console.log(`\n${suite.legend}`);
  for (const n of options.n?.split(',').map(positiveInteger) ?? suite.sizes) {
    const rounds = options.rounds ? positiveInteger(options.rounds) : defaultRounds(n);
    const results = await compare({
      suite,
      n,
      rounds,
      rows,
      contenders: contenders.filter((name) => n <= (suite.contenders[name].upTo ?? Infinity)),
      onRound: progress(n, rounds),
    });
    all.push(results);
    console.log(`\n${title(results)}\n${terminalTable(results)}`);
  }
  const targets = targetLines(all, suite);
  if (targets.length > 0) console.log(`\n${targets.join('\n')}`);
}

if (options.json) {
  const samples = all.map((results) => ({ ...results, suite: results.suite.name }));
  writeFileSync(options.json, `${JSON.stringify({ machine: machine(), all: samples }, undefined, 2)}\n`);
}
if (options.markdown) {
  const parts = suites.flatMap((suite) => {
    const targets = targetLines(all, suite);
    return [
      suite.legend,
      ...all.filter((results) => results.suite === suite).map(markdownTable),
      ...(targets.length > 0 ? [['```', ...targets, '```'].join('\n')] : []),
    ];
  });
  writeFileSync(options.markdown, `${[LEGEND, machine(), ...parts].join('\n\n')}\n`);
}

/**
 * Who takes part; says who does not, and why.
 * @param {import('./suites/index.js').Suite} suite
 */
function contendersOf({ name: suite, contenders }) {
  const names = choose(options.contenders, Object.keys(contenders));
  return names.filter((name) => {
    const entrant = contenders[name];
    if (entrant.peer && !options.peers && !options.contenders) return false;
    const lack = lackOf(entrant);
    if (lack) console.log(`\n${suite}: ${entrant.label} is not shown, for ${lack}`);
    return !lack;
  });
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
    process.stderr.write(`\rN = ${n.toLocaleString('en')}: round ${round} of ${rounds} `);
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
