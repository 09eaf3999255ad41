// Arrow columns that are dictionary-encoded: numbers of entries, which lie in another vector.

import { type Chunk, firstOf, nullsOf, readChunks, rowsOf, vectorOf } from './chunks.js';
import { type ArrowType, indexArrayOf } from './types.js';
import { show } from '../kinds.js';

/** A dictionary column, and with it the dictionaries of all its chunks, one after the other. */
interface Encoded {
  /** Of the entries. */
  readonly type: ArrowType | undefined;
  readonly entries: readonly Chunk[];
  /** Each row's entry; 0 where the row is null. */
  readonly positions: Uint32Array;
  /** 1 for the rows that are null, or whose entry is. */
  readonly nulls: Uint8Array | undefined;
}

/**
 * Reads the dictionaries and the indices of a column.
 * @throws TypeError for another dictionary or indices of another class, RangeError for an index that has no entry
 */
export function decode(type: ArrowType, chunks: readonly Chunk[], what: string): Encoded {
  const array = indexArrayOf(type.indices, what);
  const { entries, bases } = entriesOf(chunks, what);
  const parts = chunks.map((chunk) => firstOf(chunk.values, array, chunk.length, `${what}, indices`));
  const nulls = nullsOf(chunks, what);
  const positions = new Uint32Array(rowsOf(chunks));
  let row = 0;
  parts.forEach((indices, i) => {
    const { base, size } = bases.get((chunks[i] as Chunk).dictionary) as Base;
    for (let j = 0; j < indices.length; j++, row++) {
      if (nulls?.[row] === 1) continue; // it may have any index
      const index = Number(indices[j]);
      if (index < 0 || index >= size) {
        throw new RangeError(`${what}[${row}]: expected the index of one of ${size} dictionary entries; got ${index}`);
      }
      positions[row] = base + index;
    }
  });
  const ofEntries = nullsOf(entries, `${what}, dictionary`);
  return { type: type.dictionary, entries, positions, nulls: addNulls(nulls, positions, ofEntries) };
}

/** Where the entries of a dictionary begin among all, and how many they are. */
interface Base {
  base: number;
  size: number;
}

/** The entries of all dictionaries; chunks mostly share one. */
function entriesOf(chunks: readonly Chunk[], what: string): { entries: Chunk[]; bases: Map<unknown, Base> } {
  const entries: Chunk[] = [];
  const bases = new Map<unknown, Base>();
  let base = 0;
  for (const { dictionary } of chunks) {
    if (bases.has(dictionary)) continue;
    const vector = vectorOf(dictionary);
    if (vector === undefined) throw new TypeError(`${what}: expected an Arrow dictionary; got ${show(dictionary)}`);
    const own = readChunks(vector.data, `${what}, dictionary`);
    const size = rowsOf(own);
    entries.push(...own);
    bases.set(dictionary, { base, size });
    base += size;
  }
  return { entries, bases };
}

function addNulls(
  nulls: Uint8Array | undefined,
  positions: Uint32Array,
  ofEntries: Uint8Array | undefined,
): Uint8Array | undefined {
  if (ofEntries === undefined) return nulls;
  const all = nulls ?? new Uint8Array(positions.length);
  for (let row = 0; row < positions.length; row++) if (ofEntries[positions[row] as number] === 1) all[row] = 1;
  return all.includes(1) ? all : undefined;
}
