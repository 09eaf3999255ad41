/**
 * A map at its maxBytes under random operations: after every CapacityError it holds what its model holds, with exactly
 * `rows` rows of the batch applied, and it goes on to serve reads, overwrites and deletions.
 */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { inSomeForm } from './support/byte-domains.js';
import { byteKinds, keyOf } from './support/byte-keys.js';
import { agrees } from './support/check.js';
import { drawValues, keyColumn, keyKinds, waysOf } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';
import { CapacityError } from './support/tophash.js';

const test = behaviour('at-limit');

/** One map, its model, and what is done to both. */
class Limited {
  errors = 0;
  added = 0;

  constructor(key, value, maxBytes, seed) {
    this.kinds = { key, value };
    this.maxBytes = maxBytes;
    this.random = new Random(seed);
    this.map = make(key, value, { maxBytes, seed });
    this.model = new Model(key, value);
    // Some twice as many keys as there is room for, of bytes more.
    this.domain = Math.max(40, maxBytes / (keyKinds[key].Column.BYTES_PER_ELEMENT ? 5 : 20));
  }

  keys(rows) {
    const { random, domain } = this;
    return keyColumn(this.kinds.key, rows, () => Math.imul(random.below(domain), 0x9e3779b1));
  }

  key() {
    return this.keys(1)[0];
  }

  values(rows) {
    return drawValues(this.kinds.value, rows, this.random);
  }

  value() {
    return this.values(1)[0];
  }

  /** Keys that are there, some of them. */
  held(rows) {
    const all = this.model.keyColumn();
    const from = this.random.below(Math.max(1, all.length - rows));
    return all.subarray(from, from + rows);
  }

  rows() {
    return this.random.below(this.random.pick([3, 200, 1500, 4000]));
  }

  /** Awaits a batch; returns how many of its rows were applied. @param fits must all be? */
  async applied(call, rows, fits = false) {
    try {
      const added = await call();
      this.added = added;
      return rows;
    } catch (error) {
      assert.instance(error, CapacityError, error.stack);
      assert.not(fits, `this needs no memory: ${error.message}`);
      assert.ok(Number.isInteger(error.rows) && error.rows >= 0 && error.rows < rows, `${error.rows} rows of ${rows}`);
      this.errors++;
      this.refused = true;
      return error.rows;
    }
  }

  async put(batch, { held = false } = {}) {
    const keys = held ? this.held(this.rows()) : this.keys(this.rows());
    const how = this.random.pick(waysOf(this.kinds.value));
    const values = this.random.below(4) === 0 ? this.value() : this.values(keys.length);
    const given = inSomeForm(keys, this.random);
    const rows = await this.applied(() => batch(given, values, how), keys.length, held);
    const column = keys.constructor.from(keys.slice(0, rows));
    const added = this.model.putAll(column, values, how);
    if (rows === keys.length) assert.is(this.added, added, 'new keys');
    if (held) assert.is(added, 0);
    if (this.refused) assert.not(this.model.has(keys[rows]), 'the first row that does not fit is a new key');
  }
}

const operations = {
  putAll: [5, (it) => it.put((keys, values, how) => it.map.putAll(keys, values, how))],
  putAllAsync: [3, (it) => it.put((keys, values, how) => it.map.putAllAsync(keys, values, { how, budgetMs: 0 }))],
  overwrite: [3, (it) => it.put((keys, values, how) => it.map.putAll(keys, values, how), { held: true })],
  async set(it) {
    for (let i = 0; i < 30 && !it.refused; i++) {
      const [key, value] = [it.key(), it.value()];
      const applied = await it.applied(() => void it.map.set(key, value), 1, it.model.has(key));
      if (applied === 1) it.model.set(key, value);
    }
  },
  async getOrInsert(it) {
    const [key, value] = [it.key(), it.value()];
    const there = it.model.has(key);
    const applied = await it.applied(() => void it.map.getOrInsert(key, value), 1, there);
    if (applied === 1 && !there) it.model.set(key, value);
  },
  delete(it) {
    for (let i = 0; i < 30; i++) {
      const key = it.key();
      assert.is(it.map.delete(key), it.model.delete(key));
    }
  },
  deleteAll(it) {
    const keys = it.random.below(3) === 0 ? it.held(it.rows()) : it.keys(it.rows());
    assert.is(it.map.deleteAll(inSomeForm(keys, it.random)), it.model.deleteAll(keys));
  },
  getAll(it) {
    const keys = it.keys(it.rows());
    assert.is(it.map.getAll(inSomeForm(keys, it.random)).hits, it.model.getAll(keys).hits);
  },
  async reserve(it) {
    await it.applied(() => it.map.reserve(it.random.below(it.maxBytes)), 1);
  },
  clear(it) {
    if (it.random.below(20) > 0) return;
    it.map.clear();
    it.model.clear();
  },
};
const weights = Object.fromEntries(
  Object.entries(operations).map(([name, operation]) => [name, Array.isArray(operation) ? operation[0] : 2]),
);

async function run(key, value, maxBytes, count, seed) {
  const it = new Limited(key, value, maxBytes, seed);
  for (let i = 0; i < count; i++) {
    const name = it.random.weighted(weights);
    it.refused = false;
    await [operations[name]].flat().at(-1)(it);
    if (it.map.stats().bytes > maxBytes) assert.unreachable(`${name}: ${it.map.stats().bytes} bytes of ${maxBytes}`);
    assert.is(it.map.size, it.model.size, `size after ${name}, operation ${i} of seed ${seed}`);
    if (it.refused || i % 50 === 0) agrees(it.map, it.model);
  }
  agrees(it.map, it.model);
  it.map.dispose();
  return it.errors;
}

/** Pools and memories of their own; u32 keys are the narrowest table, u64 the widest. */
const tables = [
  ['u32', 'u32'],
  ['u64', 'f64'],
  ['i32', 'any'],
  ['string', 'u32'],
  ['bytes', 'f64'],
];
const limits = [700, 5000, 20_000, 70_000, 140_000, 300_000];
const operationsEach = budget(60, { debug: 12, badHash: 6, full: 3400 });

for (const [key, value] of tables) {
  test(`${key} -> ${value}: ${operationsEach * limits.length} operations`, async () => {
    let errors = 0;
    for (const maxBytes of limits) errors += await run(key, value, maxBytes, operationsEach, maxBytes + operationsEach);
    assert.ok(errors > operationsEach / 3, `${errors} errors`);
  });
}

const pageCounts = Array.from({ length: budget(20, { debug: 8, high: 10, full: 40 }) }, (_, i) => 5 + i);
for (const kind of byteKinds) {
  test.layout(`${kind}: when half of the keys have gone there is room again, whatever the number of pages`, () => {
    for (const pages of pageCounts) {
      const random = new Random(pages);
      const map = make(kind, 'u32', { maxBytes: pages * 65_536, seed: 1 });
      const held = [];
      try {
        for (;;) {
          const key = keyOf(kind, `${random.u32().toString(36)}${'x'.repeat(random.below(30))}`);
          map.set(key, held.length);
          held.push(key);
        }
      } catch (error) {
        assert.instance(error, CapacityError, error.stack);
      }
      const half = held.filter((_, i) => i % 2 === 0);
      assert.is(map.deleteAll(half), half.length);
      const again = half.slice(0, Math.floor(half.length * 0.8)); // see fittingAgain
      assert.is(map.putAll(again, 1), again.length, `${pages} pages`);
      assert.ok(map.stats().bytes <= pages * 65_536);
      map.dispose();
    }
  });
}

for (const key of ['u32', 'string']) {
  test(`a map of ${key} with no room for a memory of its own makes none where it refuses`, () => {
    const map = make(key, 'u32', { maxBytes: key === 'u32' ? 20_000 : 60_000, seed: 5 });
    const { wrap } = keyKinds[key];
    let row = 0;
    const fill = () => {
      for (; row < 100_000; row++) map.set(wrap(row), 1);
    };
    assert.throws(fill, (error) => error instanceof CapacityError);
    const { Memory } = WebAssembly;
    let made = 0;
    WebAssembly.Memory = class extends Memory {
      constructor(...args) {
        super(...args);
        made++;
      }
    };
    try {
      for (let i = 0; i < 100; i++) assert.throws(fill, (error) => error instanceof CapacityError);
    } finally {
      WebAssembly.Memory = Memory;
    }
    assert.is(made, 0);
    assert.is(map.size, row);
  });
}

test.run();
