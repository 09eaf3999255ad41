/**
 * `npm run size`: what an import of the package brings a page, minified by esbuild and compressed, beside what it may.
 * Ends with `N passed, N failed`.
 */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import Table from 'cli-table3';
import { build } from 'esbuild';

/**
 * In KB of 1,000 bytes, gzipped: what was reached, rounded up, so that what makes it larger is seen. `goal`: what the
 * package was to come to.
 */
const IMPORTS = [
  { what: 'HashMap', budget: 80.3, goal: 24 },
  { what: 'HashSet', budget: 80.3 },
  { what: 'hash', budget: 12.5 },
  { what: 'HashMap, HashSet, hash', budget: 80.3 },
];
/** The same for workerd, without the eight modules, which are files there. */
const WORKERD = { what: 'HashMap', conditions: ['workerd'], budget: 35.9 };

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

async function bundle(what, conditions = []) {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${what} } from 'tophash'`, resolveDir: new URL('.', import.meta.url).pathname },
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['*.wasm'],
    conditions,
    write: false,
  });
  return outputFiles[0].contents;
}

const table = new Table({
  head: ['import', 'minified', 'brotli', 'gzip', 'budget', '', 'goal'],
  colAligns: ['left', 'right', 'right', 'right', 'right', 'left', 'right'],
  style: { head: [], border: [] },
});
let failed = 0;
for (const { what, conditions, budget, goal } of [...IMPORTS, WORKERD]) {
  const code = await bundle(what, conditions);
  const gzipped = gzipSync(code, { level: 9 }).length;
  const holds = gzipped <= budget * 1000;
  if (!holds) failed++;
  table.push([
    conditions ? `${what} (${conditions.join()}, without its .wasm files)` : what,
    kilobytes(code.length),
    kilobytes(brotliCompressSync(code).length),
    kilobytes(gzipped),
    budget.toFixed(1),
    holds ? 'holds' : 'EXCEEDED',
    goal === undefined ? '' : `${goal} ${gzipped <= goal * 1000 ? 'met' : 'missed'}`,
  ]);
}
console.log('KB (1,000 bytes)');
console.log(table.toString());
console.log(`${table.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
