// Selection of staged keys by the flags of a look-up: batch/select.ts for byte keys.

/** Moves the keys whose flag is `wanted` to the front, and their offsets; returns how many. */
export function selectRows(keys: usize, offsets: usize, rows: u32, found: usize, wanted: u32): u32 {
  let count: u32 = 0;
  let start = load<u32>(offsets);
  let end = start;
  for (let row: u32 = 0; row < rows; row++) {
    const next = load<u32>(offsets + ((<usize>row) << 2), 4);
    if (load<u8>(found + <usize>row) == <u8>wanted) {
      const length = next - start;
      memory.copy(keys + <usize>end, keys + <usize>start, length);
      end += length;
      count++;
      store<u32>(offsets + ((<usize>count) << 2), end);
    }
    start = next;
  }
  return count;
}
