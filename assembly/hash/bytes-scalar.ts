// The scalar twin of the hash of byte keys, for tests: a lane a step, and no byte read behind the row.

import { mix64 } from "./bytes";
import {
  SECRET_0,
  SECRET_1,
  SECRET_2,
  SECRET_3,
  SEED_STEP,
  START_HIGH,
  START_LOW,
  STRIPE,
  WEIGHT_0,
  WEIGHT_1,
  WEIGHT_2,
  WEIGHT_3,
  WEIGHT_OF_LENGTH,
} from "./bytes-constants";

// The four lanes of a chain, and its secrets.
let lane0: u64 = 0;
let lane1: u64 = 0;
let lane2: u64 = 0;
let lane3: u64 = 0;
let evenKey: u64 = 0;
let oddKey: u64 = 0;

/** The 8 bytes at `at`, zero from `end` on. */
function word(at: usize, end: usize): u64 {
  let bits: u64 = 0;
  for (let i: usize = 0; i < 8 && at + i < end; i++) bits |= (<u64>load<u8>(at + i)) << (i << 3);
  return bits;
}

/** The product of the low halves. */
function lowProduct(x: u64, y: u64): u64 {
  return (x & 0xffffffff) * (y & 0xffffffff);
}

/** The product of the high halves. */
function highProduct(x: u64, y: u64): u64 {
  return (x >>> 32) * (y >>> 32);
}

/** A stripe of two even and two odd words. */
function step(even0: u64, even1: u64, odd0: u64, odd1: u64): void {
  const x0 = even0 ^ evenKey ^ SECRET_0 ^ lane0;
  const x1 = even1 ^ evenKey ^ SECRET_1 ^ lane1;
  const y0 = odd0 ^ oddKey ^ SECRET_2 ^ lane2;
  const y1 = odd1 ^ oddKey ^ SECRET_3 ^ lane3;
  lane0 += lowProduct(x0, y0) + odd0;
  lane1 += highProduct(x0, y0) + odd1;
  lane2 += lowProduct(x1, y1) + even0;
  lane3 += highProduct(x1, y1) + even1;
}

/** A chain of `stripes` stripes: every other one from `at` on. */
function chain(at: usize, end: usize, stripes: u32, low: u64, high: u64): void {
  lane0 = low;
  lane1 = low;
  lane2 = high;
  lane3 = high;
  let from = at;
  for (let i: u32 = 0; i < stripes; i++) {
    step(word(from, end), word(from + 8, end), word(from + 16, end), word(from + 24, end));
    from += 2 * STRIPE;
  }
}

function fold(lane: u64): u64 {
  return lane ^ (lane >>> 32);
}

/** The scalar twin of hashBytes. */
export function hashBytesScalar(at: usize, length: u32, seed: u32): u64 {
  const end = at + length;
  evenKey = mix64(<u64>seed + SEED_STEP);
  oddKey = mix64(<u64>seed + 2 * SEED_STEP);
  if (length <= STRIPE) {
    chain(at, end, 1, 0, 0);
  } else {
    const pairs = (length - 1) / (2 * STRIPE) + 1;
    chain(at + STRIPE, end, pairs, START_LOW, START_HIGH);
    const even0 = lane0;
    const even1 = lane1;
    const odd0 = lane2;
    const odd1 = lane3;
    chain(at, end, pairs, 0, 0);
    step(even0, even1, odd0, odd1);
  }
  return mix64(
    <u64>length * WEIGHT_OF_LENGTH +
      fold(lane0) * WEIGHT_0 +
      fold(lane1) * WEIGHT_1 +
      fold(lane2) * WEIGHT_2 +
      fold(lane3) * WEIGHT_3,
  );
}

/** The scalar twin of hashRows. */
export function hashRowsScalar(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  for (let row: usize = 0; row < rows; row++) {
    const from = load<u32>(offsets + (row << 2));
    const until = load<u32>(offsets + (row << 2), 4);
    store<u64>(out + (row << 3), hashBytesScalar(bytes + from, until - from, seed));
  }
}
