// stand-in
const K0: u64 = 0x9e3779b185ebca87;
export function hashBytes(at: usize, length: u32, seed: u32): u64 {
  let h: u64 = ((<u64>seed) ^ length) * K0;
  for (let i: usize = 0; i < <usize>length; i++) h = rotl<u64>((h ^ (<u64>load<u8>(at + i))) * K0, 29);
  h ^= h >>> 32;
  h *= K0;
  return h ^ (h >>> 29);
}
export function hashRows(bytes: usize, offsets: usize, rows: u32, seed: u32, out: usize): void {
  for (let i: u32 = 0; i < rows; i++) {
    const at = offsets + ((<usize>i) << 2);
    store<u64>(out + ((<usize>i) << 3), hashBytes(bytes + load<u32>(at), load<u32>(at, 4) - load<u32>(at), seed));
  }
}
