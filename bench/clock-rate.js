/**
 * Multiplications of which each needs the one before, and cycles that each takes on the processors of these years,
 * x86-64 and arm64 alike.
 */
const [STEPS, LATENCY] = [300_000, 3];
const TRIES = 7;

/**
 * Cycles in a nanosecond, right now: how many multiplications one after another it has time for. The fastest of some
 * tries, since other programs can only make it look slower.
 */
export function clockRate() {
  let best = 0;
  for (let i = 0; i < TRIES; i++) {
    const start = performance.now();
    chain(i);
    best = Math.max(best, (STEPS * LATENCY) / ((performance.now() - start) * 1e6));
  }
  return best;
}

/** Takes the product, so that it is not left out. */
let last = 0;

/** @param {number} x */
function chain(x) {
  for (let i = 0; i < STEPS; i++) x = Math.imul(x, 0x2c1b3c6d);
  last ^= x;
  return last;
}
