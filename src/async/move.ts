// Growth ahead of a batch in slices. `putAll` takes a table to the form that it is heading for at once
// (assembly/table/anticipate.ts), which with many entries would be a long slice. Here they are written to a larger
// table step by step, while the batch waits; then that one takes the place of the other.
//
// Until then the old table is the map's. Whoever writes to it in between has the move given up: the batch goes on, and
// the table grows as it does with single writes.

import { type Block, blocksOf } from '../blocks.js';
import { copyBlock, emptyCopyOf } from '../copies.js';
import { CapacityError } from '../errors.js';
import type { Store } from '../store.js';

/** With fewer entries a table takes its new form at once: in a few milliseconds. */
export const LEAST_MOVED = 100_000;
/** Most times its size that a table grows to, as when it does so at once. */
const MOST_AHEAD = 8;
/** Part of the rows that must be new. */
const NEARLY_ALL = 0.9;
/** Rows for which a table has room, or its growth is due. */
const SOON = 1024;
/** Pages are this much fuller than they might be where growth begins, at most: every group has one more in three. */
const SPARE = 1.5;

/** A move of a table to a larger one. */
export class Move {
  readonly #from: Store;
  readonly #to: Store;
  readonly #version: number;
  readonly #blocks: Iterator<Block>;

  private constructor(from: Store, to: Store) {
    this.#from = from;
    this.#to = to;
    this.#version = from.version;
    this.#blocks = blocksOf(from);
  }

  /**
   * Begins to move the table ahead of the rows to come, if they make growth due, the table would at least double, and
   * there is room for both.
   * @param isNew part of the last rows that was new
   */
  static begin(store: Store, isNew: number, toCome: number): Move | undefined {
    const { options, place, size } = store;
    if (place === undefined || options.key.isBytes || size < LEAST_MOVED) return undefined;
    if (isNew < NEARLY_ALL || toCome <= size || size + SOON <= store.growAt) return undefined;
    const entries = Math.min(size + Math.floor(toCome * isNew), size * MOST_AHEAD);
    if (entries < 2 * store.growAt) return undefined;
    const { bytes } = store;
    if (bytes + bytes * (entries / size) * SPARE > options.maxBytes) return undefined;
    const copy = emptyCopyOf(store);
    try {
      copy.open(entries);
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      return undefined;
    }
    store.successor = copy;
    return new Move(store, copy);
  }

  /**
   * Moves some entries; true at the end, when the store has the new table. False where the move is given up, as
   * something was written meanwhile.
   */
  step(): boolean | undefined {
    const [from, to] = [this.#from, this.#to];
    // Whoever writes to the map or reserves room has dropped the new table already.
    if (from.successor !== to || from.version !== this.#version || from.place === undefined) return this.giveUp();
    const { done, value: block } = this.#blocks.next() as IteratorResult<Block, undefined>;
    if (done === true) {
      from.successor = undefined;
      from.takeTable(to, from.slots, true);
      return true;
    }
    try {
      copyBlock(block, to);
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      return this.giveUp();
    }
    return undefined;
  }

  /** Forgets the new table. */
  giveUp(): false {
    if (this.#from.successor === this.#to) this.#from.successor = undefined; // else it is another batch's
    this.#to.close();
    return false;
  }
}
