// Writes src/native/layout.h: what the native kernels know of the layout of a memory, from the constants of
// assembly/native/layout.ts.
//
//   node scripts/native-layout.js            writes it
//   node scripts/native-layout.js --check    ends with an error where it is not what it should be

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const header = join(root, 'src', 'native', 'layout.h');

const text = headerOf(await constants());
if (process.argv[2] !== '--check') writeFileSync(header, text);
else if (readFileSync(header, 'utf8') !== text) {
  console.error('src/native/layout.h is not that of assembly/: run `node scripts/native-layout.js`');
  process.exitCode = 1;
}

/** What assembly/native/layout.ts exports: a global for each constant, and the sum of them all. */
async function constants() {
  let wasm;
  const { error, stderr } = await asc.main(
    [
      'assembly/native/layout.ts',
      '--config',
      join(root, 'asconfig.json'),
      '--target',
      'native',
      '--use',
      'BYTES=1', // tables of byte keys have all that the others have, and an arena
      '--outFile',
      'layout.wasm',
      '--baseDir',
      root,
    ],
    { writeFile: (name, contents) => void (wasm = contents) },
  );
  if (error) throw new Error(stderr.toString());
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65535 });
  return new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } }).exports;
}

function headerOf({ layout, ...others }) {
  const lines = Object.entries(others)
    .filter(([, constant]) => constant instanceof WebAssembly.Global)
    .map(([name, { value }]) => `#define ${name} ${value >>> 0}u`);
  return [
    '// Written by scripts/native-layout.js from assembly/native/layout.ts, which says what each of these is.',
    '',
    '#ifndef TOPHASH_LAYOUT_H',
    '#define TOPHASH_LAYOUT_H',
    '',
    ...lines,
    '',
    `#define TOPHASH_LAYOUT ${layout() >>> 0}u`,
    '',
    '#endif',
    '',
  ].join('\n');
}
