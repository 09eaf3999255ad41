// Reading a whole table out, piece by piece, and counting how long its look-ups are. Nothing may be written in between.

import { SLOTS, bucketBytes, bucketCount, copyValue, keyAddress, valueAddress, valueWidth } from "./bucket";
import { pageAddress } from "./address";
import { Table, bucketsBytes, zeroSlot } from "./table";
import { probeLength } from "./page";
import { listSpilled, spilledSlot } from "./spill";
import { keyOf } from "../hash/integer";
import { DISPLACED } from "../memory/layout";

/** Pieces of a table: its pages, then the spill, then the zero entry. */
export function piecesOf(table: Table): u32 {
  return table.pages + 2;
}

/** Writes the entries of a piece to the columns `keys` and `values`; returns how many: at most 1,024. */
export function readPiece<K, V>(table: Table, piece: u32, keys: usize, values: usize): u32 {
  if (piece < table.pages) return readPage<K, V>(table, piece, keys, values);
  if (piece == table.pages) return table.spilled ? readSpill<K, V>(table, keys, values) : 0;
  if (!table.zeroPresent) return 0;
  writeRow<K, V>(table, <K>0, zeroSlot<K>(table), 0, keys, values);
  return 1;
}


@inline
function writeRow<K, V>(table: Table, hash: K, slot: usize, row: u32, keys: usize, values: usize): void {
  store<K>(keys + <usize>row * sizeof<K>(), keyOf<K>(hash, table.seed));
  copyValue<V>(valueAddress<K, V>(slot), values + <usize>row * valueWidth<V>());
}

function readPage<K, V>(table: Table, page: u32, keys: usize, values: usize): u32 {
  const start = pageAddress<K, V>(table, page);
  const end = start + bucketsBytes<K, V>(table.bucketMask + 1);
  let row: u32 = 0;
  for (let bucket = start; bucket < end; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = load<K>(keyAddress<K>(slot));
      if (!hash) break;
      writeRow<K, V>(table, hash, slot, row++, keys, values);
    }
  }
  return row;
}

function readSpill<K, V>(table: Table, keys: usize, values: usize): u32 {
  const count = listSpilled<K, V>(table);
  for (let row: u32 = 0; row < count; row++) {
    const hash = load<K>(DISPLACED + <usize>row * sizeof<K>());
    writeRow<K, V>(table, hash, spilledSlot<K, V>(table, hash), row, keys, values);
  }
  return count;
}

/** Lines that a look-up may read before its count goes into the last entry of the histogram. */
export const HISTOGRAM_LENGTH: u32 = 128;

/**
 * Counts entries by the buckets that a look-up of them reads, as u32 at `histogram`; returns those outside their home bucket. A
 * spilled entry costs its whole page and then its look-up in the spill. O(size).
 */
export function probeHistogram<K, V>(table: Table, histogram: usize): u32 {
  memory.fill(histogram, 0, HISTOGRAM_LENGTH * 4);
  let away: u32 = 0;
  for (let page: u32 = 0; page < table.pages; page++) {
    const start = pageAddress<K, V>(table, page);
    const end = start + bucketsBytes<K, V>(table.bucketMask + 1);
    for (let bucket = start; bucket < end; bucket += bucketBytes<K, V>()) {
      const full = bucket + bucketCount<K>(bucket);
      for (let slot = bucket; slot < full; slot++) {
        const length = probeLength<K, V>(table, load<K>(keyAddress<K>(slot)), slot);
        away += <u32>(length > 1);
        countProbe(histogram, length);
      }
    }
  }
  if (table.zeroPresent) countProbe(histogram, 1);
  if (!table.spilled) return away;
  const spilled = listSpilled<K, V>(table);
  for (let i: u32 = 0; i < spilled; i++) countProbe(histogram, table.bucketMask + 2);
  return away + spilled;
}


@inline
function countProbe(histogram: usize, length: u32): void {
  const at = histogram + ((<usize>min<u32>(length - 1, HISTOGRAM_LENGTH - 1)) << 2);
  store<u32>(at, load<u32>(at) + 1);
}
