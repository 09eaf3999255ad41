// The hash of byte keys: 64 bits of a string of bytes and a u32 seed. BYTES.md defines it; here it is in v128, and
// bytes-scalar.ts has the scalar twin.
//
// A row is read in stripes of 32 bytes, the last one padded with zeros. A row of at most one stripe, the usual case, costs four
// 32-bit multiplies and the finish; rows follow each other without waiting, so the processor has several of them in flight.

/** A load may reach this many bytes behind a row. They never influence the hash, but they must be memory. */
export const READS_BEHIND: usize = 63;

const STRIPE: usize = 32;
const BLOCK: usize = 512;

// Digits of pi behind the point, 16 hexadecimal ones each; multipliers are made odd.
const WEIGHT_0: u64 = 0x243f6a8885a308d3;
const WEIGHT_1: u64 = 0x13198a2e03707345;
const WEIGHT_2: u64 = 0xa4093822299f31d1;
const WEIGHT_3: u64 = 0x082efa98ec4e6c89;
const WEIGHT_OF_LENGTH: u64 = 0x452821e638d01377;
const SCRAMBLE: u64 = 0xbe5466cf34e90c6d;
const SECRET_0: u64 = 0xc0ac29b7c97c50dd;
const SECRET_1: u64 = 0x3f84d5b5b5470917;
const SECRET_2: u64 = 0x9216d5d98979fb1b;
const SECRET_3: u64 = 0xd1310ba698dfb5ac;
const SECRET_4: u64 = 0x2ffd72dbd01adfb7;
const SECRET_5: u64 = 0xb8e1afed6a267e96;

// SplitMix64 (Sebastiano Vigna, public domain): its step, and its output function, which is David Stafford's variant 13.
const GOLDEN: u64 = 0x9e3779b97f4a7c15;
const MIX_1: u64 = 0xbf58476d1ce4e5b9;
const MIX_2: u64 = 0x94d049bb133111eb;

/** A bijection of 64 bits in which every bit reaches every bit. */
@inline
function mix64(x: u64): u64 {
  let h = x;
  h = (h ^ (h >>> 30)) * MIX_1;
  h = (h ^ (h >>> 27)) * MIX_2;
  return h ^ (h >>> 31);
}

/** What the even half of a stripe is xored with. */
@inline
function evenSecret(seed: u32): v128 {
  return v128.xor(i64x2.splat(mix64(<u64>seed + GOLDEN)), i64x2(SECRET_0, SECRET_1));
}

/** What the odd half of a stripe is xored with. */
@inline
function oddSecret(seed: u32): v128 {
  return v128.xor(i64x2.splat(mix64(<u64>seed + 2 * GOLDEN)), i64x2(SECRET_2, SECRET_3));
}

/** 16 bytes at `at`, of which those from `length` on count as zero; `places` numbers them. */
@inline
function part(at: usize, places: v128, length: v128): v128 {
  return v128.and(v128.load(at), i8x16.lt_s(places, length));
}

/** The even half of a last stripe, padded with zeros from `length` on. */
@inline
function evenPart(at: usize, length: v128): v128 {
  return part(at, i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), length);
}

/** The odd half. */
@inline
function oddPart(at: usize, length: v128): v128 {
  return part(at + 16, i8x16(16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31), length);
}

/** Lanes 0 and 1 after a stripe. The halves stand in for each other: what a product with zero loses, the sum keeps. */
@inline
function nextLow(low: v128, odd: v128, x: v128, y: v128): v128 {
  return i64x2.add(i64x2.extmul_low_i32x4_u(x, y), i64x2.add(low, odd));
}

/** Lanes 2 and 3 after a stripe. */
@inline
function nextHigh(high: v128, even: v128, x: v128, y: v128): v128 {
  return i64x2.add(i64x2.extmul_high_i32x4_u(x, y), i64x2.add(high, even));
}

/** High bits of a product brought down to where a multiplier can spread them. */
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

/** A row of at most one stripe. */
@inline
function hashShort(at: usize, length: u32, evenKey: v128, oddKey: v128): u64 {
  const bytes = i8x16.splat(<i8>length);
  const even = evenPart(at, bytes);
  const odd = oddPart(at, bytes);
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
  const last = at + ((length - 1) & ~63);
  let low = i64x2.splat(0);
  let high = i64x2.splat(0);
  let low2 = i64x2.splat(SECRET_4);
  let high2 = i64x2.splat(SECRET_5);
  for (let from = at; from < last; from += 64) {
    const even = v128.load(from);
    const odd = v128.load(from, 16);
    const x = v128.xor(v128.xor(even, evenKey), low);
    const y = v128.xor(v128.xor(odd, oddKey), high);
    low = nextLow(low, odd, x, y);
    high = nextHigh(high, even, x, y);
    const even2 = v128.load(from, 32);
    const odd2 = v128.load(from, 48);
    const x2 = v128.xor(v128.xor(even2, evenKey), low2);
    const y2 = v128.xor(v128.xor(odd2, oddKey), high2);
    low2 = nextLow(low2, odd2, x2, y2);
    high2 = nextHigh(high2, even2, x2, y2);
  }
  const left = <i32>(at + length - last);
  const bytes = i8x16.splat(<i8>left);
  const even = evenPart(last, bytes);
  const odd = oddPart(last, bytes);
  const x = v128.xor(v128.xor(even, evenKey), low);
  const y = v128.xor(v128.xor(odd, oddKey), high);
  low = nextLow(low, odd, x, y);
  high = nextHigh(high, even, x, y);
  const bytes2 = i8x16.splat(<i8>(left - 32));
  const even2 = evenPart(last + 32, bytes2);
  const odd2 = oddPart(last + 32, bytes2);
  const x2 = v128.xor(v128.xor(even2, evenKey), low2);
  const y2 = v128.xor(v128.xor(odd2, oddKey), high2);
  low2 = nextLow(low2, odd2, x2, y2);
  high2 = nextHigh(high2, even2, x2, y2);
  const x3 = v128.xor(v128.xor(low2, evenKey), low);
  const y3 = v128.xor(v128.xor(high2, oddKey), high);
  return finish(nextLow(low, high2, x3, y3), nextHigh(high, low2, x3, y3), length);
}

/** The hash of the `length` bytes at `at`. Reads at most READS_BEHIND bytes behind them. */
export function hashBytes(at: usize, length: u32, seed: u32): u64 {
  const evenKey = evenSecret(seed);
  const oddKey = oddSecret(seed);
  if (length <= STRIPE) return hashShort(at, length, evenKey, oddKey);
  return hashLong(at, length, evenKey, oddKey);
}

/**
 * The hashes of `rows` rows, a u64 each to `out`. Row i is bytes[offsets[i] .. offsets[i + 1]), offsets are u32. Reads at most
 * READS_BEHIND bytes behind a row.
 */
export function hashRows(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  const evenKey = evenSecret(seed);
  const oddKey = oddSecret(seed);
  const end = offsets + ((<usize>rows) << 2);
  let from = load<u32>(offsets);
  let to = out;
  for (let next = offsets; next < end; next += 4) {
    const until = load<u32>(next, 4);
    const length = until - from;
    const at = bytes + from;
    from = until;
    store<u64>(to, length <= STRIPE ? hashShort(at, length, evenKey, oddKey) : hashLong(at, length, evenKey, oddKey));
    to += 8;
  }
}
