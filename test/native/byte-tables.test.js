/**
 * Programs of batches on tables of byte keys: what native kernels answer, and every byte of table and arena, is what
 * v128 makes.
 */
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { hash } from '../../build/release/index.js';
import { LEFT, getByteColumn, hasByteColumn, putByteColumn } from '../../build/native/wasm/byte-kernels.js';
import { Random } from '../support/random.js';
import { Pair, kernels } from './pair.js';

const test = suite('native tables of byte keys');
const seed = Number(process.env.TOPHASH_SEED ?? 1);
const rounds = Number(process.env.TOPHASH_ROUNDS ?? 6);

/** Codes of what a write does to a value that is there: all of them. */
const HOWS = [0, 1, 8, 9, 10, 16, 17, 18, 24, 25, 26];

/**
 * Keys to draw from, all different, and the 32 bits of their hashes that slots have: the seed of all tables is the
 * same.
 */
const KEYS = 400_000;
const HASH_SEED = 7;
const pool = poolOf(new Random(seed));

function poolOf(random) {
  const ends = Uint32Array.from({ length: KEYS + 1 });
  for (let key = 0; key < KEYS; key++) {
    const length = random.weighted({ 3: 1, 20: 8, 60: 8, 300: 0.3 });
    ends[key + 1] = ends[key] + 4 + random.below(Number(length));
  }
  const bytes = Uint8Array.from({ length: ends[KEYS] }, () => random.u32());
  const view = new DataView(bytes.buffer);
  for (let key = 0; key < KEYS; key++) view.setUint32(ends[key], key); // so all are different
  const hashes = hash.strings({ bytes, offsets: ends }, HASH_SEED, new Uint32Array(KEYS));
  return { bytes, ends, hashes };
}

function keysWhere(condition) {
  const keys = [];
  for (let key = 0; key < KEYS; key++) if (condition(pool.hashes[key])) keys.push(key);
  return keys;
}

/** Keys with one hash, pair by pair. */
function twins() {
  const byHash = new Map();
  const keys = [];
  for (let key = 0; key < KEYS; key++) {
    const twin = byHash.get(pool.hashes[key]);
    if (twin !== undefined) keys.push(twin, key);
    byHash.set(pool.hashes[key], key);
  }
  return keys;
}

/**
 * Keys as they come, or crowded so that buckets, pages and the spill fill up; keys of equal hashes are among all of
 * them.
 */
const CROWDS = {
  spread: keysWhere(() => true),
  buckets: keysWhere((word) => (word & 0x7e000000) >>> 25 < 3),
  pages: keysWhere((word) => (word & 0x81f8000f) === 0),
  few: keysWhere((word) => word < 2 ** 32 / 500),
};
const TWINS = twins();

/** What kernels have done, and what tables came to. */
const seen = { columns: 0, spilled: 0, chained: 0, segments: 0, calls: {} };

class Program {
  constructor(random, crowd, owned, valueBytes) {
    this.random = random;
    this.keys = CROWDS[crowd];
    this.valueBytes = valueBytes;
    this.pair = new Pair('bytes', 4, random.below(8) ? 'native' : 'native-debug');
    const { pair } = this;
    const most = random.pick([416, 416, 512]);
    if (owned) {
      this.table = pair.call('createOwned', random.pick([0, 100, 3000, 20000]), most, 1 << 30, 3, valueBytes) >>> 0;
    } else {
      for (const memory of pair.memories) memory.grow(16);
      this.table = pair.call('createPooled', random.below(900), most, 1 << 30, valueBytes) >>> 0;
    }
    assert.ok(this.table, 'a table');
    pair.write(this.table + pair.at('SEED'), Uint32Array.of(HASH_SEED));
    this.width = random.pick([200, 2000, 20000, this.keys.length]);
  }

  draw() {
    const { random, keys } = this;
    if (random.below(40) === 0) return random.pick(TWINS);
    return keys[random.below(Math.min(this.width, keys.length))];
  }

  /** A column of keys: rows of the pool, one behind the other. */
  column(rows) {
    const drawn = Array.from({ length: rows }, () => this.draw());
    const offsets = new Uint32Array(rows + 1);
    drawn.forEach((key, row) => (offsets[row + 1] = offsets[row] + pool.ends[key + 1] - pool.ends[key]));
    const bytes = new Uint8Array(offsets[rows] + 1);
    drawn.forEach((key, row) => bytes.set(pool.bytes.subarray(pool.ends[key], pool.ends[key + 1]), offsets[row]));
    return { bytes, offsets };
  }

  /** Stages a column that fits; its offsets may count from far before the staging. Returns where they count from. */
  stage({ bytes, offsets }) {
    const { pair, random } = this;
    const before = random.below(2) ? 0 : random.u32();
    pair.write(pair.at('KEY_BYTES'), bytes);
    pair.write(
      pair.at('OFFSETS'),
      offsets.map((offset) => offset + before),
    );
    return (pair.at('KEY_BYTES') - before) | 0;
  }

  step() {
    const { pair, random, table, valueBytes } = this;
    const wanted = random.below(3) ? random.below(pair.at('BYTE_ROWS') + 1) : random.below(150);
    let column = this.column(wanted);
    while (column.bytes.length > pair.at('KEY_BYTES_ROOM')) column = this.column(column.offsets.length >>> 1);
    const rows = column.offsets.length - 1;
    const values = pair.at('ROW_VALUES');
    const found = pair.at('ROW_FOUND');
    const kind = random.weighted({ put: 6, get: 4, has: 2, remove: 2, maintain: 0.3, reserve: 0.2, caller: 3 });
    const at = this.stage(column);
    if (kind === 'put') {
      this.stageValues(rows);
      const how = valueBytes === 0 ? random.below(2) : random.pick(HOWS);
      this.full = pair.call('putRows', table, at, values, rows, how) >>> 0 < rows;
    } else if (kind === 'remove') {
      pair.call('removeRows', table, at, rows);
    } else if (kind === 'maintain') {
      pair.call('maintain', table);
    } else if (kind === 'reserve') {
      pair.call('reserve', table, this.field('COUNT') + random.below(2000), false);
    } else {
      pair.write(pair.at('MISSING'), Uint32Array.of(random.u32(), random.u32()));
      pair.write(values, new Uint8Array(8 * pair.at('BYTE_ROWS')));
      if (kind === 'get') pair.call('getRows', table, at, rows, values, found);
      else pair.call('hasRows', table, at, rows, found);
      if (kind === 'caller' && rows > 0) this.callerSteps(column, rows, at);
    }
    pair.expectSame(pair.at('CONTROL'), pair.bytes, `${kind} of ${rows} rows: table and arena`);
  }

  /**
   * Values of all sorts: of four or eight bytes each, small numbers, and what is NaN, infinite or -0 as a double or a
   * float.
   */
  stageValues(rows) {
    const { pair, random, valueBytes } = this;
    const bytes = Math.max(valueBytes, 4);
    const words = Uint32Array.from({ length: (rows * bytes) >>> 2 }, () =>
      random.pick([random.u32(), random.below(4), 0, 0x80000000, 0x7ff00000, 0x7f800000, 0x3f800000]),
    );
    const numbers = bytes === 8 ? new Float64Array(words.buffer) : new Float32Array(words.buffer);
    if (random.below(2)) for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) numbers[i] = i;
    pair.write(pair.at('ROW_VALUES'), words);
  }

  /** The same keys as columns of the caller's, looked up and written. */
  callerSteps(column, rows, at) {
    const { pair, random, table, valueBytes } = this;
    const before = random.below(100);
    const shifted = { bytes: column.bytes, offsets: new Uint32Array(before + rows + 1) };
    shifted.offsets.set(column.offsets, before);
    const found = new Uint8Array(before + rows);
    const values = new Uint8Array((before + rows) * Math.max(valueBytes, 1));
    const has = hasByteColumn(this.host, kernels, table, shifted, found, before, rows);
    this.expectAnswer(has, found, before, rows, 'hasByteColumn');
    if (valueBytes > 0) {
      pair.call('getRows', table, at, rows, pair.at('ROW_VALUES'), pair.at('ROW_FOUND'));
      const get = getByteColumn(this.host, kernels, table, shifted, values, found, before, rows);
      const expected = this.staged('ROW_VALUES', rows * valueBytes);
      for (let row = 0; row < rows; row++) {
        if (found[before + row] !== LEFT) continue;
        const at = row * valueBytes;
        values.set(expected.subarray(at, at + valueBytes), before * valueBytes + at);
      }
      this.expectAnswer(get, found, before, rows, 'getByteColumn');
      assert.ok(expected.equals(values.subarray(before * valueBytes)), `getByteColumn: values of ${rows} rows`);
    }
    // No growth may come due: then it is all the same in which parts the rows are written.
    if (this.field('COUNT') + rows + 128 > this.field('GROW_AT') || this.field('SPILLED') + rows > 256) return;
    this.stageValues(rows);
    const how = valueBytes === 0 ? random.below(2) : random.pick(HOWS);
    values.set(this.staged('ROW_VALUES', rows * valueBytes), before * valueBytes);
    const [v128] = pair.sides;
    const numbers =
      valueBytes === 8 ? new Float64Array(values.buffer) : valueBytes === 4 ? new Float32Array(values.buffer) : values;
    const { row } = putByteColumn(this.host, kernels, table, shifted, numbers, before, before + rows, how);
    const written = row - before;
    const expected = v128.putRows(table, at, pair.at('ROW_VALUES'), rows, how) >>> 0;
    assert.is(written, expected, `putByteColumn of ${rows} rows`);
    this.full = written < rows;
    seen.columns += rows;
    this.evenStaging();
  }

  /**
   * What a look-up of columns of the caller's gave must be what was staged by the look-up before, but for rows that the
   * kernel has left to the wasm.
   */
  expectAnswer(answer, found, before, rows, what) {
    const flags = this.staged('ROW_FOUND', rows);
    const own = found.subarray(before);
    for (let row = 0; row < rows; row++) if (own[row] === LEFT) own[row] = flags[row];
    assert.ok(flags.equals(own), `${what}: flags of ${rows} rows`);
    const hits = flags.reduce((sum, flag) => sum + flag, 0);
    if (answer.left === 0) assert.is(answer.hits, hits, `${what}: hits`);
    seen.columns += rows - answer.left;
  }

  staged(constant, bytes) {
    return Buffer.from(this.pair.memories[1].buffer).subarray(this.pair.at(constant)).subarray(0, bytes);
  }

  /** The native side, for kernels that work on the caller's columns. */
  get host() {
    const { pair } = this;
    const staging = { keys: pair.at('KEY_BYTES'), room: pair.at('KEY_BYTES_ROOM'), offsets: pair.at('OFFSETS') };
    return pair.hostWith({ ORIGIN: 0, staging: { ...staging, values: pair.at('ROW_VALUES') } });
  }

  /** Makes the staging of the native side that of the other one. */
  evenStaging() {
    const { pair } = this;
    const [from, to] = [pair.at('OFFSETS'), pair.at('KEY_BYTES') + pair.at('KEY_BYTES_ROOM') + 64];
    pair.write(from, new Uint8Array(pair.memories[0].buffer, from, to - from));
  }

  field(name) {
    const [memory] = this.pair.memories;
    return new Uint32Array(memory.buffer)[(this.table + this.pair.at(name)) >>> 2];
  }
}

for (const valueBytes of [0, 4, 8]) {
  test(`values of ${valueBytes} bytes: answers, tables and arenas are those of v128`, () => {
    const random = new Random(seed + valueBytes);
    for (let round = 0; round < rounds; round++) {
      for (const crowd of Object.keys(CROWDS)) {
        for (const owned of [true, true, false]) {
          const program = new Program(random, crowd, owned, valueBytes);
          for (let step = 0; step < 60 && !program.full; step++) program.step();
          for (const [kernel, count] of Object.entries(program.pair.calls))
            seen.calls[kernel] = (seen.calls[kernel] ?? 0) + count;
          seen.spilled += program.field('SPILLED');
          seen.chained += program.field('APART');
          seen.segments = Math.max(seen.segments, program.pair.bytes >>> 16);
        }
      }
    }
  });
}

test('kernels did it', () => {
  for (const kernel of ['getByteRows', 'hasByteRows', 'putByteRows']) assert.ok(seen.calls[kernel] > 0, kernel);
  assert.ok(seen.columns > 1000, `${seen.columns} rows of columns were served`);
  assert.ok(seen.spilled > 0, 'some tables have a spill');
  assert.ok(seen.chained > 0, 'some keys have equal hashes');
  assert.ok(seen.segments > 12, `${seen.segments} segments at most`);
});

test.run();
