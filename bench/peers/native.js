/** A native program as a player of the benchmark: see README.md for what is said. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { answerOf } from '../players.js';
import { programOf } from './index.js';

/**
 * Blocks from this size on are mapped anew, and unmapped when they are freed: fresh memory, as tables in JavaScript
 * have it.
 */
const FRESH = { MALLOC_MMAP_THRESHOLD_: String(2 ** 17), MALLOC_TRIM_THRESHOLD_: String(2 ** 17) };

/**
 * @param {string} name
 * @param {() => string} streams path of the file with the streams of the round
 * @returns {import('../players.js').Player}
 */
export function startNative(name, streams) {
  const child = spawn(programOf(name), { env: { ...process.env, ...FRESH }, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  return {
    pid: child.pid,
    async ask(request) {
      child.stdin.write(request.type === 'round' ? `round ${streams()}\n` : `sample ${request.row}\n`);
      const line = await answerOf(lines, 'line', child, name);
      return request.type === 'round' ? line : JSON.parse(line);
    },
    end: () => child.kill(),
  };
}
