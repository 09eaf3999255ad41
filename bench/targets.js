/** What tophash promises, held against what was measured. */
import { figures, ratio } from './statistics.js';

/** @typedef {import('./driver.js').Results} Results */
/** @typedef {import('./suites/index.js').Suite} Suite */
/** @typedef {import('./suites/index.js').Target} Target */

/**
 * The same ratio at several sizes.
 * @param {string} label
 * @param {string} row
 * @param {string} who
 * @param {string} against
 * @param {Record<number, number>} wanted by N
 * @returns {Target[]}
 */
export function atLeast(label, row, who, against, wanted) {
  return Object.entries(wanted).map(([n, wanted]) => ({ label, n: Number(n), row, who, against, wanted }));
}

/**
 * A figure that is not a ratio, at several sizes.
 * @param {string} label
 * @param {string} row
 * @param {string} who
 * @param {Record<number, number>} most by N
 * @returns {Target[]}
 */
export function atMost(label, row, who, most) {
  return Object.entries(most).map(([n, atMost]) => ({ label, n: Number(n), row, who, atMost }));
}

/**
 * A target, what was measured of it, and what came of it. It is "not shown" where something has not been measured: a
 * peer is missing, or the size.
 * @typedef {object} Verdict
 * @property {Suite} suite
 * @property {Target} target
 * @property {import('./statistics.js').Spread} [measured]
 * @property {'met' | 'missed' | 'not shown'} verdict
 */

/**
 * @param {Results[]} all
 * @param {Suite} suite
 * @returns {Verdict[]}
 */
export function verdictsOf(all, suite) {
  return suite.targets.map((target) => {
    const results = all.find(({ n, suite: its }) => its === suite && n === target.n);
    const measured = results && measure(target, results);
    if (!measured) return { suite, target, verdict: 'not shown' };
    const { atMost = Infinity, wanted = -Infinity } = target;
    const met = measured.median <= atMost && measured.median >= wanted;
    return { suite, target, measured, verdict: met ? 'met' : 'missed' };
  });
}

/**
 * A line for each target at a size that was measured.
 * @param {Results[]} all
 * @param {Suite} suite
 */
export function targetLines(all, suite) {
  const sizes = new Set(all.filter((results) => results.suite === suite).map(({ n }) => n));
  const verdicts = verdictsOf(all, suite);
  return [...sizes].flatMap((n) => {
    const here = verdicts.filter(({ target }) => target.n === n);
    if (here.length === 0) return [];
    return [`Targets at N = ${n.toLocaleString('en')} ${suite.counts}, medians (quartiles)`, ...here.map(targetLine)];
  });
}

/** @param {Verdict} verdict */
function targetLine({ suite, target, measured, verdict }) {
  const { label, wanted, atMost } = target;
  const unit = target.against ? 'x' : ` ${suite.unit}`;
  const wish = `${label.padEnd(26)} ${atMost ? '<=' : '>='} ${(atMost ?? wanted)?.toFixed(2).padStart(5)}${unit}`;
  const figure = measured
    ? `${measured.median.toFixed(2)}${unit} (${measured.q1.toFixed(2)} to ${measured.q3.toFixed(2)})`
    : '-';
  return `${wish}   ${figure.padEnd(26)} ${verdict}`;
}

/**
 * @param {Target} target
 * @param {Results} results
 */
function measure({ row, who, against, atMost }, results) {
  if (!against) return figures(results, row, who);
  return atMost ? ratio(results, row, who, against) : ratio(results, row, against, who);
}
