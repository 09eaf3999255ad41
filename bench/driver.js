/**
 * Runs the contenders against each other: each in a process of its own, taking turns row by row
 * (A B C, then B C A in the next round, ...), so that a slow minute of the machine hits them alike.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { CONTENDERS } from './contenders/index.js';
import { ROWS, substituteOf } from './rows.js';

/** @typedef {import('./contenders/index.js').ContenderName} ContenderName */
/** @typedef {import('./worker.js').Sample} Sample */

/**
 * Everything measured at one N.
 * @typedef {object} Results
 * @property {number} n
 * @property {number} rounds
 * @property {Partial<Record<ContenderName, Record<string, Sample[]>>>} samples by contender and row
 */

/** Rounds that are not counted, on maps of this size at most: after them all code is optimised. */
const PRACTICE = { rounds: 3, entries: 300_000 };

/**
 * @param {object} plan
 * @param {number} plan.n
 * @param {number} plan.rounds
 * @param {string[]} plan.rows
 * @param {ContenderName[]} plan.contenders
 * @param {(round: number) => void} plan.onRound practice rounds are those before 1
 * @returns {Promise<Results>}
 */
export async function compare({ n, rounds, rows, contenders, onRound }) {
  const entrants = contenders.map((name) => startEntrant(name, rows));
  try {
    for (let round = 1 - PRACTICE.rounds; round <= rounds; round++) {
      onRound(round);
      if (round === 1) for (const entrant of entrants) entrant.samples = {};
      await playRound(entrants, round < 1 ? Math.min(n, PRACTICE.entries) : n, round);
    }
  } finally {
    for (const { child } of entrants) child.kill();
  }
  return {
    n,
    rounds,
    samples: Object.fromEntries(entrants.map(({ name, samples }) => [name, samples])),
  };
}

/**
 * @param {ContenderName} name
 * @param {string[]} rows
 */
function startEntrant(name, rows) {
  const child = fork(new URL('./worker.js', import.meta.url), [name], {
    execArgv: ['--expose-gc', '--no-flush-bytecode'],
    serialization: 'advanced',
  });
  const { presizes } = CONTENDERS[name];
  return {
    name,
    child,
    rows: new Set(rows.map((row) => substituteOf(row, presizes))),
    samples: /** @type {Record<string, Sample[]>} */ ({}),
  };
}

/** @typedef {ReturnType<typeof startEntrant>} Entrant */

/**
 * @param {Entrant[]} entrants
 * @param {number} n
 * @param {number} round
 */
async function playRound(entrants, n, round) {
  await Promise.all(entrants.map((entrant) => ask(entrant, { type: 'round', n, round })));
  const order = entrants.map((_, i) => entrants[(i + round + PRACTICE.rounds) % entrants.length]);
  for (const { name: row } of ROWS) {
    const players = order.filter(({ rows }) => rows.has(row));
    for (const player of players) {
      const sample = /** @type {Sample} */ (await ask(player, { type: 'sample', row }));
      player.samples[row] ??= [];
      player.samples[row].push(sample);
    }
    const answers = players.map(({ samples }) => samples[row].at(-1)?.checksum);
    if (new Set(answers).size > 1) {
      const names = players.map(({ name }) => name).join(', ');
      throw new Error(`${row} of ${n} keys, round ${round}: ${names} do not agree`);
    }
  }
}

/**
 * @param {Entrant} entrant
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
