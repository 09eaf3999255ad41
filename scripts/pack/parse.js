// Divides bytes into literals and matches, so that they take few bits under given prices.

import { FORMAT } from './format.js';

const { LEAST_MATCH } = FORMAT;

/** Longer ones are cut: of the lengths' last bucket few are used up. */
const MOST_MATCH = 8000;
/** Places that are looked at for one match. */
const MOST_TRIES = 200;
/** Of long matches at the distance before not all shorter ones are looked at. */
const EACH_LENGTH = 64;
/** Matches at a new distance are this long at least, as their first bytes are looked up. */
const LEAST_NEW = 3;

/** The bucket of a number (assembly/unpack.ts). */
export function bucketOf(value) {
  if (value < 4) return value;
  const log = 31 - Math.clz32(value);
  return 2 * log + ((value >> (log - 1)) & 1);
}

/** How many bits follow a bucket. */
export const bitsBehind = (bucket) => (bucket < 4 ? 0 : (bucket >> 1) - 1);

function matchLength(bytes, at, from) {
  const most = Math.min(bytes.length - at, MOST_MATCH);
  let length = 0;
  while (length < most && bytes[at + length] === bytes[from + length]) length++;
  return length;
}

/**
 * For every byte from `start` on the matches with what stands before, each longer than the one before it: lengths and
 * distances in turn.
 * @param {Uint8Array} bytes
 * @param {number} start
 */
export function findMatches(bytes, start) {
  const last = new Map();
  const before = new Int32Array(bytes.length).fill(-1);
  const found = [];
  for (let at = 0; at + LEAST_NEW <= bytes.length; at++) {
    const key = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
    const matches = [];
    let best = LEAST_NEW - 1;
    let from = last.get(key) ?? -1;
    if (at >= start) {
      for (let tries = 0; from >= 0 && tries < MOST_TRIES; tries++, from = before[from]) {
        if (bytes[from + best] !== bytes[at + best]) continue;
        const length = matchLength(bytes, at, from);
        if (length <= best) continue;
        best = length;
        matches.push(length, at - from);
      }
    }
    found[at] = matches;
    before[at] = last.get(key) ?? -1;
    last.set(key, at);
  }
  return found;
}

/**
 * The cheapest way that is found to write the bytes from `start` on: steps of a length (1: a literal), and the distance
 * where it is a new one.
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number[][]} matches
 * @param {{ literal(before: number, byte: number): number, again(before: number, length: number): number, anew(before:
 *   number, length: number, distance: number): number }} prices
 */
export function parse(bytes, start, matches, prices) {
  const end = bytes.length;
  const cost = new Float64Array(end + 1).fill(Infinity);
  const length = new Int32Array(end + 1);
  /** The distance of the last match on the way to here, and whether the step to here is a match at a new one. */
  const distance = new Int32Array(end + 1);
  const isNew = new Uint8Array(end + 1);
  cost[start] = 0;
  const step = (at, size, price, far, anew) => {
    const total = cost[at] + price;
    if (total >= cost[at + size]) return;
    cost[at + size] = total;
    length[at + size] = size;
    distance[at + size] = far;
    isNew[at + size] = anew;
  };
  for (let at = start; at < end; at++) {
    const before = at === start ? 0 : bytes[at - 1];
    const far = distance[at];
    step(at, 1, prices.literal(before, bytes[at]), far, 0);
    if (far > 0) {
      const most = matchLength(bytes, at, at - far);
      for (let size = LEAST_MATCH; size <= Math.min(most, EACH_LENGTH); size++) {
        step(at, size, prices.again(before, size), far, 0);
      }
      if (most > EACH_LENGTH) step(at, most, prices.again(before, most), far, 0);
    }
    let least = LEAST_NEW;
    const found = matches[at] ?? [];
    for (let i = 0; i < found.length; i += 2) {
      for (; least <= found[i]; least++) step(at, least, prices.anew(before, least, found[i + 1]), found[i + 1], 1);
    }
  }
  const steps = [];
  for (let at = end; at > start; at -= length[at]) {
    steps.push({ length: length[at], isMatch: length[at] > 1, distance: isNew[at] ? distance[at] : 0 });
  }
  return { steps: steps.reverse(), bits: cost[end] };
}
