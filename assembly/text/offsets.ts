// Where rows of a column of bytes begin and end.

/**
 * The index of the first of `count` offsets, u32, that is below the one before it; `count` where none is. Reads whole
 * vectors: up to 12 bytes behind the last one.
 */
export function firstFall(offsets: usize, count: u32): u32 {
  let index: u32 = 1;
  while (index + 4 <= count) {
    const at = offsets + ((<usize>index) << 2);
    if (v128.any_true(i32x4.lt_u(v128.load(at), v128.load(at - 4)))) break;
    index += 4;
  }
  while (index < count) {
    const at = offsets + ((<usize>index) << 2);
    if (load<u32>(at) < load<u32>(at - 4)) return index;
    index++;
  }
  return count;
}
