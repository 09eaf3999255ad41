// Rows from which on a kernel pays: a call out of wasm takes 45 to 80 ns, in Bun 180. What a row gains differs by
// kernel.
//
// They follow from the figures of prototypes, and of batches where it says so, on Zen 4. `npm run bench:native`
// measures where the two meet (with --sizes).

/** 0.19 ns a key in v128, about half of it natively. */
export const HASH_4: u32 = 1024;
/** 1.0 against 0.22 ns. */
export const HASH_8: u32 = 128;
/** 9.5 against 3.2 ns for 32 bytes; with the rest of a batch in v128 48 rows lost 4 ns each. */
export const HASH_ROWS: u32 = 96;
/** 3.3 against 1.8 ns in the cache, and the more the less of the table is in there. */
export const GET: u32 = 128;
/** 4.3 against 2.7 ns. A block that a kernel can't finish costs a call of its own, so whole blocks. */
export const PUT: u32 = 128;
/** Byte keys: 64 rows lose 2 ns each, 128 gain 3. */
export const GET_ROWS: u32 = 128;
/** 192 rows lose 2 ns each, 256 gain 4. */
export const PUT_ROWS: u32 = 256;
/** 0.29 of the time. */
export const SELECT: u32 = 256;
