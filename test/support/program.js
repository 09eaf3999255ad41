/**
 * Random programs over a HashMap and its model, as fast-check generates and shrinks them: lists of commands, each plain
 * data. Rows of batches are not in a command but drawn from it (`at` is their seed).
 */
import fc from 'fast-check';
import { commands as actions } from './commands.js';
import { domains } from './draw.js';
import { everyPair, ways as hows } from './kinds.js';
import { bodies } from './loops.js';
import { Phases } from './phases.js';
import { Random } from './random.js';
import { Session } from './session.js';
import { ways } from './walker.js';

/** How large programs are: phases of 50 commands each, and rows of a batch. */
export const profiles = {
  small: { phases: 10, rows: 400 },
  normal: { phases: 10, rows: 3600 },
  large: { phases: 30, rows: 30000 },
};

const PHASE = 50;
/** Records that print plainly. */
const PLAIN = { noNullPrototype: true };

/** How likely each command is; a phase has one mood. */
const moods = {
  fill: {
    putAll: 30,
    set: 20,
    open: 5,
    step: 10,
    scan: 6,
    putMap: 4,
    getAll: 6,
    hasAll: 2,
    getOrInsert: 3,
    reserve: 1,
    maintain: 2,
    agree: 1,
  },
  single: {
    set: 30,
    get: 8,
    has: 4,
    delete: 20,
    getOrInsert: 10,
    getOrInsertComputed: 10,
    putAll: 2,
    open: 3,
    step: 6,
    maintain: 3,
    scan: 4,
    stats: 1,
  },
  churn: {
    putAll: 12,
    deleteAll: 12,
    set: 12,
    delete: 12,
    getAll: 5,
    hasAll: 3,
    putMap: 2,
    putSelf: 1,
    maintain: 2,
    trim: 1,
    snapshot: 1,
    step: 10,
    scan: 6,
    open: 3,
    agree: 1,
  },
  walk: {
    open: 12,
    step: 30,
    drop: 4,
    drain: 3,
    loop: 5,
    forEach: 2,
    scan: 10,
    columns: 1,
    set: 15,
    delete: 8,
    putAll: 4,
    deleteAll: 3,
    trim: 1,
    clear: 1,
  },
  drain: {
    deleteAll: 30,
    delete: 20,
    getAll: 6,
    set: 5,
    putAll: 5,
    step: 8,
    open: 3,
    clear: 2,
    renew: 1,
    trim: 2,
    maintain: 3,
    snapshot: 1,
    scan: 5,
    agree: 1,
  },
};

/** Around the rows that fill buckets, blocks and stagings. */
const sizes = [
  0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 127, 128, 129, 255, 257, 400, 700, 1791, 1792, 1793, 3600, 9000, 30000,
];

const weighted = (weights) =>
  fc.constantFrom(...Object.entries(weights).flatMap(([name, weight]) => Array(weight).fill(name)));
const integer = (max) => fc.integer({ min: 0, max });

/** Arbitraries of the fields of commands, by name. */
function fieldsOf(rows) {
  const fitting = sizes.filter((size) => size <= rows);
  return {
    at: fc.noShrink(integer(2 ** 31 - 1)),
    domain: weighted(domains),
    rows: integer(fitting.length - 1).map((index) => fitting[index]),
    how: fc.constantFrom(undefined, ...hows),
    form: fc.constantFrom('column', 'array', 'scalar'),
    source: fc.constantFrom('same seed', 'other seed', 'Map'),
    way: fc.constantFrom(...ways.map(({ name }) => name)),
    body: fc.constantFrom(...Object.keys(bodies)),
    walker: integer(7),
    steps: fc.constantFrom(1, 2, 9, 70, 600),
    limit: fc.constantFrom(undefined, 1, 10, 150, 700, 5000),
  };
}

/** The fields that each command has besides `op`. */
const fieldsUsed = {
  set: ['at', 'domain'],
  get: ['at', 'domain'],
  has: ['at', 'domain'],
  delete: ['at', 'domain'],
  getOrInsert: ['at', 'domain'],
  getOrInsertComputed: ['at', 'domain'],
  putAll: ['at', 'domain', 'rows', 'how', 'form'],
  putMap: ['at', 'domain', 'rows', 'how', 'source'],
  putSelf: ['how'],
  getAll: ['at', 'domain', 'rows'],
  hasAll: ['at', 'domain', 'rows'],
  deleteAll: ['at', 'domain', 'rows'],
  open: ['way'],
  step: ['walker', 'steps'],
  drop: ['walker'],
  drain: ['walker'],
  loop: ['at', 'way', 'body', 'domain', 'rows'],
  forEach: ['at', 'body', 'domain', 'rows'],
  reserve: ['at'],
  columns: ['at'],
  scan: ['walker', 'limit'],
};

/** Arbitraries of single commands, one for each mood. */
function commandsByMood(rows) {
  const fields = fieldsOf(rows);
  const command = (op) => {
    const used = Object.fromEntries((fieldsUsed[op] ?? []).map((name) => [name, fields[name]]));
    return fc.record({ op: fc.constant(op), ...used }, PLAIN);
  };
  const choices = (weights) =>
    Object.entries(weights).map(([op, weight]) => ({ weight, arbitrary: fc.noBias(command(op)) }));
  return Object.fromEntries(Object.entries(moods).map(([mood, weights]) => [mood, fc.oneof(...choices(weights))]));
}

/** Programs of a profile, over all pairs of kinds. */
export function programs(profile) {
  const { phases, rows } = profiles[profile];
  const { fill, ...others } = commandsByMood(rows);
  const options = {
    kinds: fc.constantFrom(...everyPair),
    seed: fc.noShrink(integer(2 ** 31 - 1)),
    capacity: fc.constantFrom(undefined, undefined, undefined, 0, 1, 100, 1300, 1301, 5000),
    maxLoad: fc.constantFrom(undefined, undefined, undefined, undefined, 0.5, 2, 6.5, 8),
    // Small batches keep some programs in pooled memory for long.
    most: fc.constantFrom(...[16, 200, rows, rows, rows].filter((most) => most <= rows)),
  };
  const list = new Phases(fill, [fill, ...Object.values(others)], phases, PHASE);
  return fc.record({ commands: list, options: fc.noBias(fc.record(options, PLAIN)) }, PLAIN);
}

/** Runs a program; throws where the map and the model part. */
export function execute({ options, commands }, counts) {
  const session = new Session(options, counts);
  let number = 0;
  try {
    for (const command of [...commands, { op: 'agree' }]) {
      actions[command.op](session, new Random(command.at ?? 0), command);
      session.note();
      counts.commands++;
      number++;
    }
  } catch (cause) {
    throw new Error(`command ${number}: ${cause.message}`, { cause });
  } finally {
    session.map.dispose();
  }
}
