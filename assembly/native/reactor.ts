// What a build for servers has besides: it is a WASI reactor. `_initialize` asks the kernels' namespace what the
// processor has; the host that has no kernels answers 0, and all goes on in v128.
//
// What it asks of WASI serves the self-test that goes before any use of the kernels (src/native/self-test.ts): a seed,
// a clock, and somewhere to say what failed.

import { STDERR, clockTimeGet, fdWrite, randomGet } from "../preview1";
import { STAGING } from "../memory/layout";
import { layout } from "./layout";
import { setCapabilities } from "./use";

export { layout } from "./layout";
export { setCapabilities, takeServed } from "./use";


@external("tophash_native", "caps")
declare function caps(): u32;


@external("tophash_native", "layout")
declare function layoutOfKernels(): u32;

const MONOTONIC: u32 = 1;

// Kernels that were built for another layout are none.
const mask = caps();
setCapabilities(mask && layoutOfKernels() == layout() ? mask : 0);

/** A seed of the host's; 0 where it has none. */
export function drawSeed(): u32 {
  return randomGet(STAGING, 4) ? 0 : load<u32>(STAGING);
}

/** Milliseconds of the host's clock; 0 where it has none. */
export function now(): f64 {
  return clockTimeGet(MONOTONIC, 0, STAGING) ? 0 : <f64>load<u64>(STAGING) / 1e6;
}

/** Writes `length` bytes at STAGING to the standard error. Where that can't be, nothing is lost but the words. */
export function warn(length: u32): void {
  const vector = STAGING + <usize>length;
  store<u32>(vector, <u32>STAGING);
  store<u32>(vector, length, 4);
  fdWrite(STDERR, vector, 1, vector + 8);
}
