/** One turn of the fuzzer: children/fuzz.js in a process of its own, which may fail, crash or never end. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { counters } from './counters.js';

const file = fileURLToPath(new URL('children/fuzz.js', import.meta.url));
/** No program takes that long. */
const SILENCE = 25_000;

/**
 * Starts a check. `result` is a promise of `{ counts, failed, path, report }`; `path` is missing where the child ended
 * without a word before its first program.
 */
export function startTurn({ build, profile, settings }) {
  const child = spawn(process.execPath, [file, profile, JSON.stringify(settings)], {
    env: { ...process.env, TOPHASH_BUILD: build },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let last = { counts: counters() };
  let errors = '';
  let hung = false;
  const dog = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, SILENCE);
  createInterface({ input: child.stdout }).on('line', (line) => {
    last = JSON.parse(line);
    dog.refresh();
  });
  child.stderr.on('data', (text) => (errors += text));
  const result = new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(dog);
      if (last.failed !== undefined) return resolve(last);
      const path = settings.path ?? last.run?.toString();
      const how = hung ? `no program ended for ${SILENCE / 1000} s` : `the process ended with ${signal ?? code}`;
      resolve({ counts: last.counts, failed: true, path, report: `${how}\n${errors}` });
    });
  });
  return { result, stop: () => child.kill() };
}
