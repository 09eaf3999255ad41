// Rows dealt like cards: one by one to eight parts of a column. Each part has every eighth row of a walk, entries of
// the whole table: what goes from there into another table of the same seed comes as evenly as in a finer order
// (assembly/table/order.ts), and a walk reads each page once.

import type { Kind, NumericArray } from './kinds.js';
import { type Hasher, openHasher } from './wasm/hasher.js';
import { bytesOf, transfer, transferRows } from './wasm/transfer.js';

const PARTS = 8;

/** Columns of fewer rows stay in the order of the walk: they fit a table that crowds nothing. */
const LEAST_DEALT = 2048;

/** Where each part of a column of `size` rows begins, and the next row of it goes: one part where none are dealt. */
function startsOf(size: number, deals: boolean): number[] {
  if (!deals || size < LEAST_DEALT) return [0];
  const each = Math.floor(size / PARTS);
  return Array.from({ length: PARTS }, (_, part) => part * each + Math.min(part, size % PARTS));
}

/** Takes the next `count` places of a part; returns the first. */
function take(starts: number[], part: number, count: number): number {
  const first = starts[part] as number;
  starts[part] = first + count;
  return first;
}

/** A plain array of `size` rows, which are dealt. */
export class ArrayDealer {
  readonly column: unknown[];
  readonly #starts: number[];
  /** The part of the next row. */
  #turn = 0;

  /** @param deals else the rows stay in their order */
  constructor(size: number, deals: boolean) {
    this.column = new Array<unknown>(size);
    this.#starts = startsOf(size, deals);
  }

  /** Takes the next rows. */
  add(rows: readonly unknown[]): void {
    for (const row of rows) {
      this.column[take(this.#starts, this.#turn, 1)] = row;
      this.#turn = (this.#turn + 1) % this.#starts.length;
    }
  }
}

/**
 * A column of `size` numbers, which are dealt, bit for bit: so many of them at once in the hasher's memory, which nothing
 * else may use meanwhile.
 */
export class NumberDealer {
  readonly column: NumericArray;
  readonly #width: number;
  readonly #starts: number[];
  readonly #lane: 0 | 1;
  /** Where the hasher has rows that are not dealt yet, and how many bytes of them. */
  #hasher: Hasher | undefined;
  #bytes: Uint8Array | undefined;
  #from = 0;
  #held = 0;

  /**
   * @param deals else the rows stay in their order
   * @param lane another one for each column under way
   */
  constructor({ array, bytes }: Kind, size: number, deals: boolean, lane: 0 | 1) {
    this.column = new array(size);
    this.#width = bytes;
    this.#starts = startsOf(size, deals);
    this.#lane = lane;
  }

  /** Takes the next rows. */
  add(rows: NumericArray): void {
    if (this.#starts.length === 1) {
      transferRows(rows, 0, rows.length, this.column, take(this.#starts, 0, rows.length));
      return;
    }
    const bytes = bytesOf(rows);
    const { instance } = (this.#hasher ??= this.#open());
    const most = instance.exports.DEAL_BYTES.value as number;
    for (let at = 0; at < bytes.length;) {
      const some = bytes.subarray(at, at + most - this.#held);
      transfer(some, instance.views.u8, this.#from + this.#held);
      at += some.length;
      this.#held += some.length;
      if (this.#held === most) this.end();
    }
  }

  /** Deals what is left. */
  end(): void {
    if (this.#hasher === undefined || this.#bytes === undefined) return;
    const { exports, views } = this.#hasher.instance;
    const rows = this.#held / this.#width;
    const stride = Math.ceil(rows / PARTS) * this.#width;
    (this.#width === 4 ? exports.deal4 : exports.deal8)(this.#from, rows, PARTS, stride);
    for (let part = 0; part < PARTS && part < rows; part++) {
      const start = ((exports.DEALT.value as number) >>> 0) + part * stride;
      const count = Math.ceil((rows - part) / PARTS);
      const at = take(this.#starts, part, count) * this.#width;
      transfer(views.u8.subarray(start, start + count * this.#width), this.#bytes, at);
    }
    this.#held = 0;
  }

  #open(): Hasher {
    const hasher = openHasher();
    this.#bytes = bytesOf(this.column);
    const { DEAL, DEAL_BYTES } = hasher.instance.exports;
    this.#from = ((DEAL.value as number) >>> 0) + this.#lane * (DEAL_BYTES.value as number);
    return hasher;
  }
}
