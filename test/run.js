/**
 * node test/run.js [--build release|debug|...]... [--native] [--full] [--seed N] [--jobs N] [pattern]
 *
 * Runs the suite on every build of the library, each in a process of its own, as many at a time as there are processors
 * (--jobs says otherwise), prints them one after the other, and ends with `N passed, N failed`. --native takes the
 * builds with native kernels instead; see test/native/run.js. --full does more of everything (TOPHASH_BUDGET says how
 * much more); a pattern picks test files by name.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { builds, hasBadHash, nativeBuilds } from './support/builds.js';
import { addCounts, counters, parseCounts, summary } from './support/counters.js';

/** Under a bad hash behaviour is tested, and not what is about columns, layout, load or the batch hasher. */
const NOT_UNDER_BAD_HASH = [
  'any-gc',
  'arrow-',
  'async-',
  'at-limit',
  'bytes-arrow',
  'bytes-churn',
  'bytes-columns',
  'bytes-into',
  'bytes-long',
  'bytes-memory',
  'bytes-refusals',
  'bytes-there',
  'bytes-utf8',
  'capabilities',
  'capacity-error',
  'churn',
  'collisions',
  'errors',
  'get-all-into',
  'growth',
  'hash-',
  'host-memory',
  'iteration-order',
  'load',
  'memory',
  'pop',
  'set-capacity',
  'snapshot-format',
  'stats',
  'text-',
  'unshared',
];
/**
 * Statistics of the hash, which has the same bits on every build: golden values and twins say so there. What the
 * benchmark makes of figures, and the pages, which users read: no build has a part in them. Hosts that lack something:
 * what is in the modules is beside the point. The WASI command and the answers of useNative, whose builds are the
 * release's.
 */
const ON_RELEASE_ALONE = ['bench-', 'docs', 'environment', 'hash-quality', 'native-', 'seed-source', 'wasi-'];
/** What does not depend on where the memory lies: it is the same code above 2 GiB. */
const NOT_ABOVE = [
  'any-gc',
  'any-getters',
  'arrow-',
  'async-',
  'at-limit',
  'batch-getters',
  'batch-refusals',
  'bytes-arrow',
  'bytes-refusals',
  'capabilities',
  'errors',
  'hash-partition',
  'host-memory',
  'inlined',
  'iteration-protocol',
  'order-insertion',
  'pop',
  'put-map',
  'set-algebra',
  'set-likes',
  'snapshot-damage',
  'snapshot-streams',
  'text-',
  'unshared',
];
/** Thousands of writes: where all keys crowd one page, each takes milliseconds to check. */
const NOT_WHERE_CHECKED = [
  'any-getters',
  'any.test',
  'batch-getters',
  'batch-sizes',
  'iteration-callbacks',
  'iteration-clear',
  'iteration-crowds',
  'iteration-delete',
  'iteration-growth',
  'iteration-protocol',
  'iteration-sizes',
  'iteration-update',
  'iteration-zero-hash',
  'pools',
  'put-map',
  'set-algebra',
  'set-likes',
  'single-calls',
  'trim',
];

/**
 * Modules are compiled before the first test there: to test their kernels. And those that are inlined under them are
 * the release's.
 */
const NOT_WHERE_NATIVE = ['load', 'inlined'];

/** So much of a failure is repeated at the end. */
const LINES_OF_FAILURE = 20;

const { values, positionals } = parseArgs({
  options: {
    build: { type: 'string', multiple: true },
    native: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261122' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
  allowPositionals: true,
});

const uvu = fileURLToPath(new URL('../node_modules/uvu/bin.js', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const pattern = `${positionals[0] ?? ''}.*\\.test\\.js$`;
const env = {
  ...process.env,
  TOPHASH_SEED: values.seed,
  TOPHASH_BUDGET: process.env.TOPHASH_BUDGET ?? (values.full ? '10' : '1'),
};

const jobs = Number(values.jobs);
if (!Number.isInteger(jobs) || jobs < 1)
  throw new RangeError(`--jobs: expected a count of at least 1; got ${values.jobs}`);

let passed = 0;
let failed = 0;
const met = counters();

console.log(`seed ${env.TOPHASH_SEED}, budget x${env.TOPHASH_BUDGET}`);
/** Builds in the order of their printing: what runs behind the first of them is printed when its turn comes. */
const waiting = (values.build ?? (values.native ? nativeBuilds : builds)).map((build) => ({
  build,
  output: `\n--- ${build} build\n\n`,
  printed: 0,
}));
const toRun = [...waiting];
await Promise.all(Array.from({ length: jobs }, runBuilds));

const failures = waiting.flatMap(({ build, output }) => failuresIn(output).map((text) => `${build}:${text}`));
if (failures.length > 0) console.log(`\n--- what failed\n\n${failures.join('\n')}`);
if (met.sequences > 0) console.log(`random programs on all builds: ${summary(met)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Runs build after build while there are any. */
async function runBuilds() {
  for (let run = toRun.shift(); run !== undefined; run = toRun.shift()) {
    const code = await suite(run);
    run.output += judge(run, code);
    run.ended = true;
    print();
  }
}

/** Prints what the first build in line has said, and goes on to the next if that has ended. */
function print() {
  for (const run of waiting) {
    process.stdout.write(run.output.slice(run.printed));
    run.printed = run.output.length;
    if (!run.ended) return;
  }
}

/** Adds up what a build's suite said at its end; returns what is to be said of it. */
function judge({ build, output }, code) {
  const metHere = parseCounts(output);
  if (metHere) addCounts(met, metHere);
  const count = (word) =>
    Number(stripVTControlCharacters(output).match(new RegExp(`^\\s*${word}:\\s+(\\d+)\\s*$`, 'm'))?.[1]);
  const [total, good] = [count('Total'), count('Passed')];
  if (Number.isNaN(total) || Number.isNaN(good)) {
    failed++;
    return `The ${build} build ended (${code}) without a summary.\n`;
  }
  passed += good;
  failed += total - good;
  if (total > 0 && (code === 0 || total > good)) return '';
  failed++;
  return `The ${build} build ran ${total} tests and ended with ${code}.\n`;
}

/** What uvu said of each test that failed: it stands far above the end. */
function failuresIn(output) {
  const lines = output.split('\n');
  const starts = lines.flatMap((line, i) => (/^\s*FAIL /.test(stripVTControlCharacters(line)) ? [i] : []));
  return starts.map((start) => lines.slice(start, start + LINES_OF_FAILURE).join('\n'));
}

/** Runs the suite on a build, and resolves to how it ended. */
function suite(run) {
  return new Promise((resolve) => {
    const args = [uvu, here, pattern, ...ignored(run.build).flatMap((name) => ['-i', name])];
    const child = spawn(process.execPath, args, {
      env: { ...env, TOPHASH_BUILD: run.build },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => {
      run.output += text;
      print();
    });
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
}

/** Patterns of files that are not run on a build. */
function ignored(build) {
  const folders = ['support', 'runtimes', 'golden', 'wasi/', 'native/'];
  if (build === 'release') return folders;
  const names = [...ON_RELEASE_ALONE];
  if (build === 'high') names.push(...NOT_ABOVE);
  if (hasBadHash(build)) names.push(...NOT_UNDER_BAD_HASH);
  if (hasBadHash(build) && build.endsWith('debug')) names.push(...NOT_WHERE_CHECKED);
  if (nativeBuilds.includes(build)) names.push(...NOT_WHERE_NATIVE);
  return [...folders, ...names.map((name) => `^${name}`)];
}
