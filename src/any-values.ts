// Batches of values of kind 'any' (slots.ts): what batch/ does with a column of numbers, done with slot numbers.

import type { Staged } from './key-columns.js';
import { KEEP } from './merge.js';
import type { Slots } from './slots.js';
import type { MapInstance } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';

/** Values to write: an array is a column, every other value is one for all rows. */
export class AnyValues {
  /** Rows of the column; undefined where there is one value for all. */
  readonly length: number | undefined;
  readonly #rows: readonly unknown[] | undefined;
  readonly #one: unknown;

  /** Reads the array once, as it may have getters. */
  constructor(values: unknown) {
    if (Array.isArray(values)) {
      this.#rows = copyOf(values);
      this.length = this.#rows.length;
    } else {
      this.#one = values;
    }
  }

  at(row: number): unknown {
    return this.#rows === undefined ? this.#one : this.#rows[row];
  }
}

function copyOf(values: readonly unknown[]): unknown[] {
  const { length } = values;
  const copy = new Array<unknown>(length);
  for (let row = 0; row < length; row++) copy[row] = values[row];
  return copy;
}

/** Slot numbers in the staging, and the found flags. */
function stagedSlots({ layout, views }: MapInstance, count: number): { numbers: Uint32Array; found: Uint8Array } {
  const { values, found } = layout.staging;
  return {
    numbers: views.u32.subarray(values >>> 2, (values >>> 2) + count),
    found: views.u8.subarray(found, found + count),
  };
}

/**
 * Writes the rows from `row` on whose keys are staged; returns how many before one was refused.
 *
 * Every row brings a slot along. The kernel keeps the slots of keys that are there, so a row has its own back exactly
 * if it is the one that made its key new.
 */
export function writeSlots(
  slots: Slots,
  { instance, table }: Place,
  values: AnyValues,
  row: number,
  { rows: count, at }: Staged,
  how: number,
): number {
  const { exports, layout } = instance;
  const { staging } = layout;
  const own = new Uint32Array(count);
  for (let i = 0; i < count; i++) own[i] = slots.take(undefined);
  stagedSlots(instance, count).numbers.set(own);
  const written = exports.putRows(table, at, staging.values, count, KEEP) >>> 0;
  exports.getRows(table, at, written, staging.values, staging.found);
  const { numbers } = stagedSlots(instance, count); // other views, where the table has grown an unshared memory
  for (let i = 0; i < count; i++) {
    const isNew = i < written && numbers[i] === own[i];
    if (i < written && (isNew || how !== KEEP)) slots.set(numbers[i] as number, values.at(row + i));
    if (!isNew) slots.release(own[i] as number);
  }
  return written;
}

/** Replaces the staged answers of a look-up by the values, and puts them into `values` from `row` on. */
export function readSlots(
  slots: Slots,
  instance: MapInstance,
  values: unknown[],
  row: number,
  count: number,
  missing: unknown,
): void {
  const { numbers, found } = stagedSlots(instance, count);
  for (let i = 0; i < count; i++) values[row + i] = found[i] === 1 ? slots.get(numbers[i] as number) : missing;
}

/** In a slot that is about to be released: its key may be in the batch again. */
const LEAVING = Symbol('leaving');

/** Releases the slots of the keys that are staged. */
export function releaseSlots(slots: Slots, { instance, table }: Place, { rows: count, at }: Staged): void {
  const { staging } = instance.layout;
  instance.exports.getRows(table, at, count, staging.values, staging.found);
  const { numbers, found } = stagedSlots(instance, count);
  let leaving = 0;
  for (let i = 0; i < count; i++) {
    const slot = numbers[i] as number;
    if (found[i] === 0 || slots.get(slot) === LEAVING) continue;
    slots.set(slot, LEAVING);
    numbers[leaving++] = slot;
  }
  for (let i = 0; i < leaving; i++) slots.release(numbers[i] as number);
}
