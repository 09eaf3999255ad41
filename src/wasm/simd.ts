// Does the host's WebAssembly know 128-bit SIMD? Processors of before 2008 (no SSE4.1) have none, nor browsers of
// before 2021 to 2023.

// (module (func (result v128) i32.const 0 i8x16.splat))
const PROBE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];

/** Compiles nothing. */
export function hasSimd(): boolean {
  return WebAssembly.validate(new Uint8Array(PROBE));
}
