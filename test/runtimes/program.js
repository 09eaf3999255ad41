/**
 * In a process of a runtime: `program.js` runs smoke.js, `program.js a.test.js ...` these test files, with native
 * kernels where TOPHASH_USE is `native`. The last line of the output is the result as JSON.
 */
const files = process.argv.slice(2);
if (files.length === 0) {
  const { smoke } = await import('./smoke.js');
  console.log(JSON.stringify({ runtime: await smoke() }));
} else {
  const { runFiles } = await import('./suite.js');
  const outcomes = await runFiles(files, (file) => import(`../${file}`));
  console.log(`\n${JSON.stringify({ outcomes })}`);
}
