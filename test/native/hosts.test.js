/** The addon in hosts: in several threads at once, in processes that may not load it, and in Deno. */
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { addonPath } from './build.js';
import { Absent } from '../runtimes/absent.js';
import { processes } from '../runtimes/processes.js';

const test = suite('native hosts');
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const platform = `${process.platform}-${process.arch}`;

/** A folder with the package and the addon, as they are installed; what the files are is as `change` leaves it. */
function installed(change = (file) => file) {
  const folder = mkdtempSync(join(tmpdir(), 'tophash-hosts-'));
  const modules = join(folder, 'node_modules');
  const addon = readFileSync(addonPath);
  cpSync(path('../../build/release/'), join(modules, 'tophash'), { recursive: true });
  writeFileSync(join(modules, 'tophash', 'package.json'), '{"type":"module"}');
  const record = { bytes: addon.length, sha256: createHash('sha256').update(addon).digest('hex') };
  writeFileSync(
    join(modules, 'tophash', 'native', 'record.js'),
    `export const records = ${JSON.stringify({ [platform]: record })};`,
  );
  const own = join(modules, '@tophash', platform);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'tophash.node'), change(addon));
  return folder;
}

/** What a command that runs native-answer.js in such a folder prints. */
function answerOf(command, before, { change, env = {} } = {}) {
  const folder = installed(change);
  try {
    const program = path('../support/children/native-answer.js');
    const { stdout, stderr, status } = spawnSync(command, [...before, program, folder], {
      encoding: 'utf8',
      env: { ...process.env, TOPHASH_NATIVE: undefined, ...env }, // with which the tests may run
    });
    assert.is(status, 0, stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The kernels must serve, and answer right. */
function expectServed(answer) {
  assert.equal(answer.answer, { backend: 'avx512' });
  assert.is(answer.hits, 5000);
  assert.is(answer.backend, 'avx512');
  assert.is(answer.of, 'avx512');
  assert.ok(answer.nativeRows >= 5000, `${answer.nativeRows} rows were served`);
}

/** They must not, and the answer says why. */
function expectReason({ answer, hits, backend, nativeRows }, reason) {
  assert.is(answer.backend, 'simd');
  assert.match(answer.reason, reason);
  assert.equal({ hits, backend, nativeRows }, { hits: 5000, backend: 'simd', nativeRows: 0 });
}

const permission = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

test('an installed addon serves', () => {
  expectServed(answerOf(process.execPath, ['--no-warnings']));
});

test('switched off, it does not', () => {
  const answer = answerOf(process.execPath, ['--no-warnings'], { env: { TOPHASH_NATIVE: '0' } });
  expectReason(answer, /^switched off by TOPHASH_NATIVE=0$/);
});

test('an addon that is truncated by a byte', () => {
  const change = (addon) => addon.subarray(0, -1);
  expectReason(answerOf(process.execPath, ['--no-warnings'], { change }), /^checksum wrong: .* bytes, not /);
});

test('an addon with one bit changed', () => {
  const change = (addon) => {
    const other = Buffer.from(addon);
    other[other.length >>> 1] ^= 1;
    return other;
  };
  expectReason(answerOf(process.execPath, ['--no-warnings'], { change }), /^checksum wrong: .* is not the file /);
});

test('a process that may load no addons', () => {
  const flags = [permission, '--allow-fs-read=*', '--no-warnings'];
  expectReason(answerOf(process.execPath, flags), /^permission denied to load addons: /);
});

test('Deno, with and without --allow-ffi', () => {
  let deno;
  try {
    deno = processes.Deno().command;
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    return console.log(`skipped: ${error.message}`);
  }
  const flags = ['run', '--no-prompt', '--allow-read', '--allow-env'];
  expectServed(answerOf(deno, [...flags, '--allow-ffi']));
  expectReason(answerOf(deno, flags), /^permission denied to load addons: /);
});

test('four threads at once, with maps that grow', async () => {
  const threads = Array.from(
    { length: 4 },
    (_, seed) => new Worker(path('thread.js'), { workerData: { seed: seed + 1 } }),
  );
  const answers = await Promise.all(threads.map(async (thread) => (await once(thread, 'message'))[0]));
  for (const { rows, served, moved, different } of answers) {
    assert.is(different, '');
    assert.ok(served > rows / 2, `kernels served ${served} of ${rows} rows`);
    assert.ok(moved > 0, 'the maps have grown');
  }
});

test.run();
