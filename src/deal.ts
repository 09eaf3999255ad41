// Rows dealt like cards: one by one to eight parts of a column. Each part has every eighth row of a walk, entries of
// the whole table: what goes from there into another table of the same seed comes as evenly as in a finer order
// (assembly/table/order.ts), and a walk reads each page once.

import type { NumericArray } from './kinds.js';
import { transfer } from './wasm/transfer.js';

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
    for (let part = 0; part < PARTS; part++) {
      const first = (part - row) & PARTS_MASK;
      let at = (this.#starts[part] as number) + ((row + first) >>> PARTS_LOG);
      for (let i = first; i < length; i += PARTS) to[at++] = from[i] as T;
    }
  }

  /**
   * {@link deal} of numbers. Those of 8 bytes go word by word: as bigints they would be objects, as doubles NaNs might
   * change.
   */
  dealNumbers(from: NumericArray, to: NumericArray, row: number): void {
    if (!this.#deals) {
      transfer(from, to, row);
      return;
    }
    if (from.BYTES_PER_ELEMENT === 4) {
      this.deal(wordsOf(from), wordsOf(to), row);
      return;
    }
    const source = wordsOf(from);
    const target = wordsOf(to);
    for (let part = 0; part < PARTS; part++) {
      const first = (part - row) & PARTS_MASK;
      let at = 2 * ((this.#starts[part] as number) + ((row + first) >>> PARTS_LOG));
      for (let i = 2 * first; i < source.length; i += 2 * PARTS) {
        target[at++] = source[i] as number;
        target[at++] = source[i + 1] as number;
      }
    }
  }
}

function wordsOf({ buffer, byteOffset, byteLength }: NumericArray): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength >>> 2);
}
