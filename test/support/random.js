import { ByteArrays, bytesOfNumber, Texts, textOf } from './byte-domains.js';

/** A seeded stream of numbers. `u32` walks a permutation of all 2^32 values: it never repeats within 2^32 calls. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  u32() {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  u64() {
    return (BigInt(this.u32()) << 32n) | BigInt(this.u32());
  }

  /** An integer in [0, end). */
  below(end) {
    return Math.floor((this.u32() / 2 ** 32) * end);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One of the names of `{ name: weight }`. */
  weighted(weights) {
    let left = this.below(Object.values(weights).reduce((sum, weight) => sum + weight, 0));
    for (const [name, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return name;
    }
  }
}

/** `rows` different keys, spread over the whole range of the column's class. */
export function distinctKeys(rows, seed, Column = Uint32Array) {
  const random = new Random(seed);
  return Column.from({ length: rows }, distinct(Column, random));
}

/** The high word of what it draws, or the number that it is made of, never comes twice. */
function distinct(Column, random) {
  switch (Column) {
    case BigUint64Array:
    case BigInt64Array:
      return () => random.u64();
    case Float64Array:
      return () => ((random.u32() | 0) * 2 ** 21 + (random.u32() >>> 11)) * 2 ** -30;
    case Texts:
      return () => textOf(random.u32());
    case ByteArrays:
      return () => bytesOfNumber(random.u32());
    default:
      return () => random.u32();
  }
}
