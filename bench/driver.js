/**
 * Runs the contenders against each other: each in a process of its own, taking turns row by row
 * (A B C, then B C A in the next round, ...), so that a slow minute of the machine hits them alike.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { WEIGHING_FLAGS } from './weigh.js';
import { substituteOf } from './statistics.js';

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

/** Rounds that are not counted, on maps of this size at most: after them all code is optimised. */
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
  const entrants = contenders.map((name) => createEntrant(suite, name, rows));
  try {
    for (let round = 1 - PRACTICE.rounds; round <= rounds; round++) {
      onRound(round);
      if (round === 1) for (const entrant of entrants) entrant.samples = {};
      await playRound(suite, entrants, round < 1 ? Math.min(n, PRACTICE.size) : n, round);
    }
  } finally {
    for (const { child } of entrants) child.kill();
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
 */
function createEntrant(suite, name, rows) {
  return {
    name,
    child: startWorker(suite, name),
    rows: new Set(rows.map((row) => substituteOf(suite, row, name))),
    samples: /** @type {Record<string, Sample[]>} */ ({}),
  };
}

/**
 * @param {Suite} suite
 * @param {string} name
 * @param {string[]} flags
 */
function startWorker(suite, name, flags = []) {
  return fork(new URL('./worker.js', import.meta.url), [suite.name, name], {
    execArgv: ['--expose-gc', '--no-flush-bytecode', ...flags],
    serialization: 'advanced',
  });
}

/** @typedef {ReturnType<typeof createEntrant>} Entrant */

/**
 * @param {Suite} suite
 * @param {Entrant[]} entrants
 * @param {number} n
 * @param {number} round
 */
async function playRound(suite, entrants, n, round) {
  await Promise.all(entrants.map((entrant) => ask(entrant, { type: 'round', n, round })));
  const order = entrants.map((_, i) => entrants[(i + round + PRACTICE.rounds) % entrants.length]);
  for (const row of suite.rows) {
    if (row.weighs && round < 1) continue;
    const { name } = row;
    const players = order.filter(({ rows }) => rows.has(name));
    for (const player of players) {
      const sample = await (row.weighs
        ? weighAlone(suite, player, n, round, name)
        : ask(player, { type: 'sample', row: name }));
      player.samples[name] ??= [];
      player.samples[name].push(sample);
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
  const child = startWorker(suite, name, WEIGHING_FLAGS);
  try {
    await ask({ name, child }, { type: 'round', n, round });
    return await ask({ name, child }, { type: 'sample', row });
  } finally {
    child.kill();
  }
}

/**
 * @param {Pick<Entrant, 'name' | 'child'>} entrant
 * @param {import('./worker.js').Request} request
 */
async function ask({ name, child }, request) {
  const answered = new AbortController();
  const { signal } = answered;
  child.send(request);
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([reply]) => reply),
      once(child, 'exit', { signal }).then(([code, killer]) => {
        throw new Error(`${name}: the process ended with ${code ?? killer}`);
      }),
    ]);
  } finally {
    answered.abort();
  }
}
