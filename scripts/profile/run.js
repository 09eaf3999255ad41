/**
 * `npm run profile -- program.js [arguments]`: runs a program with the profiling build as 'tophash' and V8's sampling
 * profiler on, keeps the profile in build/profiles/, and prints in which functions the time went, those of the wasm by
 * their names. bench/PROFILING.md shows how to read it, and how to use perf.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';

/** Time between two samples, in microseconds. */
const INTERVAL = 200;
/** Functions that are shown. */
const MOST_LINES = 25;

const program = process.argv.slice(2);
if (program.length === 0) {
  console.error('expected a program: npm run profile -- program.js [arguments]');
  process.exit(1);
}
const folder = fileURLToPath(new URL('../../build/profiles/', import.meta.url));
mkdirSync(folder, { recursive: true });
const before = new Set(readdirSync(folder));
const hooks = new URL('register.js', import.meta.url).href;
const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL}`, '--import', hooks];
const { status, signal } = spawnSync(process.execPath, [...flags, ...program], { stdio: 'inherit' });

for (const file of readdirSync(folder).filter((name) => !before.has(name))) {
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  if (!usesTophash(profile)) continue; // a thread of something else: Node has one for register.js
  console.log(`\n${relative(process.cwd(), join(folder, file))}\n${tableOf(profile)}`);
}
if (status !== 0) console.error(`the program ended with ${signal ?? status}`);
process.exitCode = status ?? 1;

function usesTophash({ nodes }) {
  return nodes.some(({ callFrame }) => callFrame.url.includes('/build/profile/'));
}

/** Self time by function. */
function tableOf({ nodes, samples, timeDeltas }) {
  const nameOf = new Map(nodes.map(({ id, callFrame }) => [id, describe(callFrame)]));
  const times = new Map();
  let total = 0;
  samples.forEach((id, i) => {
    const name = nameOf.get(id);
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i]);
    total += timeDeltas[i];
  });
  const table = new Table({
    head: ['self ms', '%', 'function', 'where'],
    colAligns: ['right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const most = [...times].sort((a, b) => b[1] - a[1]).slice(0, MOST_LINES);
  for (const [name, time] of most) {
    table.push([(time / 1000).toFixed(1), ((time / total) * 100).toFixed(1), ...name.split('\n')]);
  }
  return table.toString();
}

/**
 * The name of a function, and in the next line where it is: V8 has no place for what it has built in, and calls what is
 * no function "(idle)" or the like.
 */
function describe({ functionName, url, lineNumber }) {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url.startsWith('wasm://')) return `${name}\nwasm`;
  if (url === '') return `${name}\n${name.startsWith('(') ? '' : 'V8'}`;
  return `${name}\n${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
}
