/**
 * `npm run jsr [-- --scope NAME]`: the package as JSR takes it, in build/jsr/, to be published from there (`deno
 * publish`): the default entry as it is in dist/, pointing to its types, which say nothing of the library that they
 * need, as JSR forbids it: Deno has it. JSR takes no wasm and no entries by condition, so there is none for workerd.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'build', 'jsr');
const read = (file) => readFileSync(join(root, file), 'utf8');
const write = (file, text) => writeFileSync(join(folder, file), text);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const file of ['README.md', 'LICENSE', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/core.js', 'dist/maps.js']) {
  cpSync(join(root, file), join(folder, file.replace('dist/', '')));
}
write('index.js', `/* @ts-self-types="./index.d.ts" */\n${read('dist/index.js')}`);
write('index.d.ts', read('dist/index.d.ts').replace(/^\/\/\/ <reference .*\n+/gm, ''));

const { name, version, license } = JSON.parse(read('package.json'));
const { values: chosen } = parseArgs({ options: { scope: { type: 'string' } } });
const include = ['README.md', '*LICENSE*', '*.js', '*.d.ts'];
const publish = { include, exclude: ['!.'] };
write(
  'jsr.json',
  `${JSON.stringify({ name: nameOnJsr(name, chosen.scope), version, license, exports: './index.js', publish }, null, 2)}\n`,
);

/**
 * The name that npm knows, in the scope that is asked for; else in its own, or in one of the package's name where it
 * has none: every name on JSR has a scope.
 */
function nameOnJsr(name, scope) {
  const [, own, base] = /^(?:@([^/]+)\/)?([^/]+)$/.exec(name);
  const chosen = scope ?? own ?? base;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(chosen)) {
    throw new RangeError(`--scope: expected lower-case letters, digits and hyphens, without the @; got ${chosen}`);
  }
  return `@${chosen}/${base}`;
}
