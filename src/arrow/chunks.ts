// Vectors of apache-arrow and their chunks, every property of which is read once: they may be anybody's objects.

import type { ArrowType } from './types.js';
import { plainView, type View, type ViewConstructor } from '../columns.js';
import { show } from '../kinds.js';
import type { ArrowVector } from '../types.js';

export interface Vector {
  readonly type: ArrowType;
  readonly data: readonly unknown[];
}

/**
 * A `Data` of apache-arrow. A slice has its `values` and `valueOffsets` cut already: `offset` counts bits of the null
 * bitmap alone. The arrays are unchecked.
 */
export interface Chunk {
  readonly length: number;
  readonly offset: number;
  readonly nullCount: unknown;
  readonly nullBitmap: unknown;
  readonly values: unknown;
  readonly valueOffsets: unknown;
  readonly dictionary: unknown;
}

/** What `x` is as a vector, if it has the shape of one. */
export function vectorOf(x: unknown): Vector | undefined {
  if (typeof x !== 'object' || x === null || ArrayBuffer.isView(x) || Array.isArray(x)) return undefined;
  const { data, type } = x as Partial<ArrowVector>;
  if (!Array.isArray(data) || typeof type !== 'object' || (type as unknown) === null) return undefined;
  return typeof type.typeId === 'number' ? { type, data } : undefined;
}

/** The chunks that have rows. @throws TypeError, RangeError for what is none */
export function readChunks(data: readonly unknown[], what: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (const one of data) {
    if (typeof one !== 'object' || one === null) throw new TypeError(`${what}: expected Arrow data; got ${show(one)}`);
    const { length, offset, nullCount, nullBitmap, values, valueOffsets, dictionary } = one as Chunk;
    for (const count of [length, offset]) {
      if (!Number.isSafeInteger(count) || count < 0) {
        throw new RangeError(`${what}: expected a length and an offset of Arrow data; got ${show(count)}`);
      }
    }
    if (length > 0) chunks.push({ length, offset, nullCount, nullBitmap, values, valueOffsets, dictionary });
  }
  return chunks;
}

export function rowsOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((rows, { length }) => rows + length, 0);
}

/**
 * The first `length` elements of an array of a chunk.
 * @throws TypeError for another class or a detached buffer, RangeError if it is shorter
 */
export function firstOf<A extends View>(array: unknown, type: ViewConstructor<A>, length: number, what: string): A {
  const view = plainView(array, type, what);
  checkHolds(view, length, what);
  return view.subarray(0, length) as A;
}

function checkHolds({ length }: View, least: number, what: string): void {
  if (length < least) throw new RangeError(`${what}: expected at least ${least} elements; got ${length}`);
}

/**
 * The rows that are null, as 1; undefined where none is.
 * @throws TypeError, RangeError for a bitmap of another class, or too short
 */
export function nullsOf(chunks: readonly Chunk[], what: string): Uint8Array | undefined {
  let nulls: Uint8Array | undefined;
  let row = 0;
  for (const chunk of chunks) {
    const bits = bitsOf(chunk, what);
    for (let i = 0; bits !== undefined && i < chunk.length; i++) {
      const bit = chunk.offset + i;
      if (((bits[Math.floor(bit / 8)] as number) & (1 << (bit % 8))) !== 0) continue;
      nulls ??= new Uint8Array(rowsOf(chunks));
      nulls[row + i] = 1;
    }
    row += chunk.length;
  }
  return nulls;
}

/**
 * The null bitmap of a chunk, 0 for null; undefined where it counts no nulls. A count of -1 is one that was not made
 * yet.
 */
function bitsOf({ length, offset, nullCount, nullBitmap }: Chunk, what: string): Uint8Array | undefined {
  if (nullCount === 0 || nullBitmap === undefined || nullBitmap === null) return undefined;
  const bits = plainView(nullBitmap, Uint8Array, `${what}, null bitmap`);
  if (bits.length === 0) return undefined;
  checkHolds(bits, Math.ceil((offset + length) / 8), `${what}, null bitmap`);
  return bits;
}
