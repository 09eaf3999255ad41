/**
 * What hardware counters say about a loop. The thresholds are those of the documents behind this project (its mission's
 * A10, A11 and B2).
 *
 * | figure | healthy | at risk | likely cause |
 * |---|---|---|---|
 * | instructions per cycle | above 1.2 | 0.65 or less | dependency chains, the front end |
 * | cache misses of the references | below 8.2 % | 8.2 % or more | data beyond the last cache, read at random |
 * | branch misses | below 4.7 % | 4.7 % or more | probing that cannot be predicted |
 * | misses of the first cache | 8 % or less | above 8 % | locality, or no prefetch |
 * | dTLB misses | below 2 % | above 3 % | too many small pages: huge pages |
 * | vector unit busy | below 98 % | 98 % or more | split the vectors |
 * | deviation of bucket loads | 4.5 or less | above 4.5 | vectors starve: buckets filled unevenly |
 *
 * Between healthy and at risk is "watch".
 */

/**
 * Counts of some events; those that the processor or the system do not count are left out. `loadDeviation` is no event:
 * it is the standard deviation of entries per bucket, where somebody knows it.
 * @typedef {Partial<Record<'cycles' | 'instructions' | 'branches' | 'branch-misses' | 'cache-references' | 'cache-misses' | 'L1-dcache-loads' |
 *   'L1-dcache-load-misses' | 'dTLB-loads' | 'dTLB-load-misses' | 'vector-busy-cycles' | 'loadDeviation', number>>} Counts
 */

/**
 * @typedef {{ what: string, figure?: number, verdict: 'healthy' | 'watch' | 'at risk' | 'not counted', cause?: string
 * }} Verdict
 */

/**
 * @typedef {object} Rule
 * @property {string} what
 * @property {(counts: Counts) => number} figure NaN where something was not counted
 * @property {(figure: number) => boolean} healthy
 * @property {(figure: number) => boolean} [atRisk] without it, whatever is not healthy
 * @property {string} cause
 */

/** @type {Rule[]} */
const RULES = [
  {
    what: 'instructions per cycle',
    figure: share('instructions', 'cycles'),
    healthy: (ipc) => ipc > 1.2,
    atRisk: (ipc) => ipc <= 0.65,
    cause: 'dependency chains, or the front end',
  },
  {
    what: 'cache misses',
    figure: share('cache-misses', 'cache-references'),
    healthy: (missed) => missed < 0.082,
    cause: 'data beyond the last cache, read at random',
  },
  {
    what: 'branch misses',
    figure: share('branch-misses', 'branches'),
    healthy: (missed) => missed < 0.047,
    cause: 'probing that cannot be predicted',
  },
  {
    what: 'L1 misses',
    figure: share('L1-dcache-load-misses', 'L1-dcache-loads'),
    healthy: (missed) => missed <= 0.08,
    cause: 'locality of data, or no prefetch',
  },
  {
    what: 'dTLB misses',
    figure: share('dTLB-load-misses', 'dTLB-loads'),
    healthy: (missed) => missed < 0.02,
    atRisk: (missed) => missed > 0.03,
    cause: 'too many small pages: huge pages would help',
  },
  {
    what: 'vector unit busy',
    figure: share('vector-busy-cycles', 'cycles'),
    healthy: (busy) => busy < 0.98,
    cause: 'the vectors should be split',
  },
  {
    what: 'deviation of bucket loads',
    figure: ({ loadDeviation = NaN }) => loadDeviation,
    healthy: (deviation) => deviation <= 4.5,
    cause: 'buckets are filled unevenly, and the vectors starve',
  },
];

/**
 * @param {Counts} counts
 * @returns {Verdict[]}
 */
export function verdictsOf(counts) {
  return RULES.map(({ what, figure: figureOf, healthy, atRisk, cause }) => {
    const figure = figureOf(counts);
    if (!Number.isFinite(figure)) return { what, verdict: 'not counted' };
    if (healthy(figure)) return { what, figure, verdict: 'healthy' };
    return { what, figure, verdict: (atRisk?.(figure) ?? true) ? 'at risk' : 'watch', cause };
  });
}

/**
 * @param {keyof Counts} part
 * @param {keyof Counts} whole
 * @returns {(counts: Counts) => number}
 */
function share(part, whole) {
  return ({ [part]: a = NaN, [whole]: b = NaN }) => a / b;
}
