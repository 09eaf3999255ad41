// Rows dealt like cards: one by one to eight parts of a column. Each part has every eighth row of a walk, entries of the whole table: what goes
// from there into another table of the same seed comes as evenly as in a finer order (assembly/table/order.ts), and a walk reads each page once.

import type { NumericArray } from './kinds.js';
import { transfer } from './wasm/transfer.js';

type Eight = readonly [number, number, number, number, number, number, number, number];

const PARTS = 8;
const PARTS_LOG = 3;
const PARTS_MASK = PARTS - 1;

/** Columns of fewer rows stay in the order of the walk: they fit a table that crowds nothing. */
const LEAST_DEALT = 2048;

/** Deals the rows of columns of `size` rows. */
export class Dealer {
  /** Where each part begins. */
  readonly #starts: readonly number[];
  readonly #deals: boolean;

  constructor(size: number) {
    this.#deals = size >= LEAST_DEALT;
    const each = Math.floor(size / PARTS);
    this.#starts = Array.from({ length: PARTS }, (_, part) => part * each + Math.min(part, size % PARTS));
  }

  /** Copies rows to their places in a column; the first is row `row` of all. */
  deal<T>(from: ArrayLike<T>, to: Record<number, T>, row: number): void {
    const { length } = from;
    if (!this.#deals) {
      for (let i = 0; i < length; i++) to[row + i] = from[i] as T;
      return;
    }
    // One row for each part in a round: all parts are at the same place then.
    const first = Math.min(-row & PARTS_MASK, length);
    const end = first + ((length - first) & ~PARTS_MASK);
    for (let i = 0; i < first; i++) to[this.#placeOf(row + i)] = from[i] as T;
    const [a, b, c, d, e, f, g, h] = this.#starts as Eight;
    let round = (row + first) >>> PARTS_LOG;
    for (let i = first; i < end; i += PARTS) {
      to[a + round] = from[i] as T;
      to[b + round] = from[i + 1] as T;
      to[c + round] = from[i + 2] as T;
      to[d + round] = from[i + 3] as T;
      to[e + round] = from[i + 4] as T;
      to[f + round] = from[i + 5] as T;
      to[g + round] = from[i + 6] as T;
      to[h + round] = from[i + 7] as T;
      round++;
    }
    for (let i = end; i < length; i++) to[this.#placeOf(row + i)] = from[i] as T;
  }

  /** Where row `row` of all goes. */
  #placeOf(row: number): number {
    return (this.#starts[row & PARTS_MASK] as number) + (row >>> PARTS_LOG);
  }

  /** {@link deal} of numbers. Those of 8 bytes go word by word: as bigints they would be objects, as doubles NaNs might change. */
  dealNumbers(from: NumericArray, to: NumericArray, row: number): void {
    if (!this.#deals) transfer(from, to, row);
    else if (from.BYTES_PER_ELEMENT === 4) this.deal(wordsOf(from), wordsOf(to), row);
    else this.#dealPairs(wordsOf(from), wordsOf(to), row);
  }

  #dealPairs(from: Uint32Array, to: Uint32Array, row: number): void {
    const rows = from.length >>> 1;
    for (let part = 0; part < PARTS; part++) {
      const first = (part - row) & PARTS_MASK;
      let at = 2 * this.#placeOf(row + first);
      for (let i = 2 * first; i < 2 * rows; i += 2 * PARTS) {
        to[at++] = from[i] as number;
        to[at++] = from[i + 1] as number;
      }
    }
  }
}

function wordsOf({ buffer, byteOffset, byteLength }: NumericArray): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength >>> 2);
}
