/** Those who take part in a benchmark: processes that are asked for a round, then for samples. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** @typedef {import('./suites/index.js').Suite} Suite */

/**
 * @typedef {object} Player
 * @property {number | undefined} pid
 * @property {(request: import('./worker.js').Request) => Promise<any>} ask
 * @property {() => void} end
 */

/**
 * A contender in JavaScript.
 * @param {Suite} suite
 * @param {string} name
 * @param {string[]} flags
 * @returns {Player}
 */
export function startWorker(suite, name, flags = []) {
  const child = fork(new URL('./worker.js', import.meta.url), [suite.name, name], {
    execArgv: ['--expose-gc', '--no-flush-bytecode', ...flags],
    serialization: 'advanced',
  });
  return {
    pid: child.pid,
    ask(request) {
      child.send(request);
      return answerOf(child, 'message', child, name);
    },
    end: () => child.kill(),
  };
}

/**
 * The next event of a child process, or an error when that ends.
 * @param {import('node:events').EventEmitter} source
 * @param {string} event
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 */
export async function answerOf(source, event, child, name) {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    return await Promise.race([
      once(source, event, { signal }).then(([answer]) => answer),
      once(child, 'exit', { signal }).then(([code, killer]) => {
        throw new Error(`${name}: the process ended with ${code ?? killer}`);
      }),
    ]);
  } finally {
    answered.abort();
  }
}
