/**
 * What can be measured: kinds of keys and values, many maps, small maps, counting, relations, hashing, algebra of sets,
 * snapshots.
 */
import { deviation } from './deviation.js';
import { hash } from './hash.js';
import { counting } from './counting.js';
import { hashU32 } from './hash-u32.js';
import { relations } from './relations.js';
import { set } from './set.js';
import { small } from './small.js';
import { snapshot } from './snapshot.js';
import { string } from './string.js';
import { ten } from './ten.js';
import { u32 } from './u32.js';
import { u64 } from './u64.js';

/**
 * @typedef {object} Entrant
 * @property {string} label
 * @property {'loop' | 'batch'} [own] is tophash, working so
 * @property {string} [note] for the label of a row, where tophash comes in several forms
 * @property {boolean} [presizes] can its maps be made for a number of entries?
 * @property {string} [needs] package without which it is left out
 * @property {boolean} [kernels] is tophash with native kernels; it is left out where there are none
 * @property {string} [native] program that it is, see ../peers/README.md; it is left out where that is not built
 * @property {boolean} [peer] takes part where peers are asked for
 * @property {number} [upTo] largest N that does not take too long
 * @property {string[]} [rows] that it can do, if not all
 */

/**
 * Held against the samples of one size: how many times as long, or as many bytes, `against` takes as `who`. Without
 * `against`, the rate of `who`.
 * @typedef {object} Target
 * @property {string} label
 * @property {number} n
 * @property {string} row
 * @property {string} who
 * @property {string} [against]
 * @property {number} [wanted] at least
 * @property {number} [atMost] of what `against` takes: the other way round
 */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} legend
 * @property {string} unit of the figures
 * @property {boolean} [rate] are the figures rates, per ns, where a row does not weigh?
 * @property {string} counts what N counts
 * @property {number[]} sizes
 * @property {number} [practice] rounds that are not counted, see ../driver.js
 * @property {boolean} [wide] leaves the heap out of the table of a terminal, for room
 * @property {Record<string, Entrant>} contenders
 * @property {string} [contendersOf] suite whose contenders they are, if they are not its own
 * @property {boolean} [cycles] are the figures cycles of the processor?
 * @property {import('../rows/map-rows.js').Row[]} rows
 * @property {(n: number, round: number) => any[]} createSubjects new data
 * @property {(subjects: any[]) => Uint32Array[]} [streamsOf] the data for native programs, see ../peers/README.md
 * @property {(contender: any, subjects: any[]) => void} [drop] what data has been made of
 * @property {(contender: any, subjects: any[]) => unknown} [keepsakeOf] what lives as long as the process
 * @property {(contender: any, subjects: any[]) => number | undefined} [bytes] that the contender holds outside the JavaScript heap
 * @property {(contender: any, subjects: any[]) => number | undefined} [bytesPerEntry]
 * @property {Target[]} targets
 */

/** @type {Record<string, Suite>} */
export const SUITES = Object.fromEntries(
  [u32, ten, small, counting, relations, u64, string, set, snapshot, hash, hashU32, deviation].map((suite) => [
    suite.name,
    suite,
  ]),
);
export const SUITE_NAMES = Object.keys(SUITES);
