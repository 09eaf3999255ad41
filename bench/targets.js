/** What tophash promises, held against what was measured. */
import { figures, ratio } from './statistics.js';

/** @typedef {import('./driver.js').Results} Results */
/** @typedef {import('./suites/index.js').Target} Target */

/**
 * A line for each target at a size that was measured.
 * @param {Results[]} all
 * @param {import('./suites/index.js').Suite} suite
 */
export function targetLines(all, suite) {
  return all.flatMap((results) => {
    const targets = suite.targets.filter(({ n }) => n === results.n);
    if (results.suite !== suite || targets.length === 0) return [];
    const lines = targets.map((target) => targetLine(target, results));
    return [`Targets at N = ${results.n.toLocaleString('en')} ${suite.counts}, medians (quartiles)`, ...lines];
  });
}

/**
 * @param {Target} target
 * @param {Results} results
 */
function targetLine(target, results) {
  const { label, wanted, atMost } = target;
  const measured = measure(target, results);
  const unit = target.against ? 'x' : ` ${results.suite.unit}`;
  const wish = `${label.padEnd(26)} ${atMost ? '<=' : '>='} ${(atMost ?? wanted)?.toFixed(2).padStart(5)}${unit}`;
  if (!measured) return `${wish}   not measured`;
  const { q1, median, q3 } = measured;
  const figure = `${median.toFixed(2)}${unit} (${q1.toFixed(2)} to ${q3.toFixed(2)})`;
  const met = atMost ? median <= atMost : median >= /** @type {number} */ (wanted);
  return `${wish}   ${figure.padEnd(26)} ${met ? 'met' : 'missed'}`;
}

/**
 * @param {Target} target
 * @param {Results} results
 */
function measure({ row, who, against, atMost }, results) {
  if (!against) return figures(results, row, who);
  return atMost ? ratio(results, row, who, against) : ratio(results, row, against, who);
}
