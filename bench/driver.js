/**
 * Runs the contenders against each other: each in a process of its own, taking turns row by row
 * (A B C, then B C A in the next round, ...), so that a slow minute of the machine hits them alike.
 */
import { startNative } from './peers/native.js';
import { startWorker } from './players.js';
import { substituteOf } from './statistics.js';
import { Streams } from './streams.js';
import { WEIGHING_FLAGS } from './weigh.js';

/** @typedef {import('./suites/index.js').Suite} Suite */
/** @typedef {import('./rows/map-rows.js').Row} Row */
/** @typedef {import('./worker.js').Sample} Sample */

/**
 * Everything measured at one N.
 * @typedef {object} Results
 * @property {Suite} suite
 * @property {number} n
 * @property {number} rounds
 * @property {Record<string, Record<string, Sample[]>>} samples by contender and row
 */

/** Rounds that are not counted, where the suite does not ask for more, on maps of this size at most: after them all code is optimised. */
const PRACTICE = { rounds: 3, size: 300_000 };

/**
 * @param {object} plan
 * @param {Suite} plan.suite
 * @param {number} plan.n
 * @param {number} plan.rounds
 * @param {string[]} plan.rows
 * @param {string[]} plan.contenders
 * @param {(round: number) => void} plan.onRound practice rounds are those before 1
 * @returns {Promise<Results>}
 */
export async function compare({ suite, n, rounds, rows, contenders, onRound }) {
  const streams = contenders.some((name) => suite.contenders[name].native) ? new Streams() : undefined;
  const entrants = contenders.map((name) => createEntrant(suite, name, rows, streams));
  const { practice = PRACTICE.rounds } = suite;
  try {
    for (let round = 1 - practice; round <= rounds; round++) {
      onRound(round);
      if (round === 1) for (const entrant of entrants) entrant.samples = {};
      await playRound(suite, entrants, round < 1 ? Math.min(n, PRACTICE.size) : n, round, streams);
    }
  } finally {
    for (const { player } of entrants) player.end();
    streams?.remove();
  }
  return {
    suite,
    n,
    rounds,
    samples: Object.fromEntries(entrants.map(({ name, samples }) => [name, samples])),
  };
}

/**
 * @param {Suite} suite
 * @param {string} name
 * @param {string[]} rows
 * @param {Streams} [streams]
 */
function createEntrant(suite, name, rows, streams) {
  const { native, rows: able = rows } = suite.contenders[name];
  const substitutes = rows.map((row) => substituteOf(suite, row, name));
  return {
    name,
    player: native ? startNative(native, () => /** @type {Streams} */ (streams).path) : startWorker(suite, name),
    rows: new Set(substitutes.filter((row) => able.includes(row))),
    samples: /** @type {Record<string, Sample[]>} */ ({}),
  };
}

/** @typedef {ReturnType<typeof createEntrant>} Entrant */

/**
 * @param {Suite} suite
 * @param {Entrant[]} entrants
 * @param {number} n
 * @param {number} round
 * @param {Streams} [streams]
 */
async function playRound(suite, entrants, n, round, streams) {
  if (streams) streams.write(/** @type {Required<Suite>} */ (suite).streamsOf(suite.createSubjects(n, round)));
  await Promise.all(entrants.map(({ player }) => player.ask({ type: 'round', n, round })));
  const order = entrants.map((_, i) => entrants.at((i + round) % entrants.length));
  for (const row of suite.rows) {
    if (row.weighs && round < 1) continue;
    const { name } = row;
    const players = order.filter(({ rows }) => rows.has(name));
    for (const entrant of players) {
      const sample = await (row.weighs
        ? weighAlone(suite, entrant, n, round, name)
        : entrant.player.ask({ type: 'sample', row: name }));
      entrant.samples[name] ??= [];
      entrant.samples[name].push(sample);
    }
    const answers = players.map(({ samples }) => samples[name].at(-1)?.checksum);
    if (new Set(answers).size > 1) {
      const names = players.map(({ name }) => name).join(', ');
      throw new Error(`${name} of ${n}, round ${round}: ${names} do not agree`);
    }
  }
}

/**
 * A sample of a row that weighs, in a new process.
 * @param {Suite} suite
 * @param {Entrant} entrant
 * @param {number} n
 * @param {number} round
 * @param {string} row
 * @returns {Promise<Sample>}
 */
async function weighAlone(suite, { name }, n, round, row) {
  const player = startWorker(suite, name, WEIGHING_FLAGS);
  try {
    await player.ask({ type: 'round', n, round });
    return await player.ask({ type: 'sample', row });
  } finally {
    player.end();
  }
}
