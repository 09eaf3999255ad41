/** Test files of uvu, run where uvu's own command can't: in the process or page that imports this. */

/** Tells uvu, before it is imported, that its files will be called and do not start by themselves. */
globalThis.UVU_DEFER = 1;

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/**
 * @param {string[]} files of test/
 * @returns {Promise<{ total: number, passed: number, failures: string[] }>}
 */
export async function runFiles(files) {
  const result = { total: 0, passed: 0, failures: [] };
  for (const file of files) {
    globalThis.UVU_QUEUE = [[]];
    try {
      await import(`../${file}`);
      for (const run of globalThis.UVU_QUEUE[0]) {
        const [errors, passed, , total] = await run();
        result.total += total;
        result.passed += passed;
        if (errors !== true) result.failures.push(`${file}\n${errors.replaceAll(COLOURS, '')}`);
      }
    } catch (error) {
      result.total++;
      result.failures.push(`${file}: ${error.stack ?? error}`);
    }
  }
  return result;
}
