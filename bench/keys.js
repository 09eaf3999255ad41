/**
 * Seeded streams of keys: random and distinct.
 *
 * Key number c of a stream is a bijection of `c ^ seed` (or begins with one), so the keys of one stream are distinct by
 * construction, and a miss is simply a key with a number that was never inserted. The bijection is
 * not fmix32, which the tables under test hash with: no table meets its own hash as its keys.
 */

/**
 * A 32-bit bijection without visible bias (C. Wellons, "lowbias32").
 * @param {number} x
 */
export function mix(x) {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * Whole numbers, `from` first.
 * @param {number} from
 * @param {number} count
 */
export function numbersFrom(from, count) {
  return Uint32Array.from({ length: count }, (_, i) => from + i);
}

/**
 * Fisher and Yates, in place; the first `count` elements are a random choice in random order.
 * @param {Uint32Array} column
 * @param {number} seed
 */
export function shuffle(column, seed, count = column.length) {
  for (let i = 0; i < count; i++) {
    const range = column.length - i;
    const other = i + Math.floor((mix(seed + i) / 2 ** 32) * range);
    const key = column[i];
    column[i] = column[other];
    column[other] = key;
  }
  return column;
}

/**
 * Ranks from 1 on, rank k drawn with a probability in proportion to k ^ -exponent: the first rank up to which the
 * probabilities add up to a random number.
 * @param {object} law
 * @param {number} law.exponent
 * @param {number} law.ranks how many there are
 * @param {number} draws
 * @param {number} seed
 */
export function zipf({ exponent, ranks }, draws, seed) {
  const sums = new Float64Array(ranks + 1);
  for (let rank = 1; rank <= ranks; rank++) sums[rank] = sums[rank - 1] + rank ** -exponent;
  /** For each of as many parts of the whole: the rank at which it begins. */
  const begins = new Uint32Array(ranks);
  for (let part = 0, rank = 1; part < ranks; part++) {
    while (sums[rank] * ranks < part * sums[ranks]) rank++;
    begins[part] = rank;
  }
  const column = new Uint32Array(draws);
  for (let row = 0; row < draws; row++) {
    const share = mix(seed + row) / 2 ** 32;
    let rank = begins[Math.floor(share * ranks)];
    while (sums[rank] < share * sums[ranks]) rank++;
    column[row] = rank;
  }
  return column;
}

/**
 * Keys of the full 32-bit range.
 * @param {number} seed of the stream
 * @param {Uint32Array} numbers of the keys
 */
export function integers(seed, numbers) {
  return numbers.map((number) => mix(number ^ seed));
}

/**
 * Keys of the full 64-bit range, as words, low ones first.
 * @param {number} seed
 * @param {Uint32Array} numbers
 */
export function words(seed, numbers) {
  const halves = new Uint32Array(2 * numbers.length);
  const other = mix(seed);
  numbers.forEach((number, row) => {
    halves[2 * row] = mix(number ^ other);
    halves[2 * row + 1] = mix(number ^ seed);
  });
  return halves;
}

const SHORTEST = 16;
const LONGEST = 48;

/**
 * Strings of random length, 16 to 48 bytes, as Arrow's bytes and offsets. The characters are random ones of 64, all of
 * them ASCII: one byte each, which is where JavaScript's own strings are fastest.
 * @param {number} seed
 * @param {Uint32Array} numbers
 */
export function texts(seed, numbers) {
  const offsets = new Int32Array(numbers.length + 1);
  numbers.forEach((number, row) => {
    const length = SHORTEST + Math.floor((mix(mix(number ^ seed) + 1) / 2 ** 32) * (LONGEST - SHORTEST + 1));
    offsets[row + 1] = offsets[row] + length;
  });
  const bytes = new Uint8Array(offsets[numbers.length]);
  numbers.forEach((number, row) => fillText(bytes.subarray(offsets[row], offsets[row + 1]), mix(number ^ seed)));
  return { bytes, offsets };
}

/** Characters, of 6 bits each, that a random number of 32 bits gives; the last one has 2 of them. */
const PER_NUMBER = 6;

/**
 * @param {Uint8Array} text
 * @param {number} random what the text begins with
 */
function fillText(text, random) {
  for (let at = 0; at < text.length; at += PER_NUMBER) {
    let bits = random;
    for (let i = at; i < Math.min(at + PER_NUMBER, text.length); i++) {
      text[i] = 48 + (bits & 63);
      bits >>>= 6;
    }
    random = mix(random + 0x9e3779b9);
  }
}
