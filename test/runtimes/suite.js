/** Test files of uvu, run where uvu's own command can't: in the process, page or worker that imports this. */

/** Tells uvu, before it is imported, that its files will be called and do not start by themselves. */
globalThis.UVU_DEFER = 1;

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/**
 * What came of a file, which is `error` where it could not be run.
 * @typedef {{ file: string, total: number, passed: number, ms: number, failures: string[] }} Outcome
 */

/**
 * @param {string[]} files of test/
 * @param {(file: string) => Promise<unknown>} load imports one of them
 * @returns {Promise<Outcome[]>}
 */
export async function runFiles(files, load) {
  const outcomes = [];
  for (const file of files) outcomes.push(await runFile(file, load));
  return outcomes;
}

async function runFile(file, load) {
  const outcome = { file, total: 0, passed: 0, ms: 0, failures: [] };
  const start = performance.now();
  globalThis.UVU_QUEUE = [[]];
  try {
    await load(file);
    for (const run of globalThis.UVU_QUEUE[0]) {
      const [errors, passed, , total] = await run();
      outcome.total += total;
      outcome.passed += passed;
      if (errors !== true) outcome.failures.push(`${file}\n${errors.replaceAll(COLOURS, '')}`);
    }
  } catch (error) {
    outcome.total++;
    outcome.failures.push(`${file}: ${error.stack ?? error}`);
  }
  outcome.ms = performance.now() - start;
  return outcome;
}
