// Byte keys on their way out: what a step of a walk has found, as columns of bytes, and those as strings or byte arrays.

import type { Kind, NumericArray } from '../kinds.js';
import { decodeRows } from '../text.js';
import type { MapInstance } from '../wasm/map-instance.js';
import { ColumnRows } from './rows.js';
import { sliceOf } from '../wasm/transfer.js';

/** Some entries, copied. */
export interface BytePart {
  readonly keys: ColumnRows;
  /** The values, or the numbers of their slots. Of a set without meaning. */
  readonly numbers: NumericArray;
}

/** At the end of a gathering the length of the long key is this. */
const NONE = 0xffff_ffff;

/** The entries of the `rows` rows that the last walk has read. */
export function byteParts(instance: MapInstance, table: number, rows: number, value: Kind): BytePart[] {
  const { GATHERED } = instance.layout.bytes as NonNullable<MapInstance['layout']['bytes']>;
  const { staging } = instance.layout;
  const parts: BytePart[] = [];
  for (;;) {
    const count = instance.gather(table, rows);
    const { u8, u32 } = instance.views;
    if (count > 0) {
      const first = staging.offsets >>> 2;
      const offsets = sliceOf(u32, first, first + count + 1);
      const bytes = sliceOf(u8, staging.keys, staging.keys + (offsets[count] as number));
      parts.push({ keys: new ColumnRows(bytes, offsets), numbers: numbersAt(instance, staging.values, count, value) });
      continue;
    }
    const at = GATHERED >>> 2;
    const length = u32[at + 3] as number;
    if (length === NONE) return parts;
    const key = u32[at + 2] as number;
    const bytes = sliceOf(instance.viewTo('u8', key + length), key, key + length);
    const keys = new ColumnRows(bytes, Uint32Array.of(0, length));
    parts.push({ keys, numbers: numbersAt(instance, u32[at + 4] as number, 1, value) });
  }
}

/** Copies of values. */
function numbersAt(instance: MapInstance, at: number, count: number, value: Kind): NumericArray {
  const first = at >>> value.shift;
  return sliceOf(instance.viewTo(value.view, first + count), first, first + count);
}

/** The keys of a part as they are handed out. */
export function keysOfPart({ bytes, offsets }: ColumnRows, kind: Kind): string[] | Uint8Array[] {
  const rows = offsets.length - 1;
  if (kind.name === 'string') return decodeRows(bytes, 0, offsets as Uint32Array, rows);
  const keys = new Array<Uint8Array>(rows);
  for (let row = 0; row < rows; row++) keys[row] = bytes.slice(offsets[row], offsets[row + 1]);
  return keys;
}
