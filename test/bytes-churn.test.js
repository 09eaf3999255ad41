/** Byte keys that come and go for a long time: the memory stays, and no operation moves many entries. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteKinds, keyOf, keysOf, randomText } from './support/byte-keys.js';
import { Random } from './support/random.js';

const test = behaviour('bytes-churn');
const entries = 10_000;

/** A map of different random texts of `least` .. `most` bytes, any of which may be exchanged for another one. */
class Churned {
  constructor(kind, size, range, seed) {
    this.kind = kind;
    this.random = new Random(seed);
    this.map = make(kind, 'u32', { seed });
    this.model = new Map();
    this.held = [];
    for (let at = 0; at < size; at++) this.#add(at, range);
  }

  #add(at, [least, most]) {
    for (;;) {
      const text = randomText(this.random, least + this.random.below(most - least + 1));
      if (this.model.has(text)) continue;
      this.held[at] = text;
      this.map.set(keyOf(this.kind, text), at);
      this.model.set(text, at);
      return;
    }
  }

  /** Deletes the entry at a place, and adds one of a length in the range. */
  exchange(at, range) {
    assert.is(this.map.delete(keyOf(this.kind, this.held[at])), true);
    this.model.delete(this.held[at]);
    this.#add(at, range);
  }

  exchangeAny(range) {
    this.exchange(this.random.below(this.held.length), range);
  }

  get bytes() {
    return this.map.stats().bytes;
  }
}

for (const kind of byteKinds) {
  test.layout(`${kind}: deleting one and adding one of any length, for a long time`, () => {
    const rounds = budget(kind === 'string' ? 100_000 : 30_000, { debug: 4000, full: 1_000_000 });
    const churned = new Churned(kind, entries, [0, 100], 1);
    const { bytes } = churned;
    for (let round = 0; round < rounds; round++) {
      churned.exchangeAny([0, 100]);
      if (round % 10_000 === 0) assert.ok(churned.bytes <= 1.3 * bytes, `${churned.bytes} bytes, ${bytes} at first`);
    }
    assert.ok(churned.bytes <= 1.3 * bytes, `${churned.bytes} bytes, ${bytes} at first`);
    agreesWith(churned.map, kind, churned.model);
  });
}

test.layout('the oldest always goes', () => {
  const rounds = budget(50_000, { debug: 4000 });
  const churned = new Churned('string', entries, [0, 100], 2);
  const { bytes } = churned;
  for (let round = 0; round < rounds; round++) churned.exchange(round % entries, [0, 100]);
  assert.ok(churned.bytes <= 1.3 * bytes, `${churned.bytes} bytes, ${bytes} at first`);
  agreesWith(churned.map, 'string', churned.model);
});

for (const size of [300, budget(20_000, { debug: 2000, full: 100_000 })]) {
  test.layout(`short keys, long ones, short ones again: ${size} entries`, () => {
    const [short, long] = [
      [8, 20],
      [200, 400],
    ];
    const whatFresh = new Churned('string', size, long, 4).bytes;
    const churned = new Churned('string', size, short, 3);
    let peak;
    for (let cycle = 0; cycle < 3; cycle++) {
      for (const range of [long, short]) {
        for (let at = 0; at < size; at++) churned.exchange(at, range);
        agreesWith(churned.map, 'string', churned.model);
        peak ??= churned.bytes;
      }
    }
    assert.ok(peak <= 1.3 * whatFresh + 2 ** 17, `${peak} bytes with long keys, ${whatFresh} in a fresh map`);
    assert.ok(churned.bytes <= 1.05 * peak, `${churned.bytes} bytes after three cycles, ${peak} in the first`);
  });
}

test.layout('in a pool', () => {
  const rounds = budget(20_000, { debug: 2000 });
  for (const size of [5, 50, 300]) {
    const churned = new Churned('string', size, [0, 100], 5);
    let most = churned.bytes;
    const { bytes } = churned;
    for (let round = 0; round < rounds; round++) {
      churned.exchangeAny([0, 100]);
      if (round % 10 === 0) most = Math.max(most, churned.bytes);
    }
    assert.ok(most <= 2 * bytes + 1024, `${most} bytes for ${size} entries, ${bytes} at first`);
    agreesWith(churned.map, 'string', churned.model);
  }
});

test.layout('no operation moves many entries, and maxMovedPerOp knows of all of them', () => {
  const rounds = budget(20_000, { debug: 3000 });
  // A write passes at most 512 bytes of records and four times its own, each of 12 bytes at least.
  const longest = 112;
  const bound = Math.ceil((512 + 4 * longest) / 12) + 1;
  const churned = new Churned('string', entries, [0, 100], 6);
  let before = churned.map.stats().moved;
  let most = 0;
  for (let round = 0; round < rounds; round++) {
    const at = churned.random.below(entries);
    assert.is(churned.map.delete(churned.held[at]), true);
    const between = churned.map.stats().moved;
    churned.map.set(churned.held[at], at);
    const { moved, maxMovedPerOp } = churned.map.stats();
    most = Math.max(most, between - before, moved - between);
    before = moved;
    if (maxMovedPerOp < most)
      assert.unreachable(`an operation moved ${most} entries, maxMovedPerOp is ${maxMovedPerOp}`);
  }
  assert.ok(most > 0, 'compaction was at work');
  assert.ok(most <= bound, `an operation moved ${most} entries`);
});

test.layout('a long write among short holes moves what its length pays for, and is counted', () => {
  const size = budget(100_000, { debug: 5000, full: 200_000 });
  const texts = Array.from({ length: size }, (_, i) => i.toString(36));
  const map = make('string', 'u32', { seed: 1 });
  map.putAll(texts, 1);
  for (const [i, text] of texts.entries()) if (i % 4 !== 0) map.delete(text);
  for (let i = 0; i < 50; i++) {
    for (const act of [() => map.set(`${i}${'x'.repeat(60_000)}`, 1), () => map.delete(`${i}${'x'.repeat(60_000)}`)]) {
      const { moved } = map.stats();
      act();
      const after = map.stats();
      const now = after.moved - moved;
      assert.ok(now <= (512 + 4 * 65_536) / 12 && now <= after.maxMovedPerOp, `${now} moved, ${after.maxMovedPerOp}`);
    }
  }
});

test.layout('churn by batches, and emptying and filling again', () => {
  const random = new Random(7);
  const map = make('bytes', 'u32', { seed: 7 });
  const fill = () => Array.from({ length: entries }, (_, i) => `${i} ${randomText(random, random.below(100))}`);
  let texts = fill();
  map.putAll(keysOf('bytes', texts), 1);
  const { bytes } = map.stats();
  const rounds = budget(30, { debug: 6 });
  for (let round = 0; round < rounds; round++) {
    const part = entries >> (round % 4);
    assert.is(map.deleteAll(keysOf('bytes', texts.slice(0, part))), part);
    const added = fill()
      .slice(0, part)
      .map((text) => `${round} ${text}`);
    assert.is(map.putAll(keysOf('bytes', added), round), part);
    texts = [...texts.slice(part), ...added];
    assert.is(map.size, entries);
  }
  assert.is(map.getAll(keysOf('bytes', texts)).hits, entries);
  assert.ok(map.stats().bytes <= 1.35 * bytes, `${map.stats().bytes} bytes, ${bytes} at first`);
  for (let round = 0; round < 5; round++) {
    if (round % 2 === 0) map.clear();
    else assert.is(map.deleteAll(keysOf('bytes', texts)), entries);
    assert.is(map.size, 0);
    assert.is(map.putAll(keysOf('bytes', texts), 1), entries);
  }
  assert.ok(map.stats().bytes <= 1.35 * bytes, `${map.stats().bytes} bytes, ${bytes} at first`);
});

test.run();
