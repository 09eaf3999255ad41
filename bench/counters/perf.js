/** Hardware counters by Linux's `perf stat`, which is switched on for the timed part of a sample alone. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {import('./verdicts.js').Counts} Counts */

const EVENTS = [
  ['cycles', 'instructions', 'branches', 'branch-misses', 'cache-references', 'cache-misses'],
  ['L1-dcache-loads', 'L1-dcache-load-misses', 'dTLB-loads', 'dTLB-load-misses'],
].flat();
/** Milliseconds until perf must be ready. */
const PATIENCE = 5000;

/**
 * Counts of the CSV that `perf stat -x,` writes; what it could not count is left out, and what it counted in part of
 * the time is scaled by itself.
 * @param {string} csv
 * @returns {Counts}
 */
export function parseCounts(csv) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const line of csv.split('\n')) {
    const [figure, , event] = line.split(',');
    if (event && /^\d/.test(figure)) counts[event.replace(/:[a-zA-Z]+$/, '')] = Number(figure);
  }
  return counts;
}

/**
 * Why there are no counters here; nothing where there are some.
 * @returns {string | undefined}
 */
export function lackOfCounters() {
  const { error, stderr } = spawnSync('perf', ['stat', '-x,', '-e', EVENTS.join(), '--', 'true'], { encoding: 'utf8' });
  if (error) return 'perf is not installed';
  const { cycles, instructions } = parseCounts(stderr);
  if (cycles && instructions) return undefined;
  const [reason] = stderr.split('\n').filter((line) => line.trim() !== '');
  return /not supported/.test(stderr)
    ? 'the system has no hardware counters (perf: <not supported>)'
    : `perf: ${reason}`;
}

/**
 * Counts what a process does between "enable" and "disable", which somebody writes to the pipe `control`; perf answers
 * on `ack`.
 * @param {number} pid
 * @param {(pipes: { control: string, ack: string }) => Promise<unknown>} run
 * @param {string[]} events
 * @returns {Promise<Counts>}
 */
export async function countWhile(pid, run, events = EVENTS) {
  const folder = mkdtempSync(join(tmpdir(), 'tophash-perf-'));
  const [control, ack, output] = ['control', 'ack', 'output'].map((name) => join(folder, name));
  try {
    const made = spawnSync('mkfifo', [control, ack]);
    if (made.status !== 0) throw new Error('mkfifo failed: perf cannot be switched on and off');
    const args = ['stat', '-x,', '-o', output, '-e', events.join(), '-D', '-1'];
    const perf = spawn('perf', [...args, '--control', `fifo:${control},${ack}`, '-p', String(pid)], {
      stdio: 'ignore',
    });
    const ended = once(perf, 'exit');
    try {
      await ready(control, ack);
      await run({ control, ack });
    } finally {
      perf.kill('SIGINT');
      await ended;
    }
    return parseCounts(readFileSync(output, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Until perf obeys.
 * @param {string} control
 * @param {string} ack
 */
async function ready(control, ack) {
  const pipes = await Promise.all([open(control, 'r+'), open(ack, 'r+')]);
  const [to, from] = pipes;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    await to.write('disable\n');
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('perf does not answer')), PATIENCE);
    });
    await Promise.race([from.read(Buffer.alloc(16), 0, 16, null), late]);
  } finally {
    clearTimeout(timer);
    await Promise.all(pipes.map((pipe) => pipe.close()));
  }
}
