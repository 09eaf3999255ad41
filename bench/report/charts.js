/** Charts as SVG, by echarts, which `npm run bench:peers` installs. */
import { importPeer, isInstalled } from '../peers/index.js';

/**
 * @typedef {object} Chart
 * @property {string} name of the file
 * @property {string} title
 * @property {string} x what the points lie at; on a logarithmic scale
 * @property {string} y of the points, on a logarithmic scale where `log` says so
 * @property {boolean} [log]
 * @property {string[]} [categories] instead of a scale: the names of x = 0, 1, ...
 * @property {Record<string, [x: number, y: number][]>} series
 */

const SIZE = { width: 760, height: 420 };

/**
 * A function that draws, or nothing where echarts is missing.
 * @returns {Promise<((chart: Chart) => string) | undefined>}
 */
export async function loadCharts() {
  if (!isInstalled('echarts')) return undefined;
  const echarts = await importPeer('echarts');
  return (chart) => {
    const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
    drawing.setOption(optionsOf(chart));
    const svg = drawing.renderToSVGString();
    drawing.dispose();
    return svg;
  };
}

/** @param {Chart} chart */
function optionsOf({ title, x, y, log, categories, series }) {
  const shared = { nameLocation: 'middle', nameGap: 32 };
  return {
    animation: false,
    backgroundColor: '#fff',
    title: { text: title, left: 'center', textStyle: { fontSize: 15 } },
    legend: { bottom: 0, itemGap: 24 },
    grid: { left: 70, right: 30, top: 45, bottom: 85 },
    xAxis: categories
      ? { ...shared, type: 'category', data: categories, name: x }
      : { ...shared, type: 'log', name: x, axisLabel: { formatter: shortNumber }, ...rangeOf(series) },
    yAxis: { ...shared, type: log ? 'log' : 'value', name: y, nameGap: 50, axisLabel: { formatter: shortNumber } },
    series: Object.entries(series).map(([name, data]) => ({
      name,
      type: 'line',
      symbolSize: 6,
      data: categories ? data.map(([, y]) => y) : data,
    })),
  };
}

/** @param {Chart['series']} series */
function rangeOf(series) {
  const all = Object.values(series).flatMap((points) => points.map(([x]) => x));
  return { min: Math.min(...all), max: Math.max(...all) };
}

/** @param {number} number */
export function shortNumber(number) {
  return number >= 1000 ? number.toExponential().replace('+', '') : String(Number(number.toPrecision(3)));
}
