// Columns of the npm package apache-arrow, taken as they are: its vectors are known by their shape, and nothing is
// imported.
//
// Reading a vector may run the caller's code (getters), so it comes before every check of a batch. What it gives shares
// the vector's buffers where it can, and is checked again as a column that the caller gave.

import { joinBytes, pickBytes } from './arrow/bytes.js';
import { type Chunk, nullsOf, readChunks, type Vector, vectorOf } from './arrow/chunks.js';
import { decode } from './arrow/dictionary.js';
import { joinNumbers, pickNumbers } from './arrow/numbers.js';
import { type ArrowType, DICTIONARY, layoutOf, type Target } from './arrow/types.js';
import type { NumericArray } from './kinds.js';
import type { ByteColumn } from './types.js';

/** A column of keys or values on its way in. */
export interface Taken<Column = unknown> {
  column: Column;
  /** 1 for every row that is null: what the column has there means nothing. Undefined where none is. */
  nulls: Uint8Array | undefined;
}

/**
 * The column of an Arrow vector; anything else as it is.
 * @throws TypeError for an Arrow type that does not hold the kind, RangeError for buffers that are too short, or
 *   indices and offsets that leave them
 */
export function takeColumn(column: unknown, kind: Target, what: string): Taken {
  const vector = vectorOf(column);
  return vector === undefined ? { column, nulls: undefined } : fromArrow(vector, kind, what);
}

/** As {@link takeColumn}, for columns where no row may be null. @throws TypeError for the first that is */
export function takeFullColumn(column: unknown, kind: Target, what: string): unknown {
  const taken = takeColumn(column, kind, what);
  if (taken.nulls !== undefined) {
    throw new TypeError(`${what}[${taken.nulls.indexOf(1)}]: expected a value of kind ${kind.name}; got null`);
  }
  return taken.column;
}

/** As {@link takeColumn}, without the rows that are null. */
export function takePresentRows(column: unknown, kind: Target, what: string): unknown {
  const vector = vectorOf(column);
  if (vector === undefined) return column;
  const taken = fromArrow(vector, kind, what);
  return taken.nulls === undefined ? taken.column : pick(taken.column, kind, presentRows(taken.nulls), undefined, what);
}

function presentRows(nulls: Uint8Array): Uint32Array {
  const rows = new Uint32Array(nulls.length);
  let present = 0;
  for (let row = 0; row < nulls.length; row++) if (nulls[row] === 0) rows[present++] = row;
  return rows.subarray(0, present);
}

/** The rows of a vector. A single chunk is not copied, if it has the kind's own array, or offsets and bytes. */
function fromArrow({ type, data }: Vector, kind: Target, what: string): Taken<NumericArray | ByteColumn> {
  const chunks = readChunks(data, what);
  if (type.typeId !== DICTIONARY) return { column: join(type, chunks, kind, what), nulls: nullsOf(chunks, what) };
  const { type: entryType, entries, positions, nulls } = decode(type, chunks, what);
  const dictionary = join(entryType, entries, kind, `${what}, dictionary`);
  return { column: pick(dictionary, kind, positions, nulls, what), nulls };
}

function join(
  type: ArrowType | undefined,
  chunks: readonly Chunk[],
  kind: Target,
  what: string,
): NumericArray | ByteColumn {
  const layout = layoutOf(type, kind, what);
  return layout.offsets === undefined
    ? joinNumbers(chunks, layout.values, kind.array, what)
    : joinBytes(chunks, layout.offsets, what);
}

function pick(
  column: NumericArray | ByteColumn,
  kind: Target,
  positions: Uint32Array,
  nulls: Uint8Array | undefined,
  what: string,
): NumericArray | ByteColumn {
  return 'offsets' in column
    ? pickBytes(column, positions, nulls, what)
    : pickNumbers(column, kind.array, positions, nulls);
}
