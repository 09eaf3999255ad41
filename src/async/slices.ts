// Batches in slices. A slice is steps of 1,024 rows at most; between two of them it looks at the clock, and where the
// budget is used up it lets others run.
//
// Clocks stand still during computation on some hosts, against timing attacks, so a slice has a number of rows that it
// does at most, too.

import { AbortError, CapacityError } from '../errors.js';
import { show } from '../kinds.js';
import { checkBudget } from '../options.js';
import type { SliceOptions } from '../types.js';
import { amongOthers, turn } from './turns.js';

/** Rows of a step, at most. */
export const STEP_ROWS = 1024;
/** A row that takes longer than 122 ns is longer than most. */
const ROWS_PER_MS = 8192;

/** Checked options. */
export interface Slicing {
  readonly budgetMs: number;
  readonly signal: { readonly aborted: boolean; readonly reason?: unknown } | undefined;
  readonly onProgress: ((done: number, total: number) => void) | undefined;
}

/** @throws TypeError, RangeError: an option that is none */
export function checkSlicing({ budgetMs, signal, onProgress }: SliceOptions): Slicing {
  const checkedBudget = checkBudget(budgetMs, 'options.budgetMs');
  if (signal !== undefined && typeof (signal as Partial<AbortSignal> | null)?.aborted !== 'boolean') {
    throw new TypeError(`options.signal: expected an AbortSignal; got ${show(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError(`options.onProgress: expected a function; got ${show(onProgress)}`);
  }
  return { budgetMs: checkedBudget, signal, onProgress };
}

/** The options of an async batch, of which none need be given. @throws TypeError for what is no object */
export function optionsOf<Options extends SliceOptions>(options: Options | undefined): Options | Record<string, never> {
  if (options === undefined) return {};
  if (typeof options === 'object' && (options as unknown) !== null) return options;
  throw new TypeError(`options: expected an object; got ${show(options)}`);
}

/** What was done with the rows that are done, for messages: "applied", "looked up". */
export interface Work {
  readonly name: string;
  readonly done: string;
}

/**
 * A step of a batch: does some rows from `row` on, `most` at most, and returns how many; 0 where it did something else
 * first.
 */
type Step = (row: number, most: number) => number;

/** The slices of one batch. */
export class Slices {
  readonly #slicing: Slicing;
  readonly #work: Work;
  /** Rows that are done, of those that count. */
  #done = 0;
  #deadline = 0;
  /** Rows of this slice, and how many it has at most. */
  #rows = 0;
  readonly #most: number;

  private constructor(slicing: Slicing, work: Work) {
    this.#slicing = slicing;
    this.#work = work;
    this.#most = Math.max(STEP_ROWS, Math.floor(slicing.budgetMs * ROWS_PER_MS));
  }

  /**
   * Calls `act` in the first slice of a batch: at once, unless other batches are under way.
   * @throws AbortError, and what `act` throws
   */
  static of(slicing: Slicing, work: Work, act: (slices: Slices) => Promise<void>): Promise<void> {
    return amongOthers(async (isAlone) => {
      const slices = new Slices(slicing, work);
      slices.#checkSignal();
      if (isAlone) slices.#start();
      else await slices.#pause();
      await act(slices);
    });
  }

  /** Looks at rows before any of them is done. @throws AbortError, and what `step` throws */
  async check(rows: number, step: Step): Promise<void> {
    for (let row = 0; row < rows; row += this.#take(row, rows, step)) {
      if (this.#isOver) await this.#pause();
    }
  }

  /**
   * Does all rows; `onProgress` is called after every slice, and at the end. @throws AbortError, and what `step` and
   * `onProgress` throw
   */
  async run(rows: number, step: Step): Promise<void> {
    const { onProgress } = this.#slicing;
    while (this.#done < rows) {
      if (this.#isOver) {
        if (this.#done > 0) onProgress?.(this.#done, rows);
        await this.#pause();
      }
      this.#done += this.#take(this.#done, rows, step);
    }
    onProgress?.(rows, rows);
  }

  #take(row: number, rows: number, step: Step): number {
    const count = step(row, Math.min(STEP_ROWS, rows - row, this.#most - this.#rows));
    this.#rows += count === 0 ? STEP_ROWS : count;
    return count;
  }

  get #isOver(): boolean {
    return this.#rows > 0 && (this.#rows >= this.#most || performance.now() >= this.#deadline);
  }

  #start(): void {
    this.#deadline = performance.now() + this.#slicing.budgetMs;
    this.#rows = 0;
  }

  async #pause(): Promise<void> {
    try {
      await turn();
    } catch (reason) {
      throw this.#abortError(reason);
    }
    this.#checkSignal();
    this.#start();
  }

  #checkSignal(): void {
    const { signal } = this.#slicing;
    if (signal?.aborted === true) throw this.#abortError(signal.reason);
  }

  #abortError(reason: unknown): AbortError {
    const { name, done } = this.#work;
    return new AbortError(`${name} was aborted; ${this.#done} rows were ${done}`, this.#done, reason);
  }
}

/**
 * Calls `act`, which runs none of the caller's code. An error that it throws tells how many rows were done before.
 * @throws CapacityError as it is, for it tells that itself; others of the same class with `rows` and the error as their
 *   `cause`
 */
export function withRows<T>({ done }: Work, rows: number, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof CapacityError || !(cause instanceof Error)) throw cause;
    const Class = [TypeError, RangeError].find((type) => cause instanceof type) ?? Error;
    throw Object.assign(new Class(`${cause.message}; ${rows} rows were ${done}`, { cause }), { rows });
  }
}
