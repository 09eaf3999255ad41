/** What the charts of a report show, made of what was measured. */
import { figures, samplesOf, spreadOf } from '../statistics.js';

/** @typedef {import('../driver.js').Results} Results */
/** @typedef {import('./charts.js').Chart} Chart */

/**
 * A chart for each row of each suite that was measured at more than one N.
 * @param {Results[]} all
 * @returns {Chart[]}
 */
export function timeCharts(all) {
  return [...new Set(all.map(({ suite }) => suite))].flatMap((suite) => {
    const own = all.filter((results) => results.suite === suite);
    if (own.length < 2) return [];
    return suite.rows.flatMap((row) => {
      const series = seriesOf(own, (results, contender) => figures(results, row.name, contender)?.median);
      if (Object.keys(series).length === 0) return [];
      return [
        {
          name: `${suite.name}-${row.name}`,
          title: `${suite.name}: ${row.loop === row.batch ? row.loop : `${row.loop}, ${row.batch}`}`,
          x: `N, ${suite.counts}`,
          y: row.weighs ? 'bytes' : suite.unit,
          log: true,
          series,
        },
      ];
    });
  });
}

/**
 * The time of look-ups at many sizes.
 * @param {Results[]} curve
 * @returns {Chart[]}
 */
export function kneeCharts(curve) {
  const series = seriesOf(curve, (results, contender) => figures(results, 'get-hit', contender)?.median);
  if (Object.keys(series).length === 0) return [];
  return [
    { name: 'knees', title: 'u32: get hit, getAll hit', x: 'N, entries', y: 'ns per operation', log: true, series },
  ];
}

/**
 * Bytes of a full map for each entry: what it holds, or, of maps on the JavaScript heap, what that grew by.
 * @param {Results[]} all
 * @param {{ entries: number, bytes: number }[]} memory of tophash, at many sizes
 * @returns {Chart[]}
 */
export function memoryCharts(all, memory) {
  const own = all.filter(({ suite }) => suite.name === 'u32');
  const row = 'insert';
  const series = seriesOf(own, (results, contender) => {
    const samples = samplesOf(results, contender, row);
    return (spreadOf(samples, 'bytesPerEntry') ?? spreadOf(samples, 'heap'))?.median;
  });
  if (memory.length > 0) series['tophash, 25 sizes'] = memory.map(({ entries, bytes }) => [entries, bytes / entries]);
  if (Object.keys(series).length === 0) return [];
  const title = 'u32 to u32: bytes per entry of a map grown from empty';
  return [{ name: 'bytes-per-entry', title, x: 'N, entries', y: 'bytes per entry', series }];
}

/**
 * @param {any[]} pauses as pauses/child.js prints them
 * @returns {Chart[]}
 */
export function pauseCharts(pauses) {
  if (pauses.length === 0) return [];
  return /** @type {const} */ ([
    ['inserted', 'set'],
    ['deleted', 'delete'],
  ]).map(([phase, method]) => {
    const categories = Object.keys(pauses[0][phase].rest.quantiles);
    /** @type {Chart['series']} */
    const series = {};
    for (const { contender, host, [phase]: figures } of pauses) {
      series[`${contender}, ${host}`] = categories.map((name, i) => [i, figures.rest.quantiles[name]]);
    }
    const title = `how long a single ${method} takes, all but the first 100,000`;
    return { name: `pauses-${method}`, title, x: 'percentile', y: 'us, wall time', log: true, categories, series };
  });
}

/**
 * A line for each contender that has figures.
 * @param {Results[]} all of one suite
 * @param {(results: Results, contender: string) => number | undefined} figureOf
 * @returns {Chart['series']}
 */
function seriesOf(all, figureOf) {
  /** @type {Chart['series']} */
  const series = {};
  for (const results of all) {
    for (const [contender, { label, own, note }] of Object.entries(results.suite.contenders)) {
      const figure = figureOf(results, contender);
      if (figure === undefined || !(figure > 0)) continue;
      const name = own ? ['tophash', note ?? (own === 'batch' ? 'batch' : 'one by one')].join(', ') : label;
      (series[name] ??= []).push([results.n, figure]);
    }
  }
  for (const points of Object.values(series)) points.sort(([a], [b]) => a - b);
  return series;
}
