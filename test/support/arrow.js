/**
 * Vectors of the real apache-arrow, in every shape that a column comes in. What they hold is what the package says they
 * hold.
 */
import * as arrow from 'apache-arrow';
import { build } from './tophash.js';

/** The facade's module that reads vectors, in the build under test. */
export const { takeColumn, takeFullColumn, takePresentRows } = await import(`../../build/${build}/arrow.js`);
const { vectorOf } = await import(`../../build/${build}/arrow/chunks.js`);

/** Has `x` the shape of a vector? */
export const isArrowVector = (x) => vectorOf(x) !== undefined;

const { Dictionary, makeData, RecordBatch, Table, tableFromIPC, tableToIPC, Vector, vectorFromArray } = arrow;

/**
 * The same rows as one chunk and cut into chunks, some of them empty; sent through a file; and slices of all these, at
 * odd rows.
 */
export function shapesOf(rows, type) {
  const whole = vectorFromArray(rows, type);
  const empty = vectorFromArray([], type);
  const at = Math.floor(rows.length / 3);
  const parts = [rows.slice(0, at), rows.slice(at, at + 1), rows.slice(at + 1)].map((part) =>
    vectorFromArray(part, type),
  );
  const chunked = empty.concat(parts[0], empty, parts[1], parts[2], empty);
  const shapes = { whole, chunked, sent: sent([whole]), 'sent in batches': sent(parts) };
  for (const [name, vector] of Object.entries(shapes)) {
    shapes[`${name}, without its ends`] = vector.slice(1, -1);
    shapes[`${name}, a slice of a slice`] = vector.slice(3).slice(2, -3);
    shapes[`${name}, nothing of it`] = vector.slice(2, 2);
  }
  return shapes;
}

/** The column of the table that arrives where one batch for each vector was sent as a file. */
function sent(vectors) {
  const tables = vectors.map((vector) => new Table({ column: vector }));
  const batches = tables.flatMap((table) =>
    table.batches.map((batch) => new RecordBatch(tables[0].schema, batch.data)),
  );
  return tableFromIPC(tableToIPC(new Table(tables[0].schema, batches))).getChild('column');
}

/** A dictionary column of given indices (null: a null) into given entries. */
export function encoded(indices, entries, type, indexType = new arrow.Int32()) {
  const bits = new Uint8Array(Math.ceil(indices.length / 8));
  indices.forEach((index, row) => {
    if (index !== null) bits[row >> 3] |= 1 << (row % 8);
  });
  const wide = indexType.bitWidth === 64;
  const data = indexType.ArrayType.from(indices, (index) => (wide ? BigInt(index ?? 99) : (index ?? 99)));
  return new Vector([
    makeData({
      type: new Dictionary(type, indexType, 0),
      data,
      nullBitmap: indices.includes(null) ? bits : undefined,
      dictionary: vectorFromArray(entries, type),
    }),
  ]);
}

export { arrow };
