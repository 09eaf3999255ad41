/**
 * `npm run bench`: tophash against the built-in Map, a hand-written table, and others.
 *
 *   --suites u32,string    what (default u32; all: see suites/index.js)
 *   --n 1e3,1e6            sizes (default those of the suite)
 *   --rows get-hit,insert  rows (default all of the suite)
 *   --contenders map,...   contenders (default all of the suite but the peers)
 *   --peers                peers, too: other languages and packages (npm run bench:peers)
 *   --rounds R             rounds at every size (default fewer the larger the size)
 *   --json FILE            every sample
 *   --markdown FILE        the tables for a README
 *   --report DIR           a report with charts (npm run bench:report: of all suites, with peers); it also measures
 *                          what follows
 *   --knees 3              rounds at 14 sizes for the knees of the caches, where u32 is among the suites; 0 leaves them out
 *   --memory 25            sizes for bytes per entry, likewise
 *   --pauses 1e7           entries for the longest single operations, likewise
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countRows } from './counters/count.js';
import { lackOfCounters } from './counters/perf.js';
import { compare } from './driver.js';
import { KNEE_CONTENDERS, KNEE_ROWS, KNEE_SIZES } from './knees/report.js';
import { measureMemory } from './memory/measure.js';
import { measurePauses } from './pauses/on-node.js';
import { lackOf } from './peers/index.js';
import { writeReport } from './report/write.js';
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
    report: { type: 'string' },
    knees: { type: 'string', default: '3' },
    memory: { type: 'string', default: '25' },
    pauses: { type: 'string', default: '1e7' },
  },
});
const suites = choose(options.suites === 'all' ? undefined : options.suites, SUITE_NAMES).map((name) => SUITES[name]);

console.log(`${LEGEND}\n${machine()}`);
/** @type {import('./driver.js').Results[]} */
const all = [];
/** @type {Map<import('./suites/index.js').Suite, string[]>} */
const missing = new Map();
for (const suite of suites) {
  const everyRow = suites.flatMap(({ rows }) => rows.map(({ name }) => name));
  const rows = choose(options.rows, [...new Set(everyRow)]);
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
if (options.report) console.log(`\n${await report(options.report)}`);
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
 * Measures what only the report has, and writes it.
 * @param {string} folder
 */
async function report(folder) {
  const [knees, sizes, entries] = [options.knees, options.memory, options.pauses].map(Number);
  /** @type {import('./driver.js').Results[]} */
  const curve = [];
  for (const n of knees > 0 && suites.includes(SUITES.u32) ? KNEE_SIZES : []) {
    const plan = { suite: SUITES.u32, n, rounds: knees, rows: KNEE_ROWS, contenders: KNEE_CONTENDERS };
    curve.push(await compare({ ...plan, onRound: progress(n, knees) }));
  }
  const noCounters = lackOfCounters();
  /** @type {import('./counters/count.js').Counted[]} */
  const counted = [];
  for (const suite of noCounters ? [] : suites) {
    const contenders = Object.keys(suite.contenders).filter((name) => suite.contenders[name].own);
    const rows = suite.rows.map(({ name }) => name);
    for (const n of suite.sizes)
      for (const contender of contenders) counted.push(...(await countRows({ suite, contender, n, rows })));
  }
  return writeReport(folder, {
    suites,
    all,
    curve,
    missing,
    memory: sizes > 0 ? measureMemory(sizes) : [],
    pauses: entries > 0 ? measurePauses(process.execPath, entries, ['tophash', 'Map', 'no map']) : [],
    counted,
    noCounters,
  });
}

/**
 * Who takes part; says who does not, and why.
 * @param {import('./suites/index.js').Suite} suite
 */
function contendersOf(suite) {
  const { contenders } = suite;
  const everywhere = suites.flatMap(({ contenders }) => Object.keys(contenders));
  const names = choose(options.contenders, [...new Set(everywhere)]).filter((name) => name in contenders);
  return names.filter((name) => {
    const entrant = contenders[name];
    if (entrant.peer && !options.peers && !options.contenders) return false;
    const lack = lackOf(entrant);
    if (lack) {
      const all = missing.get(suite) ?? [];
      missing.set(suite, [...all, `${entrant.label}, for ${lack}`]);
      console.log(`\n${suite.name}: not shown: ${entrant.label}, for ${lack}`);
    }
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
