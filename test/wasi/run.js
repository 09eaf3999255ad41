/**
 * node test/wasi/run.js
 *
 * Runs the WASI command in wasmtime, a runtime without a line of JavaScript, over a million words of a real text in a
 * file and through a pipe, and compares what it
 * prints with what the system's `sort | uniq -c`, `awk` and `grep` print. wasmtime comes from PyPI: needs Python 3 with `venv`. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWithWasmtime } from './wasmtime.js';

const LINES = 1_000_000;
const verses = createRequire(import.meta.url)('kjv/json/verses-1769.json');
const command = fileURLToPath(new URL('../../dist/tophash.wasi.wasm', import.meta.url));
const host = fileURLToPath(new URL('host.py', import.meta.url));
const python = pythonWithWasmtime();
const folder = mkdtempSync(join(tmpdir(), 'tophash-wasmtime-'));

let passed = 0;
let failed = 0;
try {
  writeFileSync(join(folder, 'words.txt'), words(LINES));
  writeFileSync(join(folder, 'wanted.txt'), 'the\nlord\nabcdefg');
  check('count < words.txt', 'LC_ALL=C sort words.txt | uniq -c');
  check('count --by-count < words.txt', 'LC_ALL=C sort words.txt | uniq -c | LC_ALL=C sort -s -k1,1nr');
  check('unique < words.txt', "awk '!seen[$0]++' words.txt");
  check('lookup wanted.txt < words.txt', 'grep -Fxf wanted.txt words.txt');
  check('lookup --invert wanted.txt < words.txt', 'grep -vFxf wanted.txt words.txt');
  check('lookup wanted.txt < /dev/null', 'false');
  check('lookup words < words.txt', 'exit 2');
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** The command's output, from a file and through a pipe, and how it ends, must be those of a shell command. */
function check(ours, theirs) {
  const call = `'${python}' '${host}' '${command}' ${ours}`;
  const expected = shell(theirs);
  for (const [how, run] of [
    ['file', call],
    ['pipe', `cat ${call.split(' < ')[1]} | ${call.split(' < ')[0]}`],
  ]) {
    const got = shell(run);
    const same = got.status === expected.status && got.stdout.equals(expected.stdout);
    if (same) passed++;
    else failed++;
    const ms = `${got.ms.toFixed(0)} ms, ${expected.ms.toFixed(0)} ms`;
    console.log(`${same ? 'ok  ' : 'FAIL'} ${ours} (${how}) = ${theirs}: ${got.stdout.length} bytes, ${ms}`);
    if (!same) console.log(got.stderr.toString());
  }
}

function shell(line) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, maxBuffer: 2 ** 30 });
  return { status, stdout, stderr, ms: performance.now() - start };
}

/** Words of the King James Bible, one a line, from its beginning again where it ends. */
function words(lines) {
  const all = Object.values(verses).flatMap((verse) => verse.toLowerCase().match(/[a-z']+/g) ?? []);
  return Array.from({ length: lines }, (_, i) => `${all[i % all.length]}\n`).join('');
}
