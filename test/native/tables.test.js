/**
 * Programs of batches on tables of every pair of widths: what native kernels answer, and every byte of the table, is
 * what v128 makes.
 */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { unhash as unhash32 } from '../support/fmix32.js';
import { unhash64 } from '../support/fmix64.js';
import { Random } from '../support/random.js';
import { lookUpColumn, putColumn } from '../../build/native/wasm/column-kernels.js';
import { Pair, kernels } from './pair.js';

/** Of the fixed part of a memory: how many gaps a table has (src/native/layout.h). */
const GAPS_AT = Number(
  /GAPS_AT (\d+)/.exec(readFileSync(new URL('../../src/native/layout.h', import.meta.url), 'utf8'))[1],
);

const test = suite('native tables');
const seed = Number(process.env.TOPHASH_SEED ?? 1);
const rounds = Number(process.env.TOPHASH_ROUNDS ?? 6);

/** Codes of what a write does to a value that is there. */
const HOWS = [0, 1, 8, 9, 10, 16, 17, 18, 24, 25, 26];

/** Words of values: any, which are NaN now and then as floats, and those of small numbers, of 0 and -0. */
const WORDS = [(random) => random.u32(), (random) => random.below(4), () => 0, () => 0x80000000];

/** Ways to draw the hash of a key: all over, or crowded so that buckets, pages and the spill fill up. */
const CROWDS = {
  spread: (random) => random.u32(),
  buckets: (random) => (random.u32() & ~0x7e000000) | (random.below(3) << 25),
  pages: (random) => (random.u32() & ~0x81f8003f) | random.below(2),
  few: (random) => random.below(400),
};

/** Rows that kernels have done which work on the caller's columns. */
let columnsDone = 0;

class Program {
  constructor(name, random, crowd) {
    const [, K, V] = /^k(\d)v(\d)$/.exec(name).map(Number);
    Object.assign(this, { K, V, random, crowd });
    this.Keys = K === 4 ? Uint32Array : BigUint64Array;
    this.pair = new Pair(name, 2);
    this.staging = this.pair.at('STAGING');
    this.most = Math.floor((this.pair.at('STAGING_BYTES') - 256) / (K + V + 1));
    this.known = [];
  }

  /** A table in a memory of its own, or in a pool. */
  open(owned, entries) {
    const { pair, random } = this;
    if (owned) {
      this.table = pair.call('createOwned', entries, 416, 1 << 30, 3) >>> 0;
    } else {
      for (const memory of pair.memories) memory.grow(16);
      this.table = pair.call('createPooled', Math.min(entries, 900), 416, 1 << 30) >>> 0;
    }
    assert.ok(this.table, 'a table');
    this.seed = random.below(4) ? random.u32() : 0;
    pair.write(this.table + pair.at('SEED'), Uint32Array.of(this.seed));
  }

  /** Keys that are new mostly, or known mostly, some of them twice, some with the hash 0. */
  keys(rows) {
    const { random, known, Keys } = this;
    const share = random.pick([0, 1, 5, 10]);
    return Keys.from({ length: rows }, () => {
      if (known.length && random.below(10) < share) return random.pick(known);
      const key = this.key();
      if (known.length < 100_000) known.push(key);
      return key;
    });
  }

  key() {
    const { random, K } = this;
    const high = random.below(500) ? CROWDS[this.crowd](random) : 0;
    if (K === 4) return unhash32(high >>> 0, this.seed);
    const low = high && random.below(2) ? random.u32() : high;
    return unhash64((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0), this.seed);
  }

  /** Deletes all keys but those that are not known any more. */
  removeAll() {
    const { pair, table, staging, known, most, Keys } = this;
    for (let first = 0; first < known.length; first += most) {
      const keys = Keys.from(known.slice(first, first + most));
      pair.write(staging, keys);
      pair.call('removeRows', table, staging, keys.length);
    }
    known.length = 0;
  }

  rows() {
    const { random, most } = this;
    return random.below(3) ? random.below(most + 1) : random.below(300);
  }

  /** Runs a batch of one of the kinds; everything that v128 leaves behind must be there. */
  step() {
    const { pair, random, table, staging, K, V } = this;
    const rows = this.rows();
    const shift = random.below(8);
    const at = staging + shift;
    const values = at + rows * K + random.below(8);
    const found = values + rows * V + random.below(8);
    const kind = random.weighted({ put: 6, get: 4, has: 2, remove: 1, select: 1, reserve: 0.2 });
    pair.write(at, this.keys(rows));
    if (kind === 'put') {
      pair.write(
        values,
        Uint32Array.from({ length: (rows * V) >>> 2 }, () => random.pick(WORDS)(random)),
      );
      const how = V === 0 ? random.below(2) : random.pick(HOWS);
      const written =
        rows > 0 && random.below(2)
          ? this.putColumns(at, values, rows, how)
          : pair.call('putRows', table, at, values, rows, how) >>> 0;
      if (written < rows) this.full = true;
    } else if (kind === 'remove') {
      pair.call('shrinkBehind', table, pair.call('removeRows', table, at, rows));
    } else if (kind === 'reserve') {
      pair.call('reserve', table, this.entries() + random.below(2000), false);
    } else if (kind === 'select') {
      pair.write(
        found,
        Uint8Array.from({ length: rows }, () => random.below(2)),
      );
      const selected = pair.call('selectRows', at, rows, found, random.below(2)) >>> 0;
      pair.expectSame(at, at + selected * K, 'selected keys');
      this.evenStaging(); // behind them, anything
    } else {
      pair.write(pair.at('MISSING'), Uint32Array.of(random.u32(), random.u32()));
      pair.write(values, new Uint8Array(rows * V + rows + 16));
      if (kind === 'get' && V) pair.call('getRows', table, at, rows, values, found);
      else pair.call('hasRows', table, at, rows, found);
      if (rows > 0) this.lookUpColumns(kind, at, values, found, rows);
      pair.expectSame(at, found + rows + 8, `${kind}: keys, values and flags of ${rows} rows`);
    }
    const { bytes } = pair;
    pair.expectSame(pair.at('STAGING') + pair.at('STAGING_BYTES'), bytes, `${kind} of ${rows} rows: the table`);
  }

  /** The native side, for kernels that work on the caller's columns. */
  get host() {
    const { pair, staging, K, V } = this;
    return pair.hostWith({
      ORIGIN: 0,
      PENDING: pair.at('PENDING'),
      widths: { key: K, value: V },
      staging: { keys: staging, values: staging + 2048 },
    });
  }

  /** A copy of staged rows; of no bytes each, one byte. */
  copyOf(at, bytes) {
    return new Uint8Array(this.pair.memories[1].buffer).slice(at, at + Math.max(bytes, 1));
  }

  /** Writes staged rows, natively from copies as far as the table need not grow; returns how many were written. */
  putColumns(at, values, rows, how) {
    const { pair, table, K, V } = this;
    const [v128, native] = pair.sides;
    const [keyColumn, valueColumn] = [this.copyOf(at, rows * K), this.copyOf(values, rows * V)];
    const done = putColumn(this.host, kernels, table, keyColumn, V ? valueColumn : keyColumn, 0, rows, how);
    columnsDone += done;
    const u8 = new Uint8Array(pair.memories[1].buffer);
    u8.set(keyColumn.subarray(done * K), at);
    if (V) u8.set(valueColumn.subarray(done * V), values);
    const written = done + (native.putRows(table, at, values, rows - done, how) >>> 0);
    assert.is(written, v128.putRows(table, at, values, rows, how) >>> 0, `putColumn of ${rows} rows`);
    this.evenStaging();
    return written;
  }

  /** Makes the staging of the native side that of the other one. */
  evenStaging() {
    const { pair, staging } = this;
    pair.write(staging, new Uint8Array(pair.memories[0].buffer, staging, pair.at('STAGING_BYTES')));
  }

  /** Looks copies of staged keys up: the answers must be those that stand in the memory. */
  lookUpColumns(kind, at, values, found, rows) {
    const { table, K, V } = this;
    const given = kind === 'get' && V ? new Uint8Array(rows * V) : undefined;
    const flags = new Uint8Array(rows);
    const hits = lookUpColumn(this.host, kernels, table, this.copyOf(at, rows * K), given, flags, rows);
    if (hits === undefined) return; // as the spill may have some
    columnsDone += rows;
    assert.ok(Buffer.from(this.copyOf(found, rows)).equals(flags), `${kind}: flags of ${rows} rows`);
    assert.is(
      hits,
      flags.reduce((sum, flag) => sum + flag, 0),
    );
    if (given) assert.ok(Buffer.from(this.copyOf(values, rows * V)).equals(given), `${kind}: values of ${rows} rows`);
  }

  entries() {
    const [memory] = this.pair.memories;
    return new Uint32Array(memory.buffer)[(this.table + this.pair.at('COUNT')) >>> 2];
  }

  get spilled() {
    const [memory] = this.pair.memories;
    return new Uint32Array(memory.buffer)[(this.table + this.pair.at('SPILLED')) >>> 2];
  }
}

for (const name of ['k4v0', 'k4v4', 'k4v8', 'k8v0', 'k8v4', 'k8v8']) {
  test(`${name}: answers and tables are those of v128`, () => {
    const random = new Random(seed);
    const calls = {};
    let spilled = 0;
    columnsDone = 0;
    for (let round = 0; round < rounds; round++) {
      for (const crowd of Object.keys(CROWDS)) {
        for (const owned of [true, false]) {
          const program = new Program(name, random, crowd);
          program.open(owned, random.pick([0, 100, 3000, 20000]));
          for (let step = 0; step < 40 && !program.full; step++) program.step();
          for (const [kernel, count] of Object.entries(program.pair.calls))
            calls[kernel] = (calls[kernel] ?? 0) + count;
          spilled += program.spilled;
        }
      }
    }
    const width = name.replace('k', '').replace('v', 'x');
    for (const kind of name.endsWith('v0') ? ['has', 'put'] : ['get', 'has', 'put']) {
      assert.ok(calls[`${kind}Rows${width}`] > 0, `${kind}Rows was called, ${calls[`${kind}Rows${width}`]} times`);
    }
    assert.ok(calls[`selectRows${name[1]}`] > 0, 'selectRows was called');
    assert.ok(columnsDone > 1000, `${columnsDone} rows of columns were served`);
    assert.ok(spilled > 0, 'some tables have a spill');
  });

  test(`${name}: answers and tables are those of v128 where the spill has left gaps between pages`, () => {
    const program = new Program(name, new Random(seed), 'pages');
    program.open(true, 20000);
    for (let step = 0; step < 400 && program.pair.word(GAPS_AT) === 0; step++) program.step();
    assert.ok(program.pair.word(GAPS_AT) > 0, 'a gap');
    program.removeAll();
    assert.is(program.spilled, 0, 'keys in the spill would be for the wasm');
    program.crowd = 'spread';
    columnsDone = 0;
    for (let step = 0; step < 10 * rounds && !program.full; step++) program.step();
    assert.ok(columnsDone > 1000, `${columnsDone} rows of columns were served`);
  });
}

test.run();
