/** Keys and values of a command, drawn from its seed. */
import { drawValues, keyKinds } from './kinds.js';

/**
 * Where keys come from, and how often. Keys of `group` have equal low bits of the hash, those of `page` equal high bits
 * too: they crowd one place, and are more than fit there. Those of `words` are 64 bits that differ in one word of the hash alone. `seen` are keys that the program wrote before, most of them still in
 * the map.
 */
export const domains = { tiny: 3, corners: 2, dense: 4, spread: 6, endless: 4, group: 1, page: 1, words: 1, seen: 5 };

export function drawKeys({ options, seen }, random, domain, rows) {
  const { wrap, withHash, corners, Column, disguise = (column) => column } = keyKinds[options.key];
  const keyOf = (hash) => withHash(hash, options.seed);
  const reserved = [0, 1, 2, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1].map(keyOf);
  const base = random.below(4) * 1000;
  const draw = {
    corners: () => random.pick([...corners, ...reserved]),
    tiny: () => wrap(random.below(16)),
    dense: () => wrap(base + random.below(3000)),
    spread: () => wrap(Math.imul(random.below(30000), 0x9e3779b1)),
    endless: () => wrap(random.u32()),
    group: () => keyOf(random.below(6000) * 2 ** 19 + 5),
    page: () => keyOf(2 ** 30 + random.below(1500) * 2 ** 16 + 7),
    words: () => keyOf(word(Column, random.below(1500), base > 1500)),
  };
  if (domain === 'seen') return disguise(Column.from(seen.run(random, rows)), random);
  return disguise(Column.from({ length: rows }, draw[domain]), random);
}

/** A hash of a key of the column with `x` in the low word or the high one, and the other word always the same. */
function word({ BYTES_PER_ELEMENT }, x, high) {
  if (BYTES_PER_ELEMENT === 4) return x;
  return high ? (BigInt(x) << 32n) | 7n : (7n << 32n) | BigInt(x);
}

/** The key of a single call. */
export function drawKey(session, random, domain) {
  return drawKeys(session, random, domain, 1)[0] ?? keyKinds[session.options.key].wrap(0);
}

/** A batch to write: `values` as a column, an array of numbers, or one value for all rows. */
export function drawBatch(session, random, { domain, rows, form }) {
  const keys = drawKeys(session, random, domain, session.rows(rows));
  const column = drawValues(session.options.value, form === 'scalar' ? 1 : keys.length, random);
  session.seen.add(keys);
  return { keys, column, values: { column, array: Array.from(column), scalar: column[0] }[form] };
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
