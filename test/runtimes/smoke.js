/**
 * Of everything a little, in any host: needs nothing of it but the language and what the library itself needs (so it
 * imports a file, as it lies beside the tests in packed.js). Fills, reads, changes and empties maps and sets of every
 * kind, and holds hashes and snapshots to the bits that they have on Node.
 */
import { capabilities, HashMap, HashSet, hash, SnapshotError } from '../../node_modules/tophash/dist/index.js';

const ROWS = 120_000;
const FEW = 3000;
const SEED = 20261125;
/** Values of which maps are large enough for a memory of their own: of those a browser has room for some 125 at once. */
const MANY_OF = ['u32', 'any'];

function check(condition, what) {
  if (!condition) throw new Error(`${what} went wrong`);
}

/** Key number i of a kind; strings with lone surrogates among them. */
const keyOf = {
  u32: (i) => Math.imul(i, 0x9e3779b1) >>> 0,
  i32: (i) => Math.imul(i, 0x9e3779b1) | 0,
  u64: (i) => BigInt.asUintN(64, BigInt(i) * 0x9e3779b97f4a7c15n),
  i64: (i) => BigInt.asIntN(64, BigInt(i) * 0x9e3779b97f4a7c15n),
  f64: (i) => i / 7,
  string: (i) => `${['', 'é', '\u{1f600}', '\ud800', 'x'.repeat(70)][i % 5]}${i}`,
  bytes: (i) => Uint8Array.of(0xff, i, i >> 8, ...Array(i % 40).fill(i)),
};

const valueOf = {
  u32: (i) => i,
  i32: (i) => -i,
  f32: (i) => i / 2,
  u64: (i) => BigInt(i) << 33n,
  i64: (i) => -(BigInt(i) << 33n),
  f64: (i) => i / 3,
  any: (i) => ({ i }),
};

const columnClass = {
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  u64: BigUint64Array,
  i64: BigInt64Array,
  f64: Float64Array,
};

/** The column of a kind with the rows that `rowOf` gives. */
function columnOf(kind, rows, rowOf) {
  const Column = columnClass[kind] ?? Array;
  return Column.from({ length: rows }, (_, i) => rowOf(i));
}

/** Texts for `Map`, of keys that it would tell apart by their identity. */
const named = (key) => (key instanceof Uint8Array ? key.join() : key);

function checkPair(key, value) {
  const what = `${key} to ${value}`;
  const rows = MANY_OF.includes(value) ? FEW : FEW / 5;
  const keys = columnOf(key, rows, keyOf[key]);
  const values = columnOf(value, rows, valueOf[value]);
  const map = new HashMap({ key, value, seed: SEED });
  for (let i = 0; i < rows / 2; i++) map.set(keys[i], values[i]);
  check(map.putAll(keys, values) === rows / 2 && map.size === rows, `${what}: putAll`);

  const all = map.getAll(keys);
  check(all.hits === rows && all.found.every((bit) => bit === 1), `${what}: getAll`);
  for (let i = 0; i < rows; i++) {
    check(Object.is(map.get(keys[i]), values[i]) && Object.is(all.values[i], values[i]), `${what}: get`);
  }
  const expected = new Map(Array.from(keys, (one, i) => [named(one), values[i]]));
  const holds = (one, its) => Object.is(expected.get(named(one)), its);
  let seen = 0;
  for (const [one, its] of map) if (holds(one, its)) seen++;
  check(seen === rows, `${what}: iteration`);
  const columns = map.columns();
  check(
    columns.keys.length === rows && columns.keys.every((one, i) => holds(one, columns.values[i])),
    `${what}: columns`,
  );
  const met = new Set();
  for (let cursor = 0; ;) {
    const part = map.scan(cursor, 100);
    part.keys.forEach((one, i) => holds(one, part.values[i]) && met.add(named(one)));
    cursor = part.cursor;
    if (cursor === 0) break;
  }
  check(met.size === rows, `${what}: scan`);

  if (value !== 'any') {
    const again = HashMap.restore(map.snapshot(), { key, value });
    check(again.size === rows && again.getAll(keys).values.every((its, i) => its === values[i]), `${what}: snapshot`);
    again.dispose();
  }
  check(map.deleteAll(keys.slice(0, rows - 1)) === rows - 1 && map.delete(keys[rows - 1]), `${what}: deleteAll`);
  check(map.size === 0 && map.get(keys[0]) === undefined, `${what}: empty`);
  map.dispose();
}

function checkLargeBatches() {
  const keys = columnOf('u32', ROWS, keyOf.u32);
  const halves = Float64Array.from(keys, (key) => key / 2);
  const map = new HashMap({ key: 'u32', value: 'f64' });
  check(map.putAll(keys, halves) === ROWS && map.putAll(keys, 1, 'add') === 0, 'putAll');
  const { values } = map.getAll(keys);
  check(
    values.every((value, i) => value === keys[i] / 2 + 1),
    'getAll',
  );
  check(map.deleteAll(keys.subarray(0, ROWS / 3)) === ROWS / 3, 'deleteAll');
  check(map.hasAll(keys).indexOf(1) === ROWS / 3 && map.size === (ROWS / 3) * 2, 'hasAll');
  map.trim();
  while (map.maintain());
  check(map.hasAll(keys).indexOf(1) === ROWS / 3, 'trim');
  map.dispose();
}

function checkGrowthByOne() {
  const map = new HashMap({ key: 'i32', value: 'i64' });
  for (let i = 0; i < ROWS; i++) map.set(i - ROWS / 2, BigInt(-i));
  for (let i = 0; i < ROWS; i++) check(map.get(i - ROWS / 2) === BigInt(-i), 'get');
  for (let i = 0; i < ROWS; i += 2) check(map.delete(i - ROWS / 2), 'delete');
  check(map.size === ROWS / 2 && map.has(1 - ROWS / 2) && !map.has(-ROWS / 2), 'has');
  check(map.stats().maxMovedPerOp <= 1536, 'bounded work');
  map.dispose();
}

function checkManyMaps() {
  const many = Array.from({ length: 300 }, (_, i) => new HashMap({ key: 'u32', value: 'u32' }).set(i, i));
  check(
    many.every((map, i) => map.get(i) === i),
    'small maps',
  );
  const large = Array.from({ length: 10 }, (_, i) => {
    const keys = columnOf('u32', 10_000, (row) => keyOf.u32(row * 10 + i));
    return HashMap.fromColumns(keys, keys, { key: 'u32', value: 'u32' });
  });
  check(
    large.every((map, i) => map.size === 10_000 && map.get(keyOf.u32(i)) === keyOf.u32(i)),
    'large maps',
  );
  for (const map of [...many, ...large]) map.dispose();
}

function checkSets() {
  const a = HashSet.from(['a', 'b', '\ud800'], { key: 'string' });
  const b = HashSet.fromColumn(['b', 'c'], { key: 'string' });
  check([...a.union(b)].sort().join() === 'a,b,c,\ud800', 'union');
  check(a.intersection(b).column().join() === 'b' && a.has('\ud800') && !a.has('\udfff'), 'intersection');
}

function checkGoldenBits() {
  check(hash.id === 'tophash-0', 'hash.id');
  check(hash.u32(Uint32Array.of(1))[0] === 0x514e28b7, 'hash.u32');
  check(hash.u64(BigUint64Array.of(1n), 0, new BigUint64Array(1))[0] === 0xb456bcfc34c2cb2cn, 'hash.u64');
  const keys = columnOf('string', FEW, keyOf.string);
  const rows = hash.strings(keys, 7, new BigUint64Array(FEW));
  check(
    rows.every((bits, i) => bits === hash.bytes64(keys[i], 7)),
    'hash.strings',
  );
  check(hash.bytes64(new Uint8Array(rows.buffer)) === HASH_OF_STRINGS, 'the bits of hash.strings');
  const { order, offsets } = hash.partition(hash.u32(columnOf('u32', FEW, keyOf.u32)), 8);
  check(order.length === FEW && offsets.length === 257 && offsets[256] === FEW, 'hash.partition');

  const map = new HashMap({ key: 'u32', value: 'f64', seed: SEED });
  for (let i = 0; i < FEW; i++) map.set(keyOf.u32(i), i / 3);
  const snapshot = map.snapshot();
  check(hash.bytes64(snapshot) === HASH_OF_SNAPSHOT, 'the bits of a snapshot');
  snapshot[200] ^= 1;
  let refused;
  try {
    HashMap.restore(snapshot);
  } catch (error) {
    refused = error;
  }
  check(refused instanceof SnapshotError, 'a damaged snapshot');
  map.dispose();
}

/** As Node has them. */
const HASH_OF_STRINGS = 0x4bcccda72a7556a8n;
const HASH_OF_SNAPSHOT = 0xe95d530c13c09af6n;

async function checkAsync() {
  const keys = columnOf('string', ROWS / 3, keyOf.string);
  const map = new HashMap({ key: 'string', value: 'u32' });
  let slices = 0;
  const fresh = await map.putAllAsync(keys, 5, { budgetMs: 1, onProgress: () => slices++ });
  check(fresh === map.size && fresh === new Set(keys).size && slices > 0, 'putAllAsync');
  const { values, hits } = await map.getAllAsync(keys, { budgetMs: 1 });
  check(hits === keys.length && values.every((value) => value === 5), 'getAllAsync');
  const again = await HashMap.restoreStream(map.snapshotStream());
  check(again.size === map.size && again.hasAll(keys).indexOf(0) === -1, 'restoreStream');
  map.dispose();
  again.dispose();
}

/** Returns which runtime the library found. @throws at the first thing that is not right */
export async function smoke() {
  check(capabilities().simd, 'capabilities');
  for (const key of Object.keys(keyOf)) for (const value of Object.keys(valueOf)) checkPair(key, value);
  checkLargeBatches();
  checkGrowthByOne();
  checkManyMaps();
  checkSets();
  checkGoldenBits();
  await checkAsync();
  return capabilities().runtime;
}
