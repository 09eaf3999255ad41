/** A native program as a player of the benchmark: see README.md for what is said. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { programOf } from './index.js';

/** Blocks from this size on are mapped anew, and unmapped when they are freed: fresh memory, as tables in JavaScript have it. */
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
      const answered = new AbortController();
      const { signal } = answered;
      child.stdin.write(request.type === 'round' ? `round ${streams()}\n` : `sample ${request.row}\n`);
      try {
        return await Promise.race([
          once(lines, 'line', { signal }).then(([line]) => (request.type === 'round' ? line : JSON.parse(line))),
          once(child, 'exit', { signal }).then(([code, killer]) => {
            throw new Error(`${name}: the program ended with ${code ?? killer}`);
          }),
        ]);
      } finally {
        answered.abort();
      }
    },
    end: () => child.kill(),
  };
}
