/** The same in a page: it knows no CPU time, and its clock goes by steps. */
import { run } from './measure.js';

/**
 * The step of `performance.now`, in us: the least time by which it was seen to advance.
 *
 * Chromium gives multiples of the step, the one below or the one above as chance has it; so each reading is known to
 * within a step, and a time, between two of them, to within two.
 */
function clockStep() {
  let step = Infinity;
  let last = performance.now();
  for (const end = last + 50; last < end;) {
    const now = performance.now();
    if (now > last) step = Math.min(step, now - last);
    last = now;
  }
  return Math.round(step * 1e6) / 1e3;
}

/**
 * @param {string} contender
 * @param {number} entries
 */
export function runInPage(contender, entries) {
  if (!crossOriginIsolated) throw new Error('the page is not cross-origin isolated: its clock is too coarse');
  return { step: clockStep(), ...run(contender, entries) };
}
