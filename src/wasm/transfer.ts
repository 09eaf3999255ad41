// Copies between columns and the memory of maps.
//
// `set` of a typed array copies word by word where one of the two is shared memory, as V8 does so with relaxed atomic
// accesses, and byte by byte where the two begin at different places in a word of 8 bytes: 7 KB take 0.4 us, or 2.4.
// Node's own `Buffer.fill` with bytes to fill with is a `memcpy`, whatever the memory: 0.3 us. (Nobody else has that
// memory: threads that share it would have to be written.) It costs some 50 ns more a call, so short columns go by
// `set`. Figures: bench/DEAD-ENDS.md.

import { FEW, isShared } from '../columns.js';
import type { NumericArray } from '../kinds.js';
import { sharedMemory } from './runtime.js';

type Fill = (this: Uint8Array, value: Uint8Array, start: number, end: number) => unknown;

const fill: Fill | undefined = sharedMemory
  ? (globalThis as { Buffer?: { prototype?: { fill?: Fill } } })['Buffer']?.prototype?.fill
  : undefined;

/** Bytes from which on `fill` is faster. */
const LEAST = 512;

/** Copies a column into another of its kind, from element `at` on. They must not overlap. */
export function transfer(from: NumericArray | Uint8Array, to: NumericArray | Uint8Array, at: number): void {
  const bytes = from.byteLength;
  if (fill === undefined || bytes < LEAST || !(isShared(from.buffer) || isShared(to.buffer))) {
    to.set(from as never, at);
    return;
  }
  const start = at * to.BYTES_PER_ELEMENT;
  fill.call(bytesOf(to), bytesOf(from), start, start + bytes);
}

/**
 * Copies `count` elements of a column from `first` on into another of its kind, from `at` on, bit for bit. They must not
 * overlap.
 */
export function transferRows<T extends NumericArray | Uint8Array>(
  from: T,
  first: number,
  count: number,
  to: T,
  at: number,
): void {
  if (count > FEW || isFloat(from)) {
    transfer(first === 0 && count === from.length ? from : from.subarray(first, first + count), to, at);
    return;
  }
  for (let i = 0; i < count; i++) to[at + i] = from[first + i] as never;
}

/** A NaN may have other bits once JavaScript has had it. */
function isFloat(column: NumericArray | Uint8Array): boolean {
  return column instanceof Float64Array || column instanceof Float32Array;
}

/** A copy of some elements, or of all, in memory of its own. */
export function sliceOf<T extends NumericArray | Uint8Array>(column: T, from = 0, to = column.length): T {
  const Column = (column instanceof Uint8Array ? Uint8Array : column.constructor) as new (length: number) => T;
  const copy = new Column(to - from);
  transferRows(column, from, to - from, copy, 0);
  return copy;
}

/** A view of the bytes of a column. */
export function bytesOf(column: NumericArray | Uint8Array): Uint8Array {
  return column instanceof Uint8Array ? column : new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
