/**
 * `npm run test:runtimes [-- --full] [names]`: the package in other runtimes: smoke.js, a little of everything, wherever code may run there, and test files of the suite.
 * Runtimes come from npm when they are first asked for, browsers are those of the machine. One that is not there is said to be so, and neither passes nor fails.
 *
 *   --full    all test files that are not for Node alone, on more versions of Node as well
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { Absent } from './absent.js';
import { inChromium } from './browsers.js';
import { inEdgeRuntime, inProcess } from './processes.js';
import { filesFor } from './suites.js';

const { values: options, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const QUICK = ['Node', 'Deno', 'Bun', 'edge-runtime', 'Chromium'];
const FULL = ['Node', 'Node 22', 'Node 24', 'Node 26', 'Deno', 'Bun', 'edge-runtime', 'Chromium'];
/** How each runs that is no process. */
const OTHERS = { 'edge-runtime': inEdgeRuntime, Chromium: inChromium };
const names = positionals.length > 0 ? positionals : options.full ? FULL : QUICK;
/** Without --full tests do a tenth of what they do in `npm test`. */
const environment = { TOPHASH_BUDGET: options.full ? '1' : '0.1', TOPHASH_SEED: '20261122' };

let passed = 0;
let failed = 0;
const failures = [];
const table = new Table({
  head: ['runtime', 'version', 'smoke', 'test files', 'tests'],
  style: { head: [], border: [] },
});

for (const name of names) {
  const start = performance.now();
  const files = name === 'edge-runtime' ? [] : filesFor(options.full, name === 'Chromium');
  try {
    const run = OTHERS[name] ?? ((...rest) => inProcess(name, ...rest));
    const { version, smokes, suite } = await run(files, environment);
    const bad = Object.entries(smokes).filter(([, error]) => error !== undefined);
    const places = Object.keys(smokes).length;
    failures.push(...bad.map(([place, error]) => `${name}, ${place}: ${error.stack ?? error}`));
    failures.push(...suite.failures.map((failure) => `${name}: ${failure}`));
    passed += places - bad.length + suite.passed;
    failed += bad.length + suite.total - suite.passed;
    table.push([
      name,
      version,
      `${places - bad.length} of ${places}`,
      files.length,
      `${suite.passed} of ${suite.total}`,
    ]);
  } catch (error) {
    const isAbsent = error instanceof Absent;
    table.push([name, isAbsent ? `not there: ${error.message}` : 'failed', '-', '-', '-']);
    if (!isAbsent) {
      failed++;
      failures.push(`${name}: ${error.stack}`);
    }
  }
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${table}\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
