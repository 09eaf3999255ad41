/** The report: Markdown, JSON and charts, in one folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verdictsOf as countersOf } from '../counters/verdicts.js';
import { kneeLines } from '../knees/report.js';
import { memoryLines } from '../memory/measure.js';
import { verdictsOf } from '../targets.js';
import { loadCharts } from './charts.js';
import { deviationLines } from './deviation.js';
import { kneeCharts, memoryCharts, pauseCharts, timeCharts } from './figures.js';
import { LEGEND, machine, markdownTable } from './tables.js';

/** @typedef {import('../driver.js').Results} Results */
/** @typedef {import('../suites/index.js').Suite} Suite */

const NO_CHARTS =
  'No charts: nothing was measured at several sizes, or echarts is not installed (npm run bench:peers).';

/**
 * @typedef {object} Measured
 * @property {Suite[]} suites
 * @property {Results[]} all
 * @property {Results[]} curve look-ups at many sizes, for the knees
 * @property {Map<Suite, string[]>} missing peers of each suite, with the reason
 * @property {import('../memory/measure.js').Memory[]} memory
 * @property {any[]} pauses
 * @property {import('../counters/count.js').Counted[]} counted
 * @property {string} [noCounters] why nothing was counted
 */

/**
 * @param {string} folder
 * @param {Measured} measured
 * @returns {Promise<string>} path of the Markdown
 */
export async function writeReport(folder, measured) {
  const { suites, all, curve, missing, memory, pauses, counted, noCounters } = measured;
  mkdirSync(join(folder, 'charts'), { recursive: true });
  const charts = await drawAll(folder, measured);
  const deviation = deviationLines(all);
  const sections = [
    '# tophash: benchmark',
    `${machine()}, ${new Date().toISOString().slice(0, 10)}`,
    LEGEND,
    ...(charts.length > 0 ? [] : [NO_CHARTS]),
    '## Targets',
    targetTable(measured),
    ...(memory.length > 0 ? [['```', ...memoryLines(memory), '```'].join('\n')] : []),
    ...suites.flatMap((suite) => [
      `## ${suite.name}`,
      suite.legend,
      ...(missing.get(suite) ?? []).map((lack) => `Not shown: ${lack}.`),
      ...all.filter((results) => results.suite === suite).map(markdownTable),
      ...charts.filter(({ name }) => name.startsWith(`${suite.name}-`)).map(image),
    ]),
    '## Pauses',
    ...(pauses.length > 0 ? charts.filter(({ name }) => name.startsWith('pauses-')).map(image) : ['Not measured.']),
    '## Bytes per entry',
    ...charts.filter(({ name }) => name === 'bytes-per-entry').map(image),
    '## Where the caches give way',
    ...charts.filter(({ name }) => name === 'knees').map(image),
    kneeLines(curve).join('\n'),
    ...(deviation.length > 0 ? ['## Load deviation', deviation.join('\n')] : []),
    '## Hardware counters',
    ...(noCounters ? [`Not shown: ${noCounters}.`] : counted.map(counterTable)),
  ];
  const path = join(folder, 'report.md');
  writeFileSync(path, `${sections.join('\n\n')}\n`);
  const [samples, knees] = [all, curve].map((list) =>
    list.map((results) => ({ ...results, suite: results.suite.name })),
  );
  const targets = targetsOf(measured).map(({ suite, ...rest }) => ({ suite: suite.name, ...rest }));
  const json = { machine: machine(), targets, all: samples, knees, memory, pauses, counted, noCounters };
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(json, undefined, 2)}\n`);
  return path;
}

/**
 * @param {string} folder
 * @param {Measured} measured
 */
async function drawAll(folder, { all, curve, memory, pauses }) {
  const draw = await loadCharts();
  if (!draw) return [];
  const charts = [...timeCharts(all), ...kneeCharts(curve), ...memoryCharts(all, memory), ...pauseCharts(pauses)];
  for (const chart of charts) writeFileSync(join(folder, 'charts', `${chart.name}.svg`), draw(chart));
  return charts;
}

/** @param {import('./charts.js').Chart} chart */
function image({ name, title }) {
  return `![${title}](charts/${name}.svg)`;
}

/** @param {Measured} measured */
function targetsOf({ suites, all }) {
  return suites.flatMap((suite) => verdictsOf(all, suite));
}

/** @param {Measured} measured */
function targetTable(measured) {
  const rows = targetsOf(measured).map(({ suite, target, measured, verdict }) => {
    const { label, n, wanted, atMost } = target;
    const unit = target.against ? 'x' : ` ${suite.unit}`;
    const wish = `${atMost ? 'at most' : 'at least'} ${atMost ?? wanted}${unit}`;
    const figure = measured
      ? `${measured.median.toFixed(2)}${unit} | ${measured.q1.toFixed(2)} to ${measured.q3.toFixed(2)}`
      : '- | -';
    return `| ${suite.name}: ${label} | ${n.toLocaleString('en')} | ${wish} | ${figure} | ${verdict} |`;
  });
  return ['| | N | target | median | quartiles | |', '|---|---:|---|---:|---|---|', ...rows].join('\n');
}

/** @param {import('../counters/count.js').Counted} counted */
function counterTable({ row, contender, n, counts }) {
  const each = Object.entries(counts).map(([event, count]) => `| ${event} | ${count.toPrecision(3)} | |`);
  const verdicts = countersOf(counts).map(
    ({ what, figure, verdict, cause }) =>
      `| ${what} | ${figure?.toPrecision(3) ?? '-'} | ${verdict}${cause ? `: ${cause}` : ''} |`,
  );
  const head = ['| per operation | | |', '|---|---:|---|'];
  return `### ${contender}, ${row}, N = ${n.toLocaleString('en')}\n\n${[...head, ...each, ...verdicts].join('\n')}`;
}
