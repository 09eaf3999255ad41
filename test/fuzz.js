/**
 * npm run fuzz -- [--minutes N] [--seed S] [--build B]... [--profile P]...
 * npm run fuzz -- --replay SEED[:PATH] --build B --profile P
 *
 * Runs random programs (support/program.js) on the builds by turns, each turn in a process of its own, until the time is
 * over or a program fails. That one is shrunk and printed, with the line that replays it.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { builds } from './support/builds.js';
import { addCounts, counters, summary } from './support/counters.js';
import { startTurn } from './support/fuzz-turn.js';
import { Random } from './support/random.js';
import { replayLine, replaySettings } from './support/replay.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    build: { type: 'string', multiple: true, default: builds },
    profile: { type: 'string', multiple: true },
    replay: { type: 'string' },
  },
});

const TURN = 5_000;
const SHRINKING = 60_000;
const PROGRESS = 10_000;

const seconds = () => performance.now() / 1000;
const failure = values.replay === undefined ? await fuzz() : await replay();
process.exitCode = failure ? 1 : 0;

async function replay() {
  const turn = { build: values.build[0], profile: values.profile?.[0], settings: replaySettings(values.replay) };
  const { failed, report } = await startTurn({ ...turn, settings: { ...turn.settings, endOnFailure: true } }).result;
  console.log(failed ? report : 'it does not fail');
  return failed;
}

/** True if a program failed. */
async function fuzz() {
  const end = Number(values.minutes) * 60;
  const seeds = new Random(Number(values.seed));
  const running = new Set();
  const counts = counters();
  let turns = 0;
  let failure;
  console.log(`seed ${values.seed}, ${values.minutes} minutes on ${values.build.join(', ')}`);
  const progress = () => console.log(`${seconds().toFixed(0)} s: ${summary(counts)}`);
  const timer = setInterval(progress, PROGRESS);
  const work = async () => {
    while (failure === undefined && seconds() < end) {
      const next = nextTurn(turns++, seeds, Math.min(TURN, (end - seconds()) * 1000));
      const turn = startTurn(next);
      running.add(turn);
      const result = await turn.result;
      running.delete(turn);
      if (failure !== undefined) return;
      addCounts(counts, result.counts);
      if (!result.failed) continue;
      failure = { ...next, ...result };
      for (const other of running) other.stop();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  clearInterval(timer);
  progress();
  if (failure === undefined) return false;
  console.log(`\nfailed after ${seconds().toFixed(1)} s on the ${failure.build} build, ${failure.profile} programs`);
  console.log(await shrunk(failure));
  return true;
}

/** The builds by turns, and in each of their turns another size of programs. */
function nextTurn(number, seeds, ms) {
  const build = values.build[number % values.build.length];
  const round = Math.floor(number / values.build.length);
  const profiles = values.profile ?? (build.endsWith('debug') ? ['small', 'normal'] : ['normal', 'large']);
  const settings = { seed: seeds.u32() >>> 1, numRuns: 1e9, endOnFailure: true, interruptAfterTimeLimit: ms };
  return { build, profile: profiles[round % profiles.length], settings };
}

/** Shrinks a failure, for a limited time, in a process that has run nothing else, and says how to have it again. */
async function shrunk({ build, profile, settings: { seed }, path, report }) {
  if (path === undefined) return report;
  const line = replayLine({ seed, path, build, profile });
  const settings = { seed, path, numRuns: 1, interruptAfterTimeLimit: SHRINKING };
  const again = await startTurn({ build, profile, settings }).result;
  if (again.failed && again.path !== path) return again.report;
  if (again.failed) return `${report}\n${line}`;
  return `${report}\nIt takes the programs that came before: ${replayLine({ seed, path: undefined, build, profile })}`;
}
