/** What a bundle of the tests runs (bundle.js). */
import './shims/globals.js';
import { environment, loaders } from 'tophash-tests';
import { runFiles } from './suite.js';
import { smoke } from './smoke.js';

/**
 * Calls `places`, smoke.js besides, and runs the test files.
 * @param {Record<string, () => unknown>} [places] what else a host is asked
 */
export async function runBundled(places = {}) {
  Object.assign(globalThis.process.env, environment);
  const smokes = {};
  const expected = environment.TOPHASH_RUNTIME;
  for (const [name, run] of Object.entries({ script: checkedSmoke, ...places })) {
    try {
      await run();
      smokes[name] = null;
    } catch (error) {
      smokes[name] = String(error.stack ?? error);
    }
  }
  const outcomes = await runFiles(Object.keys(loaders), (file) => loaders[file]());
  return { smokes, outcomes };

  async function checkedSmoke() {
    const runtime = await smoke();
    if (runtime !== expected) throw new Error(`capabilities().runtime is '${runtime}'`);
  }
}
