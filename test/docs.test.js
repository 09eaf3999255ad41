/**
 * README, guides and the other pages: every block of code runs and says what it gives, every command is there, and
 * every link leads somewhere.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { child } from './support/child.js';
import { anchorsOf, blocksOf, linksOf, pages, read, root } from './support/pages.js';
import { isCode, samplesOf, toJavaScript, typeErrors } from './support/samples.js';

const test = behaviour('docs');
/** In the package, whose own name leads to what it exports there, as it does in a user's project. */
const folder = fileURLToPath(new URL('build/samples/', root));
/** What a fence without a language has is what a program printed. */
const NO_CODE = ['', 'html'];

const blocks = pages().flatMap((path) => blocksOf(path));
const samples = pages().flatMap((path) => samplesOf(path));

function write(name, text) {
  const file = join(folder, name.replace(/[/:]/g, '-'));
  writeFileSync(file, text);
  return file;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
let results;
/** What each sample threw. All run in one process. */
const resultOf = (sample) => {
  const fileOf = (one) => write(`${one.name}.mjs`, toJavaScript(one));
  results ??= child('samples.js', { args: samples.map(fileOf) });
  return results[samples.indexOf(sample)];
};

for (const sample of samples) {
  test(`${sample.name} runs, and gives what ${sample.checks} comments say`, () => {
    assert.is(resultOf(sample), null);
  });
}

test('every block is code that runs, commands, or what a program prints; what does not run says why', () => {
  const code = blocks.filter(isCode);
  const notRun = code.filter(({ notRun }) => notRun !== undefined);
  const goingOn = code.filter(({ goesOn }) => goesOn);
  assert.is(samples.length + goingOn.length + notRun.length, code.length);
  const rest = blocks.filter((block) => !isCode(block) && ![...NO_CODE, 'sh'].includes(block.language));
  assert.equal(
    rest.map(({ path, from, language }) => `${path}:${from}: ${language}`),
    [],
  );
});

test('TypeScript in the pages has no type errors', () => {
  const files = samples
    .filter(({ language }) => language === 'ts')
    .map(({ name, source }) => write(`${name}.mts`, source));
  assert.ok(files.length > 0);
  assert.equal(typeErrors(files), []);
});

test('commands in the pages are scripts of the package, or programs that are there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const lines = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);
  assert.ok(lines.length > 0);
  for (const { where, command } of lines) {
    const script = /\bnpm run (?:--silent )?([\w:]+)/.exec(command)?.[1] ?? /\bnpm (start|test)\b/.exec(command)?.[1];
    if (script) assert.ok(script in scripts, `${where}: ${command}`);
    const [, program] = /\bnode (?:--\S+ )*(\w[\w/.-]*\/[\w.-]+\.js)/.exec(command) ?? [];
    if (program) assert.ok(existsSync(new URL(program, root)), `${where}: ${command}`);
  }
});

test('commands in the text are scripts of the package, too', () => {
  const { scripts } = JSON.parse(read('package.json'));
  for (const path of pages()) {
    for (const [command, script] of read(path).matchAll(/`npm run ([\w:]+)[^`]*`/g)) {
      assert.ok(script in scripts, `${path}: ${command}`);
    }
  }
});

test('links lead to files and headings that are there', () => {
  const missing = [];
  for (const path of pages()) {
    for (const link of linksOf(path)) {
      if (/^https?:/.test(link)) continue;
      const [file, anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      const isThere = existsSync(new URL(target, root));
      if (!isThere || (anchor !== undefined && !anchorsOf(target).includes(anchor))) missing.push(`${path}: ${link}`);
    }
  }
  assert.equal(missing, []);
});

test('a guide is reached from the README', () => {
  const linked = new Set(linksOf('README.md').map((link) => link.split('#')[0]));
  for (const path of pages().filter((path) => path.startsWith('docs/'))) assert.ok(linked.has(path), path);
});

const page = (...lines) => ['# A page', '', '```js', ...lines, '```'].join('\n');
const resultsOf = (...texts) => {
  const files = texts.map((text, i) => write(`case-${i}.mjs`, toJavaScript(samplesOf('case.md', text)[0])));
  return child('samples.js', { args: files });
};

test('a sample that gives something else than it says fails, and the line is told', () => {
  const results = resultsOf(
    page('1 + 1; // 3'),
    page('const x = [1, 2]; // [1]'),
    page('Uint32Array.of(1); // => Uint32Array.of(2)'),
    page('console.log(1n); // 1'),
    page('JSON.parse(1); // SyntaxError'),
    page("JSON.parse('{'); // SyntaxError: not this"),
    page('nothing();'),
  );
  for (const result of results) assert.match(String(result), /line 4|case-\d\.mjs:4/);
});

test('what is right passes, and prose is no value', () => {
  const results = resultsOf(
    page('1 + 1; // 2', "const x = ['a']; // ['a']: an array", '1 + 1; // three, or not', 'await 3; // => 3'),
    page("JSON.parse('{'); // SyntaxError", '({ a: -0.5 }); // { a: -0.5 }'),
  );
  assert.equal(results, [null, null]);
});

test('a comment after => that is no value is refused', () => {
  assert.throws(() => samplesOf('case.md', page('1; // => some number')), /case\.md:4/);
});

test.run();

/** The commands of a block, without what they print or say. */
function commandsOf({ path, from, to }) {
  return read(path)
    .split('\n')
    .slice(from, to)
    .map((line, i) => ({ where: `${path}:${from + i + 1}`, command: line.replace(/\s#.*$/, '') }));
}
