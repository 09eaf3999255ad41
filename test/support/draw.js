/** Keys and values of a command, drawn from its seed. */
import { unhash } from './fmix32.js';
import { drawValues, keyKinds } from './kinds.js';

/**
 * Where keys come from, and how often. Keys of `group` have equal low bits of the hash, those of `page` equal high bits
 * too: they crowd one place, and are more than fit there. `seen` are keys that the program wrote before, most of them still in
 * the map.
 */
export const domains = { tiny: 3, corners: 2, dense: 4, spread: 6, endless: 4, group: 1, page: 1, seen: 5 };

export function drawKeys({ options, seen }, random, domain, rows) {
  const { wrap, corners, Column } = keyKinds[options.key];
  const reserved = [0, 1, 2, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1].map((hash) => unhash(hash, options.seed));
  const base = random.below(4) * 1000;
  const draw = {
    corners: () => random.pick([...corners, ...reserved]),
    tiny: () => random.below(16),
    dense: () => base + random.below(3000),
    spread: () => Math.imul(random.below(30000), 0x9e3779b1),
    endless: () => random.u32(),
    group: () => unhash(random.below(6000) * 2 ** 19 + 5, options.seed),
    page: () => unhash(2 ** 30 + random.below(1500) * 2 ** 16 + 7, options.seed),
  };
  if (domain === 'seen') return Column.from(seen.run(random, rows));
  return Column.from({ length: rows }, () => wrap(draw[domain]()));
}

/** The key of a single call. */
export function drawKey(session, random, domain) {
  return drawKeys(session, random, domain, 1)[0] ?? 0;
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
