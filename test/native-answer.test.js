import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { child } from './support/child.js';

const test = suite('native-answer');
const facade = fileURLToPath(new URL('../build/release/', import.meta.url));
const platform = `${process.platform}-${process.arch}`;

/** A file that has the right checksum, and is no addon: it gets as far as to being loaded. */
const file = Buffer.from('this is no addon');
const record = { bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') };

/** What `useNative` answers in a fresh folder with the package and a platform package of some file. */
function answerOf({ installed = file, records = { [platform]: record }, flags = [], env = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'tophash-native-'));
  const { TOPHASH_NATIVE: before } = process.env;
  try {
    const modules = join(folder, 'node_modules');
    cpSync(facade, join(modules, 'tophash'), { recursive: true });
    writeFileSync(join(modules, 'tophash', 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(modules, 'tophash', 'native', 'record.js'),
      `export const records = ${JSON.stringify(records)};`,
    );
    if (installed !== null) {
      const own = join(modules, '@tophash', platform);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'tophash.node'), installed);
    }
    delete process.env.TOPHASH_NATIVE; // with which the tests may run
    Object.assign(process.env, env);
    return child('native-answer.js', { flags, args: [folder] });
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    if (before !== undefined) process.env.TOPHASH_NATIVE = before;
    rmSync(folder, { recursive: true });
  }
}

/** It must say why, twice, and everything must go on in v128. */
function expectReason(options, reason) {
  const { answer, again, hits, backend, nativeRows, of } = answerOf(options);
  assert.is(answer.backend, 'simd');
  assert.match(answer.reason, reason);
  assert.equal(again, answer);
  assert.equal({ hits, backend, nativeRows, of }, { hits: 5000, backend: 'simd', nativeRows: 0, of: 'simd' });
}

/** On other processors the answer is about those. */
const onX64 = process.arch === 'x64' ? test : test.skip;

test('switched off', () => {
  expectReason({ env: { TOPHASH_NATIVE: '0' } }, /^switched off by TOPHASH_NATIVE=0$/);
});

onX64('an addon that was not built', () => {
  expectReason({ records: {} }, /^addon missing: this build of tophash has none for /);
});

onX64('a platform package that is not installed', () => {
  expectReason({ installed: null }, /^addon missing: the optional package @tophash\/\S+ is not installed$/);
});

onX64('a truncated file', () => {
  expectReason({ installed: file.subarray(0, -1) }, /^checksum wrong: .* has 15 bytes, not 16/);
});

onX64('an empty file', () => {
  expectReason({ installed: Buffer.alloc(0) }, /^checksum wrong: .* has 0 bytes, not 16/);
});

onX64('a swapped file of the same length', () => {
  expectReason(
    { installed: Buffer.from('this is 0 addon!') },
    /^checksum wrong: .* is not the file that this version was built with$/,
  );
});

onX64('a file that the host does not load', () => {
  expectReason({}, /^addon not loaded: /);
});

const permission = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

onX64('a process that may load no addons', () => {
  expectReason({ flags: [permission, '--allow-fs-read=*'] }, /^permission denied to load addons: /);
});

onX64('a process that has addons switched off', () => {
  expectReason({ flags: ['--no-addons'] }, /^permission denied to load addons: /);
});

test('another architecture', () => {
  const other = `data:text/javascript,Object.defineProperty(process,'arch',{value:'arm64'})`;
  expectReason({ flags: ['--import', other] }, /^architecture: AVX-512 is of x86-64 processors; this one is arm64$/);
});

/** Why an addon of JavaScript functions is refused, and what the standard error is told. */
function refusalOf(wrong) {
  const fake = fileURLToPath(new URL('support/children/native-fake.js', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [fake, wrong], { encoding: 'utf8' });
  return { reason: JSON.parse(stdout), stderr };
}

for (const [wrong, expected] of [
  ['hashes wrongly', /^hashU32 of \d+ rows left other bytes at \d+$/],
  ['finds wrongly', /^(?:get|has)Rows of \d+ rows (answered 0, in v128 \d+|left other bytes at \d+)$/],
  ['is for another layout', /^the addon is for layout \d+, the modules have \d+$/],
  ['refuses everything', /^hasher called no kernel$/],
]) {
  test(`an addon that ${wrong} fails the self-test, which says so by WASI`, () => {
    const { reason, stderr } = refusalOf(wrong);
    const [, why] = reason.match(/^self-test failed: (.*)$/);
    assert.match(why, expected);
    assert.ok(stderr.includes(`tophash: native kernels are not used: ${why}\n`), stderr);
  });
}

test.run();
