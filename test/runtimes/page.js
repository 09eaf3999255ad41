/** What run.js calls in a page. */
export { smoke } from './smoke.js';

/** Runs smoke.js in a worker. @param {'classic' | 'module'} type */
export function smokeInWorker(type) {
  return answerOf(new Worker(new URL('worker.js', import.meta.url), { type }));
}

/** What a worker posts, or throws. */
function answerOf(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: { answer, error } }) => (error ? reject(new Error(error)) : resolve(answer));
    worker.onerror = ({ message }) => reject(new Error(message ?? 'the worker did not start'));
  }).finally(() => worker.terminate());
}

/** Several at once: this page and workers of both types. */
export async function smokeTogether() {
  const { smoke } = await import('./smoke.js');
  const [runtime] = await Promise.all([smoke(), smokeInWorker('module'), smokeInWorker('classic')]);
  return runtime;
}

/** Runs test files. */
export async function testFiles([files, environment]) {
  await import('./shims/globals.js');
  Object.assign(process.env, environment);
  const { runFiles } = await import('./suite.js');
  return runFiles(files, (file) => import(`../${file}`));
}

/**
 * Runs test files in a dedicated worker.
 * @param {[string[], Record<string, string>, string]} what the last: where the bundle of worker-entry.js is
 */
export function testFilesInWorker([files, environment, bundle]) {
  const worker = new Worker(bundle, { type: 'module' });
  worker.postMessage({ files, environment });
  return answerOf(worker);
}
