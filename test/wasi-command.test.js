import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { budget, seed } from './support/budget.js';
import { Random } from './support/random.js';
import { bytesOf, command, counted, linesOf } from './support/wasi.js';

const test = suite('wasi-command');

/**
 * Lines of few bytes and few letters, so that many are equal and some are empty; zeros, carriage returns and bytes that
 * are no UTF-8 among them.
 */
function randomText(lines, random) {
  const letters = Buffer.from([97, 98, 0, 13, 32, 255, 195]);
  const line = () => Buffer.from(Array.from({ length: random.below(6) }, () => random.pick(letters)));
  return Buffer.concat(Array.from({ length: lines }, () => Buffer.concat([line(), Buffer.from('\n')])));
}

const texts = {
  nothing: '',
  'an empty line': '\n',
  'a last line without a newline': 'b\na\nb',
  'the beginning of another line': 'a\nab\na\tb\na\n',
  'carriage returns, which belong to the line': 'a\r\na\na\r\n\r\n',
  'zeros and bytes that are no UTF-8': Buffer.from([0, 10, 0, 0, 10, 255, 254, 10, 0, 10]),
  'bytes above 127, which come last': Buffer.from([200, 10, 100, 10, 128, 10]),
  'lines longer than what is read at once': `${'x'.repeat(600_000)}\ny\n${'x'.repeat(600_000)}\n${'x'.repeat(600_001)}`,
  'lines longer than the buffer of what is written': `${'a'.repeat(65_535)}\n${'b'.repeat(65_536)}\n${'a'.repeat(65_535)}\n`,
};
for (const [what, text] of Object.entries(texts)) {
  test(`count prints what sort | uniq -c prints: ${what}`, () => {
    const { status, stdout } = command(['count'], text);
    assert.is(status, 0);
    assert.ok(stdout.equals(counted(text)));
  });
}

test('count, of random lines', () => {
  const text = randomText(budget(20_000), new Random(seed));
  assert.ok(command(['count'], text).stdout.equals(counted(text)));
});

test('count --by-count puts the most frequent lines first, those of one count in order', () => {
  const text = randomText(budget(20_000), new Random(seed + 1));
  assert.ok(command(['count', '--by-count'], text).stdout.equals(counted(text, true)));
});

test('count, of more different lines than a table begins with', () => {
  const random = new Random(seed + 2);
  const text = Array.from({ length: budget(100_000) }, () => random.u32().toString(36)).join('\n');
  assert.ok(command(['count'], text).stdout.equals(counted(text)));
});

test('a count that is wider than its place takes what it needs', () => {
  const lines = 10_000_000;
  const { stdout } = command(['count'], Buffer.alloc(2 * lines, 'a\n'));
  assert.is(stdout.toString(), `${lines} a\n`);
});

test('unique prints each line when it first occurs', () => {
  for (const text of [...Object.values(texts), randomText(budget(20_000), new Random(seed + 3))]) {
    const { status, stdout } = command(['unique'], text);
    assert.is(status, 0);
    assert.ok(stdout.equals(bytesOf([...new Set(linesOf(text))])));
  }
});

test('lookup prints the lines that are lines of the file, --invert the others', () => {
  const random = new Random(seed + 4);
  for (const text of [...Object.values(texts), randomText(budget(20_000), random)]) {
    const wanted = randomText(40, random);
    const isWanted = new Set(linesOf(wanted));
    const files = { wanted };
    const hits = linesOf(text).filter((line) => isWanted.has(line));
    const others = linesOf(text).filter((line) => !isWanted.has(line));
    const found = command(['lookup', 'wanted'], text, files);
    assert.ok(found.stdout.equals(bytesOf(hits)));
    assert.is(found.status, hits.length > 0 ? 0 : 1);
    const inverted = command(['lookup', '--invert', './wanted'], text, files);
    assert.ok(inverted.stdout.equals(bytesOf(others)));
    assert.is(inverted.status, others.length > 0 ? 0 : 1);
  }
});

test('lookup finds its file in the directory that the host has opened', () => {
  const files = { wanted: 'a\n' };
  for (const [preopen, path] of [
    ['/data', '/data/wanted'],
    ['/data/', '/data//wanted'],
    ['data', './data/wanted'],
    ['/', '/wanted'],
    ['.', './/wanted'],
  ]) {
    const { status, stdout, stderr } = command(['lookup', path], 'b\na\n', files, preopen);
    assert.is(stderr, '');
    assert.is(stdout.toString(), 'a\n', `${path} in ${preopen}`);
    assert.is(status, 0);
  }
  for (const [preopen, path] of [
    ['/data', '/database/wanted'],
    ['/data', 'data/wanted'],
    ['.', '/wanted'],
  ]) {
    const { status, stderr } = command(['lookup', path], 'a\n', files, preopen);
    assert.is(status, 2);
    assert.is(stderr, `tophash: no directory of this path is open to the command (wasmtime: --dir): ${path}\n`);
  }
});

test('a file that is not there is named', () => {
  const { status, stdout, stderr } = command(['lookup', 'other'], 'a\n', { wanted: 'a\n' });
  assert.equal(
    { status, stdout: stdout.toString(), stderr },
    { status: 2, stdout: '', stderr: 'tophash: no such file: other\n' },
  );
});

/** Runs the command on pipes: `feed` writes its input, and its output is read from `readAfter` milliseconds on. */
async function onPipes(args, feed, readAfter = 0) {
  const program = fileURLToPath(new URL('support/children/wasi-command.js', import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const fed = feed(child.stdin);
  await setTimeout(readAfter);
  const chunks = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  await fed;
  const [status] = await ended;
  return { status, stdout: Buffer.concat(chunks) };
}

test('it waits for input that comes slowly, by a pipe', async () => {
  const { status, stdout } = await onPipes(['count'], async (stdin) => {
    for (const part of ['a\n', 'b', '\na\n']) {
      stdin.write(part);
      await setTimeout(300);
    }
    stdin.end();
  });
  assert.is(status, 0);
  assert.is(stdout.toString(), counted('a\nb\na\n').toString());
});

test('it waits for who reads its output slowly, by a pipe', async () => {
  const text = Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join('');
  const { status, stdout } = await onPipes(['unique'], async (stdin) => void stdin.end(text), 1500);
  assert.is(status, 0);
  assert.ok(stdout.equals(Buffer.from(text)), `${stdout.length} of ${text.length} bytes`);
});

test('--help prints the usage; arguments that are none of it are refused with it', () => {
  const { status, stdout } = command(['--help']);
  assert.is(status, 0);
  assert.match(stdout.toString(), /^usage: tophash count/);
  for (const args of [
    [],
    ['sort'],
    ['counts'],
    ['count', '--by'],
    ['count', 'file'],
    ['unique', 'file'],
    ['lookup'],
    ['lookup', '--invert'],
    ['lookup', 'a', 'b'],
  ]) {
    const refused = command(args, 'a\n');
    assert.is(refused.status, 2, args.join(' '));
    assert.is(refused.stderr, stdout.toString());
    assert.is(refused.stdout.length, 0);
  }
});

test.run();
