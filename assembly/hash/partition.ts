// Conflict grouping: rows in the order of the top bits of their hashes, stable. A counting sort in two passes over the
// hashes; the facade feeds both passes chunk by chunk, the counters stay here between calls.
//
// Counters live at `counters` (2^bits + 1 words): after the first pass the count of each group, after `prefix` its
// start, during the second pass its next free place.

@inline
function groupOf(hash: u32, bits: u32): u32 {
  return bits ? hash >>> (32 - bits) : 0;
}

/** First pass: counts the rows of each group. */
export function countGroups(hashes: usize, count: u32, bits: u32, counters: usize): void {
  const end = hashes + ((<usize>count) << 2);
  for (let at = hashes; at < end; at += 4) {
    const counter = counters + ((<usize>groupOf(load<u32>(at), bits)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
}

/** Turns counts into starts: the exclusive prefix sum, the total behind it. */
export function prefixGroups(bits: u32, counters: usize): void {
  const end = counters + ((<usize>4) << bits);
  let sum: u32 = 0;
  for (let at = counters; at < end; at += 4) {
    const count = load<u32>(at);
    store<u32>(at, sum);
    sum += count;
  }
  store<u32>(end, sum);
}

/** Second pass: the place of each row of a chunk, in row order, so that equal groups stay in order. */
export function placeRows(hashes: usize, count: u32, bits: u32, counters: usize, places: usize): void {
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const counter = counters + ((<usize>groupOf(load<u32>(hashes + i), bits)) << 2);
    const place = load<u32>(counter);
    store<u32>(counter, place + 1);
    store<u32>(places + i, place);
  }
}
