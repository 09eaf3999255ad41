/**
 * The hash of byte keys looks random on keys that are not: each half by itself and both together. `hash.bytes` is the
 * low half, tables use both ends of it.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { Random } from './support/random.js';
import { hash } from './support/tophash.js';

const test = behaviour('hash-quality');
const encoder = new TextEncoder();

/** Rows of one length or of many, as a column to be filled. */
class Rows {
  #bytes = new Uint8Array(2 ** 20);
  #ends = [0];

  add(row) {
    const start = this.#ends.at(-1);
    const end = start + row.length;
    while (end > this.#bytes.length) this.#double();
    this.#bytes.set(row, start);
    this.#ends.push(end);
  }

  #double() {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  hashes(seed) {
    const out = new BigUint64Array(this.#ends.length - 1);
    return hash.strings({ bytes: this.#bytes, offsets: Uint32Array.from(this.#ends) }, seed, out);
  }
}

const halves = (hashes, half) => new Uint32Array(hashes.buffer).filter((_, i) => (i & 1) === half);

function repeats(sorted) {
  let count = 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) count++;
  return count;
}

/**
 * How often a value repeats among `n` values of `bits` bits that are drawn at random: its mean, and what it stays
 * under.
 */
function checkRepeats(count, n, bits, what) {
  const values = 2 ** bits;
  const mean = n - values * -Math.expm1(n * Math.log1p(-1 / values));
  const limit = 5 * Math.sqrt(mean) + 3;
  assert.ok(
    Math.abs(count - mean) <= limit,
    `${what}: ${count} repeats, expected ${mean.toFixed(1)} +- ${limit.toFixed(1)}`,
  );
}

/** Distinct rows: no two with the same 64 bits, and in each half no more and no fewer repeats than chance makes. */
function checkCollisions(what, rows, seeds = [0, 1, 0xdeadbeef]) {
  for (const seed of seeds) {
    const hashes = rows.hashes(seed);
    for (const [half, name] of ['low', 'high'].entries()) {
      const part = halves(hashes, half).sort();
      const label = `${what}, seed ${seed}, ${name} half`;
      checkRepeats(repeats(part), part.length, 32, label);
      checkRepeats(repeats(part.map((x) => x >>> 7).sort()), part.length, 25, `${label}, its top 25 bits`);
      checkRepeats(repeats(part.map((x) => x & 0x1ffffff).sort()), part.length, 25, `${label}, its low 25 bits`);
    }
    assert.is(repeats(hashes.sort()), 0, `${what}, seed ${seed}: rows with the same 64 bits`);
  }
}

/** Rows of which `write(add)` makes each by `add(row)`. */
function rowsOf(write) {
  const rows = new Rows();
  write((row) => rows.add(row));
  return rows;
}

const wordRow = (words) => new Uint8Array(Uint32Array.from(words).buffer);

// --- avalanche: a flipped bit of the key or of the seed flips each bit of the hash in half of the samples

/** Of 32,768 samples the share of flips is 0.5 +- 0.003 (one sigma). */
const SAMPLES = budget(32768, { debug: 4096, full: 65536 });
/** Rows with one seed. */
const ROWS = 2048;
/** 2 %, and where samples are few what noise needs. */
const MOST_BIAS = Math.max(0.02, 3 / Math.sqrt(SAMPLES));
/** Bits flipped of a key: of a long one not all, but in each of its stripes. */
const MOST_BITS = 32;

/** Counts in which samples each bit of the hash differs. */
function countFlips(counts, before, after) {
  const a = new Uint32Array(before.buffer);
  const b = new Uint32Array(after.buffer);
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] ^ b[i];
    const first = (i & 1) << 5;
    for (let bit = 0; bit < 32; bit++) counts[first + bit] += (difference >>> bit) & 1;
  }
}

function checkFlips(counts, what) {
  counts.forEach((count, bit) => {
    const bias = Math.abs(count / SAMPLES - 0.5);
    assert.ok(bias <= MOST_BIAS, `${what}: bit ${bit} of the hash flips in ${count} of ${SAMPLES}`);
  });
}

for (const length of [1, 3, 4, 8, 15, 16, 17, 32, 33, 64, 65, 100, 256]) {
  test(`avalanche at ${length} bytes`, () => {
    const random = new Random(length);
    const flipped = Math.min(8 * length, MOST_BITS);
    const bits = Array.from({ length: flipped }, (_, i) => Math.floor((i * (8 * length - 1)) / (flipped - 1)));
    const ofKey = bits.map(() => new Uint32Array(64));
    const ofSeed = Array.from({ length: 32 }, () => new Uint32Array(64));
    const rows = Math.min(ROWS, 16 ** length); // there are few keys of one byte, so they need many seeds
    const offsets = Uint32Array.from({ length: rows + 1 }, (_, row) => row * length);
    for (let samples = 0; samples < SAMPLES; samples += rows) {
      const bytes = Uint8Array.from({ length: rows * length }, () => random.u32());
      const seed = random.u32();
      const hashes = (withSeed) => hash.strings({ bytes, offsets }, withSeed, new BigUint64Array(rows));
      const before = hashes(seed);
      bits.forEach((bit, i) => {
        const flip = () => {
          for (let at = bit >> 3; at < bytes.length; at += length) bytes[at] ^= 1 << (bit & 7);
        };
        flip();
        countFlips(ofKey[i], before, hashes(seed));
        flip();
      });
      ofSeed.forEach((counts, bit) => countFlips(counts, before, hashes((seed ^ (1 << bit)) >>> 0)));
    }
    ofKey.forEach((counts, i) => checkFlips(counts, `bit ${bits[i]} of the key`));
    ofSeed.forEach((counts, bit) => checkFlips(counts, `bit ${bit} of the seed`));
  });
}

// --- keys that are far from random

test('zeros of every length', () => {
  const zeros = new Uint8Array(5000);
  checkCollisions(
    'zeros',
    rowsOf((add) => {
      for (let length = 0; length <= 5000; length++) add(zeros.subarray(0, length));
    }),
  );
});

for (const [bytes, most] of [
  [4, 3],
  [8, 3],
  [16, 3],
  [32, 2],
  [64, 2],
  [100, 2],
]) {
  test(`keys of ${bytes} bytes with at most ${most} bits set`, () => {
    const key = new Uint8Array(bytes);
    const visit = (from, left, add) => {
      add(key);
      if (left === 0) return;
      for (let bit = from; bit < 8 * bytes; bit++) {
        key[bit >> 3] ^= 1 << (bit & 7);
        visit(bit + 1, left - 1, add);
        key[bit >> 3] ^= 1 << (bit & 7);
      }
    };
    checkCollisions(
      'sparse',
      rowsOf((add) => visit(0, most, add)),
      [1],
    );
  });
}

test('three bits set in 256', () => {
  const random = new Random(1);
  const keys = new Set();
  while (keys.size < 3e5)
    keys.add(
      [0, 0, 0]
        .map(() => random.below(256))
        .sort()
        .join(),
    );
  checkCollisions(
    'three bits',
    rowsOf((add) => {
      for (const key of keys) {
        const row = new Uint8Array(32);
        for (const bit of key.split(',')) row[bit >> 3] |= 1 << (bit & 7);
        if (new Set(key.split(',')).size === 3) add(row);
      }
    }),
    [0],
  );
});

test('two bytes set in long rows of zeros', () => {
  for (const [length, byte, step] of [
    [512, 128, 1],
    [1024, 1, 2],
  ]) {
    const row = new Uint8Array(length);
    checkCollisions(
      `two bytes of ${length}`,
      rowsOf((add) => {
        for (let first = 0; first < length; first += step + 2) {
          row[first] = byte;
          for (let second = first + 1; second < length; second += step) {
            row[second] = byte;
            add(row);
            row[second] = 0;
          }
          row[first] = 0;
        }
      }),
      [0],
    );
  }
});

test('one word moved or swapped in long rows', () => {
  const base = Uint32Array.from({ length: 256 }, (_, i) => i << 24);
  checkCollisions(
    'words',
    rowsOf((add) => {
      for (let i = 0; i < 256; i++) {
        for (let j = i + 1; j < 256; j++) {
          const words = base.slice();
          [words[i], words[j]] = [words[j], words[i]];
          add(wordRow(words));
        }
      }
      for (let i = 0; i < 1024; i++) add(wordRow(new Uint32Array(1024).fill(0x80000000, i, i + 1)));
    }),
  );
});

test('cyclic keys', () => {
  for (const period of [4, 8, 32, 64]) {
    const random = new Random(period);
    checkCollisions(
      `period ${period}`,
      rowsOf((add) => {
        for (let i = 0; i < 1e5; i++) {
          const words = Array.from({ length: period / 4 }, () => random.u32());
          words[0] = i;
          add(wordRow(Array.from({ length: 40 }, (_, at) => words[at % words.length])));
        }
      }),
      [0],
    );
  }
});

test('permuted blocks', () => {
  for (const [block, value] of [
    [4, (i) => i],
    [4, (i) => i << 29],
    [16, (i) => i],
    [32, (i) => i << 29],
  ]) {
    const permutations = [[]];
    for (let round = 0; round < 8; round++) {
      for (const one of permutations.splice(0)) {
        for (let i = 0; i < 8; i++) if (!one.includes(i)) permutations.push([...one, i]);
      }
    }
    checkCollisions(
      `blocks of ${block}`,
      rowsOf((add) => {
        for (const order of permutations) {
          add(wordRow(order.flatMap((i) => new Array(block / 4).fill(0).fill(value(i), 0, 1))));
        }
      }),
      [0],
    );
  }
});

test('words of two values', () => {
  for (const [words, value] of [
    [16, 1],
    [16, 0x80000000],
    [64, 0x80000000],
  ]) {
    const stride = words / 16;
    checkCollisions(
      `${words} words`,
      rowsOf((add) => {
        for (let i = 0; i < 65536; i++) {
          add(wordRow(Array.from({ length: words }, (_, at) => (at % stride ? 0 : (i >>> (at / stride)) & 1) * value)));
        }
      }),
      [0],
    );
  }
});

test('texts', () => {
  const texts = {
    decimals: (i) => String(i),
    padded: (i) => `user-${String(i).padStart(12, '0')}`,
    urls: (i) => `https://www.example.com/catalogue/items/${i}/details?page=${i % 7}`,
    words: (i) => i.toString(26).replace(/./g, (digit) => 'etaoinshrdlucmfwypvbgkjqxz'[parseInt(digit, 26)]),
  };
  for (const [name, text] of Object.entries(texts)) {
    checkCollisions(
      name,
      rowsOf((add) => {
        for (let i = 0; i < 3e5; i++) add(encoder.encode(text(i)));
      }),
      [0],
    );
  }
});

test.run();
