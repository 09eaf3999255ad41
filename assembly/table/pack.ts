// Compaction: the lanes that a mask names, side by side. Wasm has no compress instruction; a swizzle by a table does it
// for 16 bytes at a time (D. Lemire's "SIMD compaction" tables).

/** For each mask of four 4-byte lanes, the bytes that move the named lanes to the front; 0x80 gives 0. */
const LANES4: usize = lanes4();
/** The same for two 8-byte lanes. */
const LANES8: usize = lanes8();


@inline
function lanes4(): usize {
  // prettier-ignore
  return memory.data<u32>([
    0x80808080, 0x80808080, 0x80808080, 0x80808080,
    0x03020100, 0x80808080, 0x80808080, 0x80808080,
    0x07060504, 0x80808080, 0x80808080, 0x80808080,
    0x03020100, 0x07060504, 0x80808080, 0x80808080,
    0x0b0a0908, 0x80808080, 0x80808080, 0x80808080,
    0x03020100, 0x0b0a0908, 0x80808080, 0x80808080,
    0x07060504, 0x0b0a0908, 0x80808080, 0x80808080,
    0x03020100, 0x07060504, 0x0b0a0908, 0x80808080,
    0x0f0e0d0c, 0x80808080, 0x80808080, 0x80808080,
    0x03020100, 0x0f0e0d0c, 0x80808080, 0x80808080,
    0x07060504, 0x0f0e0d0c, 0x80808080, 0x80808080,
    0x03020100, 0x07060504, 0x0f0e0d0c, 0x80808080,
    0x0b0a0908, 0x0f0e0d0c, 0x80808080, 0x80808080,
    0x03020100, 0x0b0a0908, 0x0f0e0d0c, 0x80808080,
    0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0x80808080,
    0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
  ], 16);
}


@inline
function lanes8(): usize {
  // prettier-ignore
  return memory.data<u32>([
    0x80808080, 0x80808080, 0x80808080, 0x80808080,
    0x03020100, 0x07060504, 0x80808080, 0x80808080,
    0x0b0a0908, 0x0f0e0d0c, 0x80808080, 0x80808080,
    0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
  ], 16);
}

/**
 * Packs those of the 8 lanes of T at `from` that `mask` names to `to`. Writes whole vectors: up to 16 bytes behind the
 * last lane are overwritten.
 */
@inline
export function packLanes<T>(from: usize, mask: u32, to: usize): void {
  if (sizeof<T>() == 4) {
    const low = mask & 15;
    const high = mask >>> 4;
    v128.store(to, v128.swizzle(v128.load(from), v128.load(LANES4 + ((<usize>low) << 4))));
    v128.store(
      to + ((<usize>popcnt<u32>(low)) << 2),
      v128.swizzle(v128.load(from, 16), v128.load(LANES4 + ((<usize>high) << 4))),
    );
  } else {
    let at = to;
    for (let pair: u32 = 0; pair < 4; pair++) {
      const lanes = (mask >>> (pair << 1)) & 3;
      v128.store(at, v128.swizzle(v128.load(from + ((<usize>pair) << 4)), v128.load(LANES8 + ((<usize>lanes) << 4))));
      at += (<usize>popcnt<u32>(lanes)) << 3;
    }
  }
}

/** Packs the 4-byte lanes of a vector that `mask` names to `to`; returns where they end. Writes a whole vector. */
@inline
export function packFour(lanes: v128, mask: u32, to: usize): usize {
  v128.store(to, v128.swizzle(lanes, v128.load(LANES4 + ((<usize>mask) << 4))));
  return to + ((<usize>popcnt<u32>(mask)) << 2);
}

/** Copies 8 lanes of T. Written out: a loop of two to four rounds costs more than its body. */
@inline
export function copyLanes<T>(from: usize, to: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  if (sizeof<T>() == 8) {
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
  }
}

/** Zeroes 16 lanes of T, but for the first 16 bytes. */
@inline
export function clearBehindFirst<T>(at: usize): void {
  const zero = i32x4.splat(0);
  v128.store(at, zero, 16);
  v128.store(at, zero, 32);
  v128.store(at, zero, 48);
  if (sizeof<T>() == 8) {
    v128.store(at, zero, 64);
    v128.store(at, zero, 80);
    v128.store(at, zero, 96);
    v128.store(at, zero, 112);
  }
}
