/** Rows counted instead of timed: a process of the contender's own, some rounds of practice, then each row once. */
import { startWorker } from '../players.js';
import { countWhile } from './perf.js';

/** Rounds until all code is optimised. */
const PRACTICE = 3;

/**
 * @typedef {object} Counted
 * @property {string} row
 * @property {string} contender
 * @property {number} n
 * @property {import('./verdicts.js').Counts} counts for each operation
 */

/**
 * @param {object} plan
 * @param {import('../suites/index.js').Suite} plan.suite
 * @param {string} plan.contender
 * @param {number} plan.n
 * @param {string[]} plan.rows
 * @param {string[]} [plan.events]
 * @returns {Promise<Counted[]>}
 */
export async function countRows({ suite, contender, n, rows, events }) {
  const player = startWorker(suite, contender);
  /** @type {Counted[]} */
  const all = [];
  try {
    for (let round = 1; round <= PRACTICE + 1; round++) {
      await player.ask({ type: 'round', n, round });
      for (const { name: row } of suite.rows.filter(({ name, weighs }) => !weighs && rows.includes(name))) {
        if (round <= PRACTICE) await player.ask({ type: 'sample', row });
        else all.push(await count(row));
      }
    }
  } finally {
    player.end();
  }
  return all;

  /**
   * @param {string} row
   * @returns {Promise<Counted>}
   */
  async function count(row) {
    let operations = 0;
    const whole = await countWhile(
      /** @type {number} */ (player.pid),
      async (counters) => {
        ({ operations } = await player.ask({ type: 'sample', row, counters }));
      },
      events,
    );
    const counts = Object.fromEntries(Object.entries(whole).map(([event, count]) => [event, count / operations]));
    return { row, contender, n, counts };
  }
}
