// How long the look-ups of a table are.

import { bucketBytes, bucketCount, isFull, keyAddress, pageBytes } from "./bucket";
import { homeIn, nextBucket, pageAddress } from "./address";
import { Table, bucketsBytes } from "./table";
import { fenceAt, leafCount } from "./leaves";
import { probeLength } from "./page";
import { scramble, spilledHash } from "./scramble";
import { fenceOf, mayBeSpilled } from "./spill";

/** Lines that a look-up may read before its count goes into the last entry of the histogram. */
export const HISTOGRAM_LENGTH: u32 = 128;

/**
 * Counts entries by the buckets that a look-up of them reads, as u32 at `histogram`; returns those outside their home
 * bucket. A spilled entry costs its home and its look-up in the spill, which others outside their home go through in
 * vain. O(size).
 */
export function probeHistogram<K, V>(table: Table, histogram: usize): u32 {
  memory.fill(histogram, 0, HISTOGRAM_LENGTH * 4);
  let away: u32 = 0;
  for (let page: u32 = 0; page < table.pages; page++) {
    const start = pageAddress<K, V>(table, page);
    const end = start + bucketsBytes<K, V>(table.bucketMask + 1);
    for (let bucket = start; bucket < end; bucket += bucketBytes<K, V>()) {
      const end = bucket + bucketCount<K>(bucket);
      for (let slot = bucket; slot < end; slot++) {
        let length = probeLength<K, V>(table, start, slot);
        away += <u32>(length > 1);
        if (length > 1 && table.spilled) length += linesInVain<K, V>(table, load<K>(keyAddress<K>(slot)));
        countProbe(histogram, length);
      }
    }
  }
  if (table.zeroPresent) countProbe(histogram, 1);
  if (!table.spilled) return away;
  for (let i: u32 = 0; i < leafCount(); i++) {
    const leaf = <usize>fenceAt(i).leaf;
    for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
      const end = bucket + bucketCount<K>(bucket);
      for (let slot = bucket; slot < end; slot++) {
        const hash = spilledHash<K>(slot);
        countProbe(histogram, 1 + linesToLeaf<K>(hash) + probeLength<K, V>(table, leaf, slot)); // 1 for the home
      }
    }
  }
  return away + table.spilled;
}

/** Lines that a look-up in the spill reads before a leaf: a counter, and fences where that is not 0. */
function linesToLeaf<K>(hash: K): u32 {
  return mayBeSpilled<K>(hash) ? 1 + (32 - clz<u32>(leafCount() - 1)) : 1;
}

/** Lines that a look-up of a hash that is not in the spill reads there. */
function linesInVain<K, V>(table: Table, hash: K): u32 {
  let lines = linesToLeaf<K>(hash);
  if (!mayBeSpilled<K>(hash)) return lines;
  const leaf = <usize>fenceOf<K>(hash).leaf;
  const home = homeIn<K, V>(table, leaf, scramble<K>(hash));
  let bucket = home;
  do {
    lines++;
    if (!isFull<K>(bucket)) break;
    bucket = nextBucket<K, V>(table, leaf, bucket);
  } while (bucket != home);
  return lines;
}

/** Counts `entries` that a look-up finds behind another one in its bucket: on the second line or later. */
export function countBehind(histogram: usize, entries: u32): void {
  store<u32>(histogram, load<u32>(histogram, 4) + entries, 4);
}


@inline
function countProbe(histogram: usize, length: u32): void {
  const at = histogram + ((<usize>min<u32>(length - 1, HISTOGRAM_LENGTH - 1)) << 2);
  store<u32>(at, load<u32>(at) + 1);
}
