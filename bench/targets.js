/** What tophash promises, held against what was measured. */
import { ratio } from './statistics.js';

const TARGET_N = 1_000_000;

/** @typedef {import('./contenders/index.js').ContenderName} ContenderName */

/** @type {{ label: string, row: string, who?: ContenderName, against: ContenderName, wanted: number }[]} */
const TARGETS = [
  { label: 'getAll hit vs Map', row: 'get-hit', against: 'map', wanted: 12 },
  { label: 'getAll hit vs JS-OA', row: 'get-hit', against: 'open-addressing', wanted: 2.5 },
  { label: 'putAll from empty vs Map', row: 'insert', against: 'map', wanted: 6 },
  { label: 'columns() and sum vs Map', row: 'iterate', against: 'map', wanted: 2 },
  { label: 'columns() vs Map', row: 'columns', against: 'map', wanted: 2 },
  { label: 'for..of vs Map', row: 'iterate', who: 'tophash', against: 'map', wanted: 0.7 },
];

/** @param {import('./driver.js').Results[]} all */
export function targetLines(all) {
  const results = all.find(({ n }) => n === TARGET_N);
  const lines = TARGETS.map(({ label, row, who = 'tophash-batch', against, wanted }) => {
    const measured = results && ratio(results, row, against, who);
    const wish = `${label.padEnd(25)} >= ${wanted.toFixed(1).padStart(4)}x`;
    if (!measured) return `${wish}   not measured`;
    const { q1, median, q3 } = measured;
    const figure = `${median.toFixed(1)}x (${q1.toFixed(1)} to ${q3.toFixed(1)})`;
    return `${wish}   ${figure.padEnd(22)} ${median >= wanted ? 'met' : 'missed'}`;
  });
  return [`Targets at N = ${TARGET_N.toLocaleString('en')}, median ratios (quartiles)`, ...lines];
}
