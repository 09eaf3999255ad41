/**
 * Two questions of a data frame, from columns to columns. How many rows has each key (N / 10 keys, drawn at random)?
 * And the inner join of N rows with a table of N rows of different keys, of which half of the rows find one.
 */
import { integers, mix, numbersFrom, shuffle } from '../keys.js';

/** How many rows each key has, on average. */
const ROWS_PER_KEY = 10;

/**
 * Columns of u32.
 * @typedef {{ keys: Uint32Array, values: Uint32Array }} Relation
 */

/**
 * @typedef {object} Subject
 * @property {Uint32Array} rows to be counted by key
 * @property {Relation} facts
 * @property {Relation} table
 * @property {any} source all of that as the contender takes it
 * @property {any} result
 * @property {number} [bytes] that the map of the contender held at its end, outside the JavaScript heap
 */

/**
 * What a contender can do. Where the results are its own, `countsOf` and `joinedOf` give columns of them, or a
 * checksum, untimed.
 * @typedef {object} RelationsContender
 * @property {(subject: Subject) => any} [prepare] untimed; may return a promise
 * @property {(source: any) => any} groupCount may return a promise
 * @property {(source: any) => any} join likewise
 * @property {(source: any, result: any) => any} [countsOf] untimed, likewise
 * @property {(source: any, result: any) => any} [joinedOf] untimed, likewise
 * @property {() => unknown} [keepsake] what lives as long as the process, for the reason of map-rows.js
 */

/** @typedef {{ keys: Uint32Array, counts: Uint32Array }} Counts */
/** @typedef {{ keys: Uint32Array, left: Uint32Array, right: Uint32Array }} Joined */
/** @typedef {import('./map-rows.js').Row<RelationsContender, Subject>} RelationsRow */

/**
 * @param {number} n
 * @param {number} round
 * @returns {Subject[]}
 */
export function createRelations(n, round) {
  const seed = mix(round);
  const rows = drawn(n, Math.ceil(n / ROWS_PER_KEY), mix(seed + 1));
  const facts = drawn(n, 2 * n, mix(seed + 2));
  const values = numbersFrom(0, n);
  return [
    {
      rows: integers(seed, rows),
      facts: { keys: integers(seed, facts), values },
      table: { keys: integers(seed, shuffle(numbersFrom(0, n), mix(seed + 3))), values },
      source: undefined,
      result: undefined,
    },
  ];
}

/**
 * @param {number} n
 * @param {number} range
 * @param {number} seed
 */
function drawn(n, range, seed) {
  return numbersFrom(0, n).map((row) => Math.floor((mix(row ^ seed) / 2 ** 32) * range));
}

export const RELATIONS_ROWS = [
  row('group-count', 'groupCount', (contender, { source, result }) =>
    contender.countsOf ? contender.countsOf(source, result) : result,
  ),
  row('join', 'join', (contender, { source, result }) =>
    contender.joinedOf ? contender.joinedOf(source, result) : result,
  ),
];

/**
 * @param {string} name
 * @param {'groupCount' | 'join'} method
 * @param {(contender: RelationsContender, subject: Subject) => any} resultOf
 * @returns {RelationsRow}
 */
function row(name, method, resultOf) {
  return {
    name,
    loop: name,
    batch: name,
    async enter(contender, subjects) {
      for (const subject of subjects) subject.source ??= contender.prepare ? await contender.prepare(subject) : subject;
    },
    warm() {},
    async run(contender, subjects) {
      for (const subject of subjects) subject.result = await contender[method](subject.source);
    },
    async checksum(contender, subjects) {
      const parts = [];
      for (const subject of subjects) {
        const result = await resultOf(contender, subject);
        parts.push(typeof result === 'string' ? result : method === 'join' ? joinSum(result) : countSum(result));
      }
      return parts.join();
    },
    leave(_, subjects) {
      for (const subject of subjects) subject.result = undefined;
    },
    operations: (subjects) => subjects.reduce((sum, { rows }) => sum + rows.length, 0),
  };
}

/**
 * Rows, and the sum of key times count, modulo 2^32.
 * @param {Counts} result
 */
function countSum({ keys, counts }) {
  let sum = 0;
  for (let row = 0; row < keys.length; row++) sum = (sum + Math.imul(keys[row], counts[row])) >>> 0;
  return `${keys.length} ${sum}`;
}

/**
 * Rows, and the sum of key plus left times right, modulo 2^32.
 * @param {Joined} result
 */
function joinSum({ keys, left, right }) {
  let sum = 0;
  for (let row = 0; row < keys.length; row++) sum = (sum + keys[row] + Math.imul(left[row], right[row])) >>> 0;
  return `${keys.length} ${sum}`;
}

/** @param {RelationsContender} contender */
export function relationsKeepsake(contender) {
  return contender.keepsake?.();
}

/**
 * @param {RelationsContender} _
 * @param {Subject[]} subjects
 */
export function relationsBytes(_, [{ bytes }]) {
  return bytes;
}
