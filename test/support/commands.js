/** What each command of a program does to the map and to the model, and what it checks. */
import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { hasBadHash } from './builds.js';
import { inSomeForm, isByteColumn, isSame, rowsOf } from './byte-domains.js';
import { agrees, classOf, refuses, same } from './check.js';
import { drawBatch, drawKey, drawKeys } from './draw.js';
import { drawValues, waysOf } from './kinds.js';
import { bodies } from './loops.js';
import { Model } from './model.js';
import { build, HashMap } from './tophash.js';
import { Visit } from './walker.js';

export const commands = {
  // --- single keys ---

  set(session, random, { domain }) {
    const key = drawKey(session, random, domain);
    const [value] = drawValues(session.options.value, 1, random);
    session.put(key, value);
    is(session.map.get(key), value);
  },

  get(session, random, { domain }) {
    const key = drawKey(session, random, domain);
    is(session.map.get(key), session.model.get(key));
  },

  has(session, random, { domain }) {
    const key = drawKey(session, random, domain);
    is(session.map.has(key), session.model.has(key));
  },

  delete(session, random, { domain }) {
    const key = drawKey(session, random, domain);
    is(session.map.delete(key), session.model.delete(key));
    is(session.map.has(key), false);
  },

  getOrInsert(session, random, { domain }) {
    const key = drawKey(session, random, domain);
    const [value] = drawValues(session.options.value, 1, random);
    if (!session.model.has(key)) session.model.set(key, value);
    session.seen.add([key]);
    is(session.map.getOrInsert(key, value), session.model.get(key));
  },

  /** The callback writes to the map: another key, or its own, which loses against the computed value. */
  getOrInsertComputed(session, random, { domain }) {
    const { map, model, seen } = session;
    const key = drawKey(session, random, domain);
    const other = random.below(2) === 0 ? key : drawKey(session, random, domain);
    const [value, inner] = drawValues(session.options.value, 2, random);
    const had = model.has(key);
    const computed = map.getOrInsertComputed(key, (asked) => {
      is(asked, key === 0 ? 0 : key); // -0 is 0
      is(had, false);
      session.put(other, inner);
      return value;
    });
    if (!had) model.set(key, value);
    seen.add([key]);
    is(computed, model.get(key));
    is(map.get(key), model.get(key));
  },

  // --- batches ---

  putAll(session, random, command) {
    const { map, model } = session;
    const { keys, given, values } = drawBatch(session, random, command);
    if (refused(session, command, () => map.putAll(given, values, command.how))) return;
    is(map.putAll(given, values, command.how), model.putAll(keys, values, command.how));
  },

  putMap(session, random, command) {
    const { map, model, options } = session;
    const { keys, given, column } = drawBatch(session, random, { ...command, form: 'column' });
    const source = new Model(options.key, options.value);
    source.putAll(keys, column);
    if (refused(session, command, () => map.putAll(source, command.how))) return;
    const expected = model.putAll(source.keyColumn(), source.valueColumn(), command.how);
    if (command.source === 'Map') {
      is(map.putAll(new Map(source), command.how), expected);
      return;
    }
    const seed = command.source === 'same seed' ? options.seed : random.u32();
    const other = HashMap.fromColumns(given, column, { key: options.key, value: options.value, seed });
    try {
      is(map.putAll(other, command.how), expected);
      agrees(other, source);
    } finally {
      other.dispose();
    }
  },

  putSelf(session, random, command) {
    const { map } = session;
    if (!refused(session, command, () => map.putAll(map, command.how))) is(map.putAll(map, command.how), 0);
  },

  getAll(session, random, { domain, rows }) {
    const { map, model, options } = session;
    const keys = drawKeys(session, random, domain, session.rows(rows));
    const into = {};
    if (random.below(2) === 0) into.values = drawValues(options.value, keys.length, random);
    if (random.below(2) === 0) into.found = new Uint8Array(keys.length).fill(7);
    if (random.below(2) === 0) [into.missing] = drawValues(options.value, 1, random);
    const expected = model.getAll(keys, into.missing);
    const actual = map.getAll(inSomeForm(keys, random), into);
    same(actual.values, expected.values, 'values');
    same(actual.found, expected.found, 'found');
    is(actual.hits, expected.hits);
    if (into.values) is(actual.values, into.values);
    if (into.found) is(actual.found, into.found);
  },

  hasAll(session, random, { domain, rows }) {
    const keys = drawKeys(session, random, domain, session.rows(rows));
    same(session.map.hasAll(inSomeForm(keys, random)), session.model.hasAll(keys), 'hasAll');
  },

  deleteAll(session, random, { domain, rows }) {
    const keys = drawKeys(session, random, domain, session.rows(rows));
    is(session.map.deleteAll(inSomeForm(keys, random)), session.model.deleteAll(keys));
    is(session.map.hasAll(keys).indexOf(1), -1);
  },

  // --- iterators ---

  open(session, random, { way }) {
    session.open(way);
  },

  step(session, random, { walker, steps }) {
    pick(session, walker, (one) => session.step(one, steps));
  },

  drop(session, random, { walker }) {
    pick(session, walker, (one) => session.leave(one));
  },

  drain(session, random, { walker }) {
    pick(session, walker, (one) => session.step(one, Infinity));
  },

  /** A loop whose body changes the map. */
  loop(session, random, command) {
    const walker = session.open(command.way);
    const body = bodies[command.body](session, random, command);
    let key = session.next(walker);
    for (let row = 0; key !== undefined && body(row, key); row++) key = session.next(walker);
    if (session.walkers.includes(walker)) session.leave(walker);
  },

  forEach(session, random, command) {
    const { map, model } = session;
    const visit = new Visit(model);
    const body = bodies[command.body](session, random, command);
    let row = 0;
    const returned = map.forEach(function (value, key, of) {
      is(this, command);
      is(of, map);
      visit.entry(key, value);
      body(row++, key);
    }, command);
    is(returned, undefined);
    visit.end();
  },

  scan(session, random, { walker, limit }) {
    const rows = session.scan(walker, limit);
    if (placesTellApart(session)) assert.ok(rows <= (limit ?? 1024) + 512, `${rows} rows, limit ${limit}`);
  },

  columns({ map, model, options }, random) {
    const expected = model.keyColumn();
    const strings = random.pick(['array', 'bytes']);
    const { keys: given, values } = map.columns({ strings });
    const keys = strings === 'bytes' && isByteColumn(expected) ? rowsOf(given, options.key) : given;
    is(classOf(keys), classOf(expected));
    is(values.constructor, model.valueColumn().constructor);
    is(keys.length, model.size);
    is(values.length, model.size);
    const visit = new Visit(model);
    keys.forEach((key, row) => visit.entry(key, values[row]));
  },

  // --- the table ---

  clear(session) {
    session.clear();
    is(session.map.size, 0);
  },

  renew(session) {
    session.renew();
  },

  reserve({ map }, random) {
    map.reserve(random.below(20000));
  },

  trim({ map }) {
    const { bytes } = map.stats();
    map.trim();
    assert.ok(map.stats().bytes <= bytes, `${map.stats().bytes} of ${bytes} bytes after trim`);
  },

  /** There and back; whatever state the table is in. */
  snapshot({ map, model, options }) {
    if (options.value === 'any') {
      refuses(() => map.snapshot(), TypeError);
      return;
    }
    const { key, value } = options;
    const other = HashMap.restore(map.snapshot(), { key, value });
    try {
      agrees(other, model);
    } finally {
      other.dispose();
    }
  },

  maintain({ map }, random) {
    for (let calls = random.below(4); calls > 0 && map.maintain(0); calls--);
  },

  stats({ map, model, options }) {
    const { size, buckets, load, seed, overflow, probeHistogram } = map.stats();
    is(size, model.size);
    if (buckets > 0) is(load, size / buckets);
    if (buckets > 0) is(seed, options.seed);
    const counted = probeHistogram.reduce((a, b) => a + b, 0);
    // Of byte keys with one hash the table proper has the first alone.
    if (isByteColumn(model.keyColumn()))
      assert.ok(counted <= size && counted > 0 === size > 0, `${counted} of ${size}`);
    else is(counted, size);
    assert.ok(overflow >= 0 && overflow <= size, `overflow of ${overflow}`);
  },

  agree({ map, model, seen }) {
    agrees(map, model, new Set(seen));
  },
};

/** Have all keys places of their own in the order of a scan? Others of one place come together. */
function placesTellApart({ options: { key } }) {
  return !hasBadHash(build) && (key === 'u32' || key === 'i32');
}

/** True where `how` means nothing to values of the kind, after checking that it is refused. */
function refused({ map, model, options }, { how }, call) {
  if (how === undefined || waysOf(options.value).includes(how)) return false;
  refuses(call, TypeError, `'${how}' on ${options.value}`);
  is(map.size, model.size);
  return true;
}

/** One of the open iterators, if there are any. */
function pick({ walkers }, number, act) {
  if (walkers.length > 0) act(walkers[number % walkers.length]);
}

function is(actual, expected) {
  if (!isSame(actual, expected)) assert.unreachable(`got ${inspect(actual)}, expected ${inspect(expected)}`);
}
