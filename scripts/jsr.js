/**
 * `npm run jsr`: the package as JSR takes it, in build/jsr/, to be published from there (`deno publish`): the default entry as it is in dist/, pointing to its
 * types, which say nothing of the library that they need, as JSR forbids it: Deno has it. JSR takes no wasm and no entries by condition, so there is none for workerd.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The scope is to be reserved before the first publication. */
const NAME = '@tophash/tophash';

const folder = join(root, 'build', 'jsr');
const read = (file) => readFileSync(join(root, file), 'utf8');
const write = (file, text) => writeFileSync(join(folder, file), text);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const file of ['README.md', 'LICENSE', 'dist/core.js', 'dist/maps.js']) {
  cpSync(join(root, file), join(folder, file.replace('dist/', '')));
}
write('index.js', `/* @ts-self-types="./index.d.ts" */\n${read('dist/index.js')}`);
write('index.d.ts', read('dist/index.d.ts').replace(/^\/\/\/ <reference .*\n+/gm, ''));

const { version, license } = JSON.parse(read('package.json'));
const include = ['README.md', 'LICENSE', '*.js', '*.d.ts'];
const publish = { include, exclude: ['!.'] };
write('jsr.json', `${JSON.stringify({ name: NAME, version, license, exports: './index.js', publish }, null, 2)}\n`);
