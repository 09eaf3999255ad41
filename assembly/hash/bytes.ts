// The hash of byte keys: 64 bits of a row of bytes and a u32 seed, in v128. BYTES.md defines it in prose and says why it is so;
// bytes-scalar.ts is the scalar twin.
//
// A row of at most 32 bytes, the usual case, costs four 32-bit multiplies and the finish, without a branch on its length. Rows
// don't wait for each other, so the processor has several short ones in flight. A longer row is two chains, each a multiply deep a stripe.

import {
  MIX_1,
  MIX_2,
  SEED_STEP,
  SECRET_0,
  SECRET_1,
  SECRET_2,
  SECRET_3,
  START_HIGH,
  START_LOW,
  STRIPE,
  WEIGHT_0,
  WEIGHT_1,
  WEIGHT_2,
  WEIGHT_3,
  WEIGHT_OF_LENGTH,
} from "./bytes-constants";
import { ADDRESSES, BLOCK_ROWS, PENDING } from "../memory/layout";

/** Numbers of the short and of the long rows of a block, in scratch: room for one more than a block has. */
const SHORT_ROWS: usize = ADDRESSES;
const LONG_ROWS: usize = PENDING;

/** A load may reach this many bytes behind a row. They never influence the hash, but they must be memory. */
export const READS_BEHIND: usize = 63;

/** Two stripes, one for each chain. */
const PAIR: usize = 64;

/** The output function of SplitMix64: a bijection in which every bit reaches every bit. */
@inline
export function mix64(x: u64): u64 {
  let h = x;
  h = (h ^ (h >>> 30)) * MIX_1;
  h = (h ^ (h >>> 27)) * MIX_2;
  return h ^ (h >>> 31);
}

/** What the even half of every stripe is xored with. */
@inline
function evenSecret(seed: u32): v128 {
  return v128.xor(i64x2.splat(mix64(<u64>seed + SEED_STEP)), i64x2(SECRET_0, SECRET_1));
}

/** What the odd half is xored with. */
@inline
function oddSecret(seed: u32): v128 {
  return v128.xor(i64x2.splat(mix64(<u64>seed + 2 * SEED_STEP)), i64x2(SECRET_2, SECRET_3));
}

/** The even half of the stripe at `at`, with zeros from byte `length` of the stripe on: a lane each of an i8x16, -128 .. 127. */
@inline
function evenPart(at: usize, length: v128): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.and(v128.load(at), i8x16.lt_s(places, length));
}

/** The odd half likewise. */
@inline
function oddPart(at: usize, length: v128): v128 {
  const places = i8x16(16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
  return v128.and(v128.load(at, 16), i8x16.lt_s(places, length));
}

/** What is multiplied: a half of a stripe, its secret, and the state of the chain. */
@inline
function keyed(half: v128, secret: v128, state: v128): v128 {
  return v128.xor(v128.xor(half, secret), state);
}

/** Lanes 0 and 1 of a chain behind a stripe. */
@inline
function nextLow(low: v128, odd: v128, x: v128, y: v128): v128 {
  return i64x2.add(i64x2.extmul_low_i32x4_u(x, y), i64x2.add(low, odd));
}

/** Lanes 2 and 3. */
@inline
function nextHigh(high: v128, even: v128, x: v128, y: v128): v128 {
  return i64x2.add(i64x2.extmul_high_i32x4_u(x, y), i64x2.add(high, even));
}

/** High bits of a product brought down to where a multiplier spreads them. */
@inline
function fold(lanes: v128): v128 {
  return v128.xor(lanes, i64x2.shr_u(lanes, 32));
}


@inline
function finish(low: v128, high: v128, length: u32): u64 {
  const a = fold(low);
  const b = fold(high);
  return mix64(
    <u64>length * WEIGHT_OF_LENGTH +
      i64x2.extract_lane(a, 0) * WEIGHT_0 +
      i64x2.extract_lane(a, 1) * WEIGHT_1 +
      (i64x2.extract_lane(b, 0) * WEIGHT_2 + i64x2.extract_lane(b, 1) * WEIGHT_3),
  );
}

/** A row of at most one stripe: the chain starts from zero, which spares it the state. */
@inline
function hashShort(at: usize, length: u32, evenKey: v128, oddKey: v128): u64 {
  const lengths = i8x16.splat(<i8>length);
  const even = evenPart(at, lengths);
  const odd = oddPart(at, lengths);
  const x = v128.xor(even, evenKey);
  const y = v128.xor(odd, oddKey);
  return finish(
    i64x2.add(i64x2.extmul_low_i32x4_u(x, y), odd),
    i64x2.add(i64x2.extmul_high_i32x4_u(x, y), even),
    length,
  );
}

/** A longer row. */
function hashLong(at: usize, length: u32, evenKey: v128, oddKey: v128): u64 {
  const last = at + ((length - 1) & ~(PAIR - 1));
  let low1 = i64x2.splat(0);
  let high1 = i64x2.splat(0);
  let low2 = i64x2.splat(START_LOW);
  let high2 = i64x2.splat(START_HIGH);
  for (let from = at; from < last; from += PAIR) {
    const even1 = v128.load(from);
    const odd1 = v128.load(from, 16);
    const even2 = v128.load(from, 32);
    const odd2 = v128.load(from, 48);
    const x1 = keyed(even1, evenKey, low1);
    const y1 = keyed(odd1, oddKey, high1);
    low1 = nextLow(low1, odd1, x1, y1);
    high1 = nextHigh(high1, even1, x1, y1);
    const x2 = keyed(even2, evenKey, low2);
    const y2 = keyed(odd2, oddKey, high2);
    low2 = nextLow(low2, odd2, x2, y2);
    high2 = nextHigh(high2, even2, x2, y2);
  }
  const left = <i32>(at + length - last);
  const lengths1 = i8x16.splat(<i8>left);
  const even1 = evenPart(last, lengths1);
  const odd1 = oddPart(last, lengths1);
  const x1 = keyed(even1, evenKey, low1);
  const y1 = keyed(odd1, oddKey, high1);
  low1 = nextLow(low1, odd1, x1, y1);
  high1 = nextHigh(high1, even1, x1, y1);
  const lengths2 = i8x16.splat(<i8>(left - STRIPE));
  const even2 = evenPart(last + STRIPE, lengths2);
  const odd2 = oddPart(last + STRIPE, lengths2);
  const x2 = keyed(even2, evenKey, low2);
  const y2 = keyed(odd2, oddKey, high2);
  low2 = nextLow(low2, odd2, x2, y2);
  high2 = nextHigh(high2, even2, x2, y2);
  // The first chain takes the second one as its last stripe.
  const x = keyed(low2, evenKey, low1);
  const y = keyed(high2, oddKey, high1);
  return finish(nextLow(low1, high2, x, y), nextHigh(high1, low2, x, y), length);
}

/** The hash of the `length` bytes at `at`. Reads at most READS_BEHIND bytes behind them. */
export function hashBytes(at: usize, length: u32, seed: u32): u64 {
  const evenKey = evenSecret(seed);
  const oddKey = oddSecret(seed);
  return length <= STRIPE ? hashShort(at, length, evenKey, oddKey) : hashLong(at, length, evenKey, oddKey);
}

/**
 * The hashes of `rows` rows, a u64 each to `out`. Row i is bytes[offsets[i] .. offsets[i + 1]); there are rows + 1 offsets, u32. Reads at
 * most READS_BEHIND bytes behind a row. `out` may be HASHES.
 *
 * Some rows at a time, short ones first and then the others: lengths are random, and a branch on each would be guessed wrong.
 */
export function hashRows(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  const evenKey = evenSecret(seed);
  const oddKey = oddSecret(seed);
  for (let first: u32 = 0; first < rows; first += BLOCK_ROWS) {
    const end = min<u32>(first + BLOCK_ROWS, rows);
    let short = SHORT_ROWS;
    let long = LONG_ROWS;
    let from = load<u32>(offsets + ((<usize>first) << 2));
    for (let row = first; row < end; row++) {
      const until = load<u32>(offsets + ((<usize>row) << 2), 4);
      const isShort = <usize>(until - from <= STRIPE);
      store<u32>(short, row);
      store<u32>(long, row);
      short += isShort << 2;
      long += (isShort ^ 1) << 2;
      from = until;
    }
    for (let list = SHORT_ROWS; list < short; list += 4) {
      const row = <usize>load<u32>(list);
      const start = load<u32>(offsets + (row << 2));
      const length = load<u32>(offsets + (row << 2), 4) - start;
      store<u64>(out + (row << 3), hashShort(bytes + <usize>start, length, evenKey, oddKey));
    }
    for (let list = LONG_ROWS; list < long; list += 4) {
      const row = <usize>load<u32>(list);
      const start = load<u32>(offsets + (row << 2));
      const length = load<u32>(offsets + (row << 2), 4) - start;
      store<u64>(out + (row << 3), hashLong(bytes + <usize>start, length, evenKey, oddKey));
    }
  }
}
