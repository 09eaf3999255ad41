// When a batch goes to its native kernel: where this is a build for servers, the processor can, and the batch is long
// enough to be worth the call. What grows a memory asks here as well, so that nothing of the table is imported.

/** Is this a build that imports kernels? They place by the whole hash, as test builds for bad hashes do not. */
export const IS_NATIVE: bool = NATIVE && PLACEMENT == 0xffffffff;

/** A kernel could not do its work: no table has changed. */
export const REFUSED: u32 = 0xffffffff;

// Bits of what the processor has (src/native/kernels.h).
const AVX512: u32 = 1;
/**
 * Not the processor's: batches of any length go to kernels, for tests and for measuring from which length on they pay.
 */
const ALWAYS: u32 = 0x80000000;

let capabilities: u32 = 0;
let rowsServed: u64 = 0;

/** Tells what the processor has; 0 switches the kernels off. */
export function setCapabilities(mask: u32): void {
  capabilities = mask;
}

/** Does a batch of `rows` rows go to a kernel that pays from `least` on? */
@inline
export function useKernel(rows: u32, least: u32): bool {
  return IS_NATIVE && (capabilities & AVX512) != 0 && (rows >= least || (capabilities & ALWAYS) != 0);
}

/** Counts rows that a kernel served. */
@inline
export function noteServed(rows: u32): void {
  rowsServed += rows;
}

/** Rows that kernels have served since the last call, in this memory. */
export function takeServed(): f64 {
  const rows = <f64>rowsServed;
  rowsServed = 0;
  return rows;
}
