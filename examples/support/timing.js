// Two contenders, timed in turn.

export const ROUNDS = 9;

/**
 * Runs the work of both in turn (A B A B ...), so that a slow moment of the machine meets both, and compares their
 * results in every round. Only the work is timed, not what `before` makes for it. Answers the median times in
 * milliseconds and the results of the last round; earlier ones are disposed of.
 * @template Ours, Theirs
 * @param {object} contest
 * @param {{ ours: () => Ours, theirs: () => Theirs }} [contest.before] makes what the work starts from
 * @param {(input: Ours) => Ours} contest.ours
 * @param {(input: Theirs) => Theirs} contest.theirs
 * @param {(ours: Ours, theirs: Theirs) => void} contest.check throws when the results differ
 */
export function race({ before, ours, theirs, check }) {
  const ourTimes = [];
  const theirTimes = [];
  for (let round = 1; ; round++) {
    const ourResult = timed(ours, before?.ours(), ourTimes);
    const theirResult = timed(theirs, before?.theirs(), theirTimes);
    check(ourResult, theirResult);
    if (round === ROUNDS) {
      return { ours: ourResult, theirs: theirResult, ourTime: median(ourTimes), theirTime: median(theirTimes) };
    }
    ourResult.dispose?.();
  }
}

function timed(work, input, times) {
  const start = performance.now();
  const result = work(input);
  times.push(performance.now() - start);
  return result;
}

/** The middle one of an odd number of times. */
function median(times) {
  return times.sort((a, b) => a - b)[times.length >> 1];
}
