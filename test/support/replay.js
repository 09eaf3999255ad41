/** What it takes to run a failing program again: the seed and path of fast-check, the build and the profile. */

/** The command line that does it. */
export function replayLine({ seed, path, build, profile }) {
  const place = path === undefined ? seed : `${seed}:${path}`;
  return `npm run fuzz -- --replay ${place} --build ${build} --profile ${profile}`;
}

/**
 * Settings of fast-check for the argument of --replay. Without a path that is all programs of the seed, up to a
 * failure.
 */
export function replaySettings(text) {
  const [seed, ...path] = text.split(':');
  return path.length === 0
    ? { seed: Number(seed), numRuns: 1e9 }
    : { seed: Number(seed), path: path.join(':'), numRuns: 1 };
}
