/**
 * `npm run test:consumers [-- names]`: the packed tarball in fresh folders, consumed as programs do: imported,
 * required, type-checked, bundled; each of these is run, and what it prints compared with what the built-in Map says. A
 * tool that is not there is skipped, by name: it neither passes nor fails. Ends with `N passed, N failed`.
 */
import { isDeepStrictEqual } from 'node:util';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { consumers, toolName } from './consumers.js';
import { expected } from './expected.js';
import { installIn, makeWorkshop, packTo } from './tarball.js';
import { Missing } from './tools.js';

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(consumers);
const unknown = names.find((name) => !(name in consumers));
if (unknown !== undefined) throw new RangeError(`${unknown}: expected one of ${Object.keys(consumers).join(', ')}`);

const workshop = makeWorkshop();
const tarball = packTo(workshop);
const table = new Table({ head: ['consumer', 'tool', 'seconds', ''], style: { head: [], border: [] } });
const failures = [];
let passed = 0;
for (const name of names) {
  const { tool, use } = consumers[name];
  const start = performance.now();
  const outcome = await attempt(name, use);
  table.push([name, toolName(tool), ((performance.now() - start) / 1000).toFixed(1), outcome]);
}
rmSync(workshop, { recursive: true });

for (const failure of failures) console.log(failure);
console.log(`${tarball.files.length} files, ${tarball.size} bytes packed`);
console.log(table.toString());
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;

async function attempt(name, use) {
  const folder = join(workshop, name.replace(/\W+/g, '-'));
  try {
    installIn(folder, tarball.path);
    for (const file of ['main.js', 'program.js'])
      cpSync(fileURLToPath(new URL(file, import.meta.url)), join(folder, file));
    const printed = JSON.parse((await use(folder)).trim().split('\n').at(-1));
    if (!isDeepStrictEqual(printed, expected)) {
      throw new Error(`printed  ${JSON.stringify(printed)}\nexpected ${JSON.stringify(expected)}`);
    }
    passed++;
    return 'passed';
  } catch (error) {
    if (error instanceof Missing) return `skipped: ${error.message}`;
    failures.push(`--- ${name}\n${error.stack}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    return 'FAILED';
  }
}
