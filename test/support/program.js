/**
 * Random programs over a HashMap and its model: a list of commands, each plain data, so that a program that fails can
 * be shrunk and printed. Rows of batches are not in the command but drawn from it (`at` is their seed).
 */
import * as assert from 'uvu/assert';
import { agrees, same } from './check.js';
import { unhash } from './fmix32.js';
import { drawValues, keyKinds, ways } from './kinds.js';
import { Model } from './model.js';
import { Random } from './random.js';
import { HashMap } from './tophash.js';

/** How likely each command is; a program changes its mood every 50 commands. */
const moods = {
  single: {
    set: 30,
    get: 8,
    has: 4,
    delete: 20,
    getOrInsert: 12,
    getOrInsertComputed: 12,
    putAll: 3,
    getAll: 5,
    agree: 2,
  },
  fill: { putAll: 40, set: 10, putMap: 8, getAll: 8, hasAll: 3, getOrInsert: 3, reserve: 2, deleteAll: 4, agree: 2 },
  churn: {
    putAll: 15,
    deleteAll: 15,
    set: 15,
    delete: 15,
    getAll: 8,
    hasAll: 4,
    putMap: 4,
    getOrInsertComputed: 4,
    agree: 2,
  },
  drain: { deleteAll: 40, delete: 20, getAll: 8, set: 5, putAll: 5, clear: 2, renew: 2, agree: 2 },
};

/** Keys clash in `page` (equal low bits of the hash) and in `bucket` (equal high bits too): they crowd one place. */
const domains = { corners: 2, tiny: 3, dense: 4, spread: 6, endless: 4, page: 1, bucket: 1, present: 4 };

export function generate(key, value, seed, { length, rows }) {
  const random = new Random(seed);
  const sizes = [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 127, 128, 129, 255, 256, 257, 700, 1791, 1792, 1793, 3600];
  const most = random.pick([16, 200, rows, rows]); // some programs remain in pooled memory for long
  const fitting = sizes.filter((size) => size <= most);
  const options = { key, value, seed: random.u32() };
  if (random.below(3) === 0) options.capacity = random.pick([0, 1, 100, 1300, 1301, 5000]);
  if (random.below(4) === 0) options.maxLoad = random.pick([0.5, 2, 6.5, 8]);
  const commands = [];
  let mood = 'fill';
  for (let i = 0; i < length; i++) {
    if (i % 50 === 0 && i > 0) mood = random.pick(Object.keys(moods));
    commands.push({
      op: random.weighted(moods[mood]),
      domain: random.weighted(domains),
      at: random.u32(),
      rows: random.pick(fitting),
      how: random.pick([undefined, ...ways]),
      form: random.pick(['column', 'column', 'array', 'scalar']),
    });
  }
  commands.push({ op: 'agree' });
  return { options, commands };
}

/** Throws where the map and the model part. */
export function execute({ options, commands }) {
  const state = { options, map: new HashMap(options), model: new Model(options.key, options.value), seen: new Set() };
  let at = 0;
  try {
    for (; at < commands.length; at++) run[commands[at].op](state, new Random(commands[at].at), commands[at]);
  } catch (error) {
    error.message = `command ${at} (${commands[at].op}): ${error.message}`;
    throw error;
  } finally {
    state.map.dispose();
  }
}

/** Takes commands away, in halves, quarters and so on, as long as the program goes on failing. */
export function shrink(program, fails) {
  let { commands } = program;
  for (let piece = commands.length >> 1; piece >= 1; piece >>= 1) {
    for (let from = 0; from < commands.length;) {
      const fewer = [...commands.slice(0, from), ...commands.slice(from + piece)];
      if (fails({ ...program, commands: fewer })) commands = fewer;
      else from += piece;
    }
  }
  return { ...program, commands };
}

function drawKeys({ options, model }, random, domain, rows) {
  const { wrap, corners, Column } = keyKinds[options.key];
  const reserved = [0, 1, 2, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1].map((hash) => unhash(hash, options.seed));
  const base = random.below(4) * 1000;
  const draw = {
    corners: () => random.pick([...corners, ...reserved]),
    tiny: () => random.below(16),
    dense: () => base + random.below(3000),
    spread: () => Math.imul(random.below(30000), 0x9e3779b1),
    endless: () => random.u32(),
    page: () => unhash(random.below(500) * 2 ** 22 + 5, options.seed),
    bucket: () => unhash(2 ** 30 + random.below(200) * 2 ** 18 + 7, options.seed),
  };
  if (domain === 'present') return presentKeys(model, random, rows);
  return Column.from({ length: rows }, () => wrap(draw[domain]()));
}

/** Keys that the model has, from a random place on. */
function presentKeys(model, random, rows) {
  const keys = model.keyColumn();
  const start = random.below(Math.max(1, keys.length - rows));
  return keys.slice(start, start + rows);
}

/** The key of a single call. */
function drawKey(state, random, { domain }) {
  return drawKeys(state, random, domain, 1)[0] ?? 0;
}

function drawBatch(state, random, { domain, rows, form }) {
  const keys = drawKeys(state, random, domain, rows);
  const column = drawValues(state.options.value, form === 'scalar' ? 1 : keys.length, random);
  for (const key of keys) state.seen.add(key);
  return { keys, values: { column, array: Array.from(column), scalar: column[0] }[form] };
}

const run = {
  set(state, random, command) {
    const key = drawKey(state, random, command);
    const [value] = drawValues(state.options.value, 1, random);
    state.seen.add(key);
    assert.is(state.map.set(key, value), state.map);
    state.model.set(key, value);
    is(state.map.get(key), value);
  },

  get(state, random, command) {
    const key = drawKey(state, random, command);
    is(state.map.get(key), state.model.get(key));
  },

  has(state, random, command) {
    const key = drawKey(state, random, command);
    is(state.map.has(key), state.model.has(key));
  },

  delete(state, random, command) {
    const key = drawKey(state, random, command);
    is(state.map.delete(key), state.model.delete(key));
    is(state.map.get(key), undefined);
  },

  getOrInsert(state, random, command) {
    const key = drawKey(state, random, command);
    const [value] = drawValues(state.options.value, 1, random);
    if (!state.model.has(key)) state.model.set(key, value);
    state.seen.add(key);
    is(state.map.getOrInsert(key, value), state.model.get(key));
  },

  /** The callback writes to the map: another key, or its own, which loses against the computed value. */
  getOrInsertComputed(state, random, command) {
    const { map, model, seen } = state;
    const key = drawKey(state, random, command);
    const other = random.below(2) === 0 ? key : drawKey(state, random, command);
    const [value, inner] = drawValues(state.options.value, 2, random);
    const had = model.has(key);
    const computed = map.getOrInsertComputed(key, (asked) => {
      is(asked, key);
      is(had, false);
      map.set(other, inner);
      model.set(other, inner);
      seen.add(other);
      return value;
    });
    if (!had) model.set(key, value);
    seen.add(key);
    is(computed, model.get(key));
    is(map.get(key), model.get(key));
  },

  putAll(state, random, command) {
    const { keys, values } = drawBatch(state, random, command);
    is(state.map.putAll(keys, values, command.how), state.model.putAll(keys, values, command.how));
  },

  putMap(state, random, command) {
    const { keys, values } = drawBatch(state, random, { ...command, form: 'column' });
    const source = new Model(state.options.key, state.options.value);
    source.putAll(keys, values);
    const expected = state.model.putAll(source.keyColumn(), source.valueColumn(), command.how);
    if (command.form === 'array') {
      is(state.map.putAll(new Map(source), command.how), expected);
      return;
    }
    const seed = command.form === 'scalar' ? random.u32() : state.options.seed;
    const other = HashMap.fromColumns(keys, values, { key: state.options.key, value: state.options.value, seed });
    try {
      is(state.map.putAll(other, command.how), expected);
      agrees(other, source);
    } finally {
      other.dispose();
    }
  },

  getAll(state, random, command) {
    const keys = drawKeys(state, random, command.domain, command.rows);
    const into = {};
    if (random.below(2) === 0) into.values = drawValues(state.options.value, keys.length, random);
    if (random.below(2) === 0) into.found = new Uint8Array(keys.length).fill(7);
    if (random.below(2) === 0) [into.missing] = drawValues(state.options.value, 1, random);
    const expected = state.model.getAll(keys, into.missing);
    const actual = state.map.getAll(keys, into);
    same(actual.values, expected.values, 'values');
    same(actual.found, expected.found, 'found');
    is(actual.hits, expected.hits);
    if (into.values) is(actual.values, into.values);
    if (into.found) is(actual.found, into.found);
  },

  hasAll(state, random, command) {
    const keys = drawKeys(state, random, command.domain, command.rows);
    same(state.map.hasAll(keys), state.model.hasAll(keys), 'hasAll');
  },

  deleteAll(state, random, command) {
    const keys = drawKeys(state, random, command.domain, command.rows);
    is(state.map.deleteAll(keys), state.model.deleteAll(keys));
    is(state.map.hasAll(keys).indexOf(1), -1);
  },

  clear({ map, model }) {
    is(map.clear(), undefined);
    model.clear();
    is(map.size, 0);
  },

  /** Gives the memory back and starts anew, perhaps in the same memory: of the old map nothing may be left. */
  renew(state) {
    state.map.dispose();
    state.map = new HashMap(state.options);
    state.model.clear();
  },

  reserve({ map }, random) {
    map.reserve(random.below(20000));
  },

  agree({ map, model, seen }) {
    agrees(map, model, seen);
    is(map.stats().size, model.size);
  },
};

function is(actual, expected) {
  assert.ok(Object.is(actual, expected), `got ${String(actual)}, expected ${String(expected)}`);
}
