// The hash of byte keys: 64 bits of a row of bytes and a u32 seed, in v128. BYTES.md defines it in prose and says why
// it is so; bytes-scalar.ts is the scalar twin.
//
// A row of at most 32 bytes, the usual case, costs four 32-bit multiplies and the finish, without a branch on its
// length. Rows don't wait for each other, so the processor has several short ones in flight: the more of them, the
// fewer instructions each has from load to store, and so chains and finish are passes of their own. A longer row is two
// chains, each a multiply deep a stripe.

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
import { packFour } from "../table/pack";
import { ADDRESSES, BLOCK_ROWS, DISPLACED, PENDING } from "../memory/layout";
import * as kernels from "../native/kernels";
import { HASH_ROWS } from "../native/thresholds";
import { REFUSED, noteServed, useKernel } from "../native/use";

/** Numbers of the short and of the long rows of a block, in scratch. */
const SHORT_ROWS: usize = ADDRESSES;
const LONG_ROWS: usize = PENDING;
/** The lanes of each row of a block, in scratch, after its chains and before the finish. */
const LANES: usize = DISPLACED;
const LANES_LOG: usize = 5;

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

/** 96 bytes of ones, then 64 of zeros. 32 bytes that straddle the border lie in one cache line. */
const ONES: usize = ones();
const BORDER: usize = ONES + 96;


@inline
function ones(): usize {
  // prettier-ignore
  return memory.data<u64>([
    u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE,
    u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE, u64.MAX_VALUE,
    0, 0, 0, 0, 0, 0, 0, 0,
  ], 64);
}

/**
 * Where the masks stand of a row's last `length` bytes, 64 at most: 64 bytes, ones for the row's bytes and zeros
 * behind.
 */
@inline
function masksOf(length: u32): usize {
  return BORDER - <usize>length;
}

/** 16 bytes, `place` behind `at`, with zeros where the masks have zeros. */
@inline
function part(at: usize, masks: usize, place: usize): v128 {
  return v128.and(v128.load(at + place), v128.load(masks + place));
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

/** The hash of a row of `length` bytes from the lanes of its chain, which stand at `lanes`. */
@inline
function finish(lanes: usize, length: u32): u64 {
  return mix64(
    <u64>length * WEIGHT_OF_LENGTH +
      load<u64>(lanes) * WEIGHT_0 +
      load<u64>(lanes, 8) * WEIGHT_1 +
      (load<u64>(lanes, 16) * WEIGHT_2 + load<u64>(lanes, 24) * WEIGHT_3),
  );
}

/** Writes the lanes of a chain, folded, to `lanes`. */
@inline
function storeLanes(lanes: usize, low: v128, high: v128): void {
  v128.store(lanes, fold(low));
  v128.store(lanes, fold(high), 16);
}

/** The chain of a row of at most one stripe: it starts from zero, which spares it the state. */
@inline
function chainShort(at: usize, length: u32, evenKey: v128, oddKey: v128, lanes: usize): void {
  const masks = masksOf(length);
  const even = part(at, masks, 0);
  const odd = part(at, masks, 16);
  const x = v128.xor(even, evenKey);
  const y = v128.xor(odd, oddKey);
  storeLanes(lanes, i64x2.add(i64x2.extmul_low_i32x4_u(x, y), odd), i64x2.add(i64x2.extmul_high_i32x4_u(x, y), even));
}

/** The chains of a longer row. */
@inline
function chainLong(at: usize, length: u32, evenKey: v128, oddKey: v128, lanes: usize): void {
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
  const masks = masksOf(<u32>(at + length - last));
  const even1 = part(last, masks, 0);
  const odd1 = part(last, masks, 16);
  const x1 = keyed(even1, evenKey, low1);
  const y1 = keyed(odd1, oddKey, high1);
  low1 = nextLow(low1, odd1, x1, y1);
  high1 = nextHigh(high1, even1, x1, y1);
  const even2 = part(last, masks, 32);
  const odd2 = part(last, masks, 48);
  const x2 = keyed(even2, evenKey, low2);
  const y2 = keyed(odd2, oddKey, high2);
  low2 = nextLow(low2, odd2, x2, y2);
  high2 = nextHigh(high2, even2, x2, y2);
  // The first chain takes the second one as its last stripe.
  const x = keyed(low2, evenKey, low1);
  const y = keyed(high2, oddKey, high1);
  storeLanes(lanes, nextLow(low1, high2, x, y), nextHigh(high1, low2, x, y));
}

/** The hash of the `length` bytes at `at`. Reads at most READS_BEHIND bytes behind them. */
export function hashBytes(at: usize, length: u32, seed: u32): u64 {
  const evenKey = evenSecret(seed);
  const oddKey = oddSecret(seed);
  if (length <= STRIPE) chainShort(at, length, evenKey, oddKey, LANES);
  else chainLong(at, length, evenKey, oddKey, LANES);
  return finish(LANES, length);
}

/**
 * The hashes of `rows` rows to `out`, a T each: u64, or u32 for their low words. Row i is bytes[offsets[i] .. offsets[i
 * + 1]); there are rows + 1 offsets, u32. Reads at most READS_BEHIND bytes behind a row, and 12 bytes behind the
 * offsets. `out` may be HASHES.
 *
 * Some rows at a time, short ones first and then the others: lengths are random, and a branch on each would be guessed
 * wrong.
 */
export function hashRows<T>(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  if (useKernel(rows, HASH_ROWS)) {
    const answer =
      sizeof<T>() == 4
        ? kernels.hashRowsLow(bytes, offsets, rows, seed, out)
        : kernels.hashRows(bytes, offsets, rows, seed, out);
    if (answer != REFUSED) {
      noteServed(rows);
      return;
    }
  }
  const evenKey = evenSecret(seed);
  const oddKey = oddSecret(seed);
  for (let first: u32 = 0; first < rows; first += BLOCK_ROWS) {
    const at = offsets + ((<usize>first) << 2);
    const count = min<u32>(BLOCK_ROWS, rows - first);
    sortByLength(at, count);
    const short = shortEnd;
    const long = longEnd;
    for (let list = SHORT_ROWS; list < short; list += 4) {
      const row = <usize>load<u32>(list);
      const start = load<u32>(at + (row << 2));
      const length = load<u32>(at + (row << 2), 4) - start;
      chainShort(bytes + <usize>start, length, evenKey, oddKey, LANES + (row << LANES_LOG));
    }
    for (let list = LONG_ROWS; list < long; list += 4) {
      const row = <usize>load<u32>(list);
      const start = load<u32>(at + (row << 2));
      const length = load<u32>(at + (row << 2), 4) - start;
      chainLong(bytes + <usize>start, length, evenKey, oddKey, LANES + (row << LANES_LOG));
    }
    let lanes = LANES;
    let to = out + <usize>first * sizeof<T>();
    const end = at + ((<usize>count) << 2);
    for (let offset = at; offset < end; offset += 4) {
      store<T>(to, <T>finish(lanes, load<u32>(offset, 4) - load<u32>(offset)));
      lanes += 1 << LANES_LOG;
      to += sizeof<T>();
    }
  }
}

/** Ends of the lists that {@link sortByLength} has made. */
let shortEnd: usize = 0;
let longEnd: usize = 0;

/**
 * Writes the numbers of the short and of the long ones of `rows` rows, BLOCK_ROWS at most, to SHORT_ROWS and LONG_ROWS.
 */
function sortByLength(offsets: usize, rows: u32): void {
  let short = SHORT_ROWS;
  let long = LONG_ROWS;
  let numbers = i32x4(0, 1, 2, 3);
  let from = offsets;
  let left = <i32>rows;
  for (; left > 0; left -= 4) {
    const lengths = i32x4.sub(v128.load(from, 4), v128.load(from));
    const present: u32 = left < 4 ? (1 << left) - 1 : 15;
    const isLong = i32x4.bitmask(i32x4.gt_u(lengths, i32x4.splat(STRIPE))) & present;
    short = packFour(numbers, isLong ^ present, short);
    long = packFour(numbers, isLong, long);
    numbers = i32x4.add(numbers, i32x4.splat(4));
    from += 16;
  }
  shortEnd = short;
  longEnd = long;
}
