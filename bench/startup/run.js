/**
 * `npm run bench:startup [-- --runs N]`: what importing the package, and a first write and look-up, add to a process of
 * Node: differences of whole processes against an empty program, one of each in turn, in the CPU time of all their
 * threads and in wall time.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '101' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1)
  throw new RangeError(`--runs: expected a count of at least 1; got ${values.runs}`);

/** What the map of u32 is to add at most, in ms. */
const GOAL_MS = 5;
const PROGRAMS = {
  empty: 'an empty program',
  import: "import 'tophash'",
  map: 'first get, u32',
  string: 'first get, string',
};

/** By program: CPU and wall time of each run, in ms. */
const taken = new Map(Object.keys(PROGRAMS).map((name) => [name, { cpu: [], wall: [] }]));
for (let run = 0; run < runs; run++) {
  for (const [name, { cpu, wall }] of taken) {
    const start = performance.now();
    const file = fileURLToPath(new URL(`${name}.js`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    wall.push(performance.now() - start);
    if (status !== 0) throw new Error(`${name}.js ended with ${status}\n${stderr}`);
    cpu.push(Number(stdout) / 1000);
  }
}

const AT = { least: 0, 'lower quartile': 0.25, median: 0.5 };
const quantile = (times, at) => [...times].sort((a, b) => a - b)[Math.floor(at * (times.length - 1))];
const table = new Table({
  head: ['', ...['CPU', 'wall'].flatMap((clock) => Object.keys(AT).map((at) => `${clock}, ${at}`))],
  colAligns: ['left', ...new Array(6).fill('right')],
  style: { head: [], border: [] },
});
for (const [name, what] of Object.entries(PROGRAMS)) {
  const cells = ['cpu', 'wall'].flatMap((clock) =>
    Object.values(AT).map((at) => {
      const base = name === 'empty' ? 0 : quantile(taken.get('empty')[clock], at);
      return `${name === 'empty' ? '' : '+'}${(quantile(taken.get(name)[clock], at) - base).toFixed(1)}`;
    }),
  );
  table.push([what, ...cells]);
}
console.log(
  `ms of a process of Node ${process.versions.node}, ${runs} runs; the others as what they add. Goal: +${GOAL_MS} for the first get, u32`,
);
console.log(table.toString());
