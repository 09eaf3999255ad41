/**
 * `npm run test:runtimes [-- options] [names]`: the package, as npm would publish it, in each runtime: smoke.js, a
 * little of everything, wherever code may run there, and the test files of the suite. As many at a time as there are
 * processors. Runtimes come from npm when they are first asked for, browsers are those of the machine. One that is not
 * there is skipped by name, and neither passes nor fails.
 *
 *   --quick            a file or two for each part of the interface, instead of all that are not for Node alone
 *   --budget N         how much the tests do, against `npm test`; 0.1 if not said
 *   --files PATTERN    test files whose names match
 *   --native           with native kernels (npm run build:native; needs a processor with AVX-512), in processes alone
 *   --times            which files took longest
 *   --jobs N           runtimes at a time
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Absent } from './absent.js';
import { browsers, inBrowser, inBrowserWorker } from './browsers.js';
import { inEdgeRuntime, inWorkerd } from './edge.js';
import { Matrix } from './matrix.js';
import { pack } from './packed.js';
import { inProcess, processes } from './processes.js';
import { filesFor } from './suites.js';

const { values: options, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    budget: { type: 'string', default: '0.1' },
    files: { type: 'string', default: '' },
    native: { type: 'boolean', default: false },
    times: { type: 'boolean', default: false },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
  allowPositionals: true,
});

/** What each is to suites.js, and how it runs. */
const runtimes = {
  ...Object.fromEntries(
    Object.keys(processes).map((name) => [
      name,
      { host: name.startsWith('Node') ? 'node' : 'process', run: (...rest) => inProcess(name, ...rest) },
    ]),
  ),
  workerd: { host: 'workerd', run: inWorkerd },
  'edge-runtime': { host: 'edge', run: inEdgeRuntime },
  ...Object.fromEntries(
    Object.keys(browsers).flatMap((name) => [
      [name, { host: 'browser', run: (...rest) => inBrowser(name, ...rest) }],
      [`${name} worker`, { host: 'browser', run: (...rest) => inBrowserWorker(name, ...rest) }],
    ]),
  ),
};

const names = positionals.length > 0 ? positionals : Object.keys(options.native ? processes : runtimes);
const unknown = names.find((name) => !Object.hasOwn(runtimes, name));
if (unknown !== undefined) {
  throw new RangeError(`no runtime is called '${unknown}'; there are ${Object.keys(runtimes).join(', ')}`);
}
if (!(Number(options.budget) > 0)) throw new RangeError(`--budget: expected a number above 0; got ${options.budget}`);
const jobs = Number(options.jobs);
if (!Number.isInteger(jobs) || jobs < 1)
  throw new RangeError(`--jobs: expected a count of at least 1; got ${options.jobs}`);

const environment = {
  TOPHASH_BUDGET: options.budget,
  TOPHASH_SEED: '20261122',
  ...(options.native ? { TOPHASH_USE: 'native' } : {}),
};
const choice = { quick: options.quick, pattern: new RegExp(options.files) };
/** Files that `--times` tells of. */
const SLOWEST = 12;

pack();
const matrix = new Matrix(names);
const due = [...names];
await Promise.all(Array.from({ length: jobs }, work));

console.log(`${matrix}`);
process.exitCode = matrix.failed > 0 || matrix.passed === 0 ? 1 : 0;

/** Runs one runtime after the other while there are any. */
async function work() {
  for (let name = due.shift(); name !== undefined; name = due.shift()) await runIn(name);
}

async function runIn(name) {
  const { host, run } = runtimes[name];
  const start = performance.now();
  let counts;
  try {
    const result = await run(filesFor(host, choice), environment);
    counts = matrix.add(name, result);
    if (options.times) printTimes(result.outcomes);
  } catch (error) {
    counts = error instanceof Absent ? matrix.skip(name, error.message) : matrix.fail(name, error);
  }
  console.log(`${name}: ${counts}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

function printTimes(outcomes) {
  const slowest = outcomes.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  for (const { file, ms } of slowest) console.log(`${(ms / 1000).toFixed(1).padStart(8)} s ${file}`);
}
