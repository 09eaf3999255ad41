/**
 * node test/run.js [--build release|debug|...]... [--full] [--seed N] [pattern]
 *
 * Runs the suite on every build of the library, each in a process of its own, and ends with `N passed, N failed`.
 * --full does more of everything (TOPHASH_BUDGET says how much more); a pattern picks test files by name.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { builds, hasBadHash } from './support/builds.js';
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
];
/** Statistics of the hash, which has the same bits on every build: golden values and twins say so there. And what the benchmark makes of figures: no build has a part in it. */
const ON_RELEASE_ALONE = ['bench-', 'hash-quality'];
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
  'iteration-protocol',
  'order-insertion',
  'pop',
  'set-likes',
  'snapshot-damage',
  'snapshot-streams',
  'text-',
];
/** Thousands of single writes: where all keys crowd one page, each takes milliseconds to check. */
const NOT_WHERE_CHECKED = ['iteration-delete', 'iteration-growth', 'iteration-sizes', 'iteration-update', 'set-likes'];

const { values, positionals } = parseArgs({
  options: {
    build: { type: 'string', multiple: true, default: builds },
    full: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261122' },
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

let passed = 0;
let failed = 0;
const met = counters();

console.log(`seed ${env.TOPHASH_SEED}, budget x${env.TOPHASH_BUDGET}`);
for (const build of values.build) {
  console.log(`\n--- ${build} build\n`);
  const { output, code } = await suite(build);
  const metHere = parseCounts(output);
  if (metHere) addCounts(met, metHere);
  const count = (word) =>
    Number(stripVTControlCharacters(output).match(new RegExp(`^\\s*${word}:\\s+(\\d+)\\s*$`, 'm'))?.[1]);
  const [total, good] = [count('Total'), count('Passed')];
  if (Number.isNaN(total) || Number.isNaN(good)) {
    console.log(`The ${build} build ended (${code}) without a summary.`);
    failed++;
  } else {
    passed += good;
    failed += total - good;
    if (total === 0 || (code !== 0 && total === good)) {
      console.log(`The ${build} build ran ${total} tests and ended with ${code}.`);
      failed++;
    }
  }
}

if (met.sequences > 0) console.log(`random programs on all builds: ${summary(met)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Streams what the suite prints and resolves to all of it. */
function suite(build) {
  return new Promise((resolve) => {
    const args = [uvu, here, pattern, ...ignored(build).flatMap((name) => ['-i', name])];
    const child = spawn(process.execPath, args, {
      env: { ...env, TOPHASH_BUILD: build },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('close', (code, signal) => resolve({ output, code: signal ?? code }));
  });
}

/** Patterns of files that are not run on a build. */
function ignored(build) {
  const folders = ['support', 'runtimes', 'golden'];
  if (build === 'release') return folders;
  const names = [...ON_RELEASE_ALONE];
  if (build === 'high') names.push(...NOT_ABOVE);
  if (hasBadHash(build)) names.push(...NOT_UNDER_BAD_HASH);
  if (hasBadHash(build) && build.endsWith('debug')) names.push(...NOT_WHERE_CHECKED);
  return [...folders, ...names.map((name) => `^${name}`)];
}
