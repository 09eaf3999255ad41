/** Keys and values of a command, drawn from its seed. */
import { alphabets, inSomeForm, randomBytes, randomText } from './byte-domains.js';
import { drawValues, keyKinds } from './kinds.js';

/**
 * Where keys come from, and how often. Keys of `group` have equal low bits of the hash, those of `page` equal high bits
 * too: they crowd one place, and are more than fit there. Those of `words` are 64 bits that differ in one word of the
 * hash alone, or byte arrays of equal hashes; of `long` some have 70,000 characters. `seen` are keys that the program
 * wrote before, most of them still in the map.
 */
export const domains = {
  tiny: 3,
  corners: 2,
  dense: 4,
  spread: 6,
  endless: 4,
  group: 1,
  page: 1,
  words: 1,
  long: 1,
  seen: 5,
};

export function drawKeys(session, random, domain, rows) {
  const { options, seen } = session;
  const { Column, disguise = (column) => column } = keyKinds[options.key];
  if (domain === 'seen') return disguise(Column.from(seen.run(random, rows)), random);
  return disguise(Column.from({ length: rows }, drawsOf[options.key](session, random)[domain]), random);
}

const RESERVED = [0, 1, 2, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];

function numbers({ options }, random) {
  const { wrap, withHash, corners, Column } = keyKinds[options.key];
  const keyOf = (hash) => withHash(hash, options.seed);
  const reserved = RESERVED.map(keyOf);
  const base = random.below(4) * 1000;
  const spread = () => wrap(Math.imul(random.below(30000), 0x9e3779b1));
  return {
    corners: () => random.pick([...corners, ...reserved]),
    tiny: () => wrap(random.below(16)),
    dense: () => wrap(base + random.below(3000)),
    spread,
    endless: () => wrap(random.u32()),
    group: () => keyOf(random.below(6000) * 2 ** 19 + 5),
    page: () => keyOf(2 ** 30 + random.below(1500) * 2 ** 16 + 7),
    words: () => keyOf(word(Column, random.below(1500), base > 1500)),
    long: spread,
  };
}

/** A hash of a key of the column with `x` in the low word or the high one, and the other word always the same. */
function word({ BYTES_PER_ELEMENT }, x, high) {
  if (BYTES_PER_ELEMENT === 4) return x;
  return high ? (BigInt(x) << 32n) | 7n : (7n << 32n) | BigInt(x);
}

const BEGINNING = 'this is how all keys of the domain begin; ';

/**
 * Of strings none is known by its hash: those that should crowd one place begin alike instead, or are pieces of each
 * other.
 */
function strings(_, random) {
  const { wrap, corners } = keyKinds.string;
  const base = random.below(4) * 1000;
  const alphabet = random.pick(alphabets);
  const dense = () => wrap(base + random.below(3000));
  return {
    corners: () => random.pick(corners),
    tiny: () => wrap(random.below(16)),
    dense,
    spread: () => BEGINNING + random.below(30000).toString(36),
    endless: () => randomText(random, alphabet),
    group: () => BEGINNING.repeat(7).slice(0, random.below(300)),
    page: () => random.below(1500).toString(2),
    words: () => String.fromCharCode(random.below(2 ** 16)),
    long: () => (isLong(random) ? random.pick('aä\ud800').repeat(70_000 + random.below(4)) : dense()),
  };
}

function byteArrays({ known }, random) {
  const { wrap, corners, withHash } = keyKinds.bytes;
  const base = random.below(4) * 1000;
  const keyOf = (hash, twin = 0) => known(hash, twin, withHash);
  const dense = () => wrap(base + random.below(3000));
  return {
    corners: () => (random.below(4) === 0 ? keyOf(random.pick(RESERVED)) : random.pick(corners)),
    tiny: () => wrap(random.below(16)),
    dense,
    spread: () => Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, random.below(150), random.below(200)),
    endless: () => randomBytes(random),
    group: () => keyOf(random.below(1500) * 2 ** 19 + 5),
    page: () => keyOf(2 ** 30 + random.below(1500) * 2 ** 16 + 7),
    words: () => keyOf(random.below(12) * 2 ** 20, random.below(30)),
    long: () => (isLong(random) ? new Uint8Array(70_000 + random.below(4)).fill(random.below(2)) : dense()),
  };
}

/** One of some hundred. */
const isLong = (random) => random.below(300) === 0;

const drawsOf = {
  u32: numbers,
  i32: numbers,
  u64: numbers,
  i64: numbers,
  f64: numbers,
  string: strings,
  bytes: byteArrays,
};

/** The key of a single call. */
export function drawKey(session, random, domain) {
  return drawKeys(session, random, domain, 1)[0] ?? keyKinds[session.options.key].wrap(0);
}

/**
 * A batch to write: `given` are the keys in one of their forms, `values` a column, an array of numbers, or one value
 * for all rows.
 */
export function drawBatch(session, random, { domain, rows, form }) {
  const keys = drawKeys(session, random, domain, session.rows(rows));
  const column = drawValues(session.options.value, form === 'scalar' ? 1 : keys.length, random);
  session.seen.add(keys);
  const values = { column, array: Array.from(column), scalar: column[0] }[form];
  return { keys, given: inSomeForm(keys, random), column, values };
}

/** The last few thousand keys that a program wrote. */
export class Seen {
  static #MOST = 8192;
  #keys = [];
  #count = 0;

  add(keys) {
    for (const key of keys) this.#keys[this.#count++ % Seen.#MOST] = key;
  }

  /** Some that were written one after the other. */
  run(random, rows) {
    const start = random.below(Math.max(1, this.#keys.length - rows));
    return this.#keys.slice(start, start + rows);
  }

  [Symbol.iterator]() {
    return this.#keys.values();
  }
}
