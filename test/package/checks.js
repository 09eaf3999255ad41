/** The checks of run.js: each throws what is wrong. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { modulesOf } from '../consumers/tools.js';
import { installIn } from '../consumers/tarball.js';
import { CONTENTS } from './contents.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = { cwd: root, encoding: 'utf8' };
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

export const checks = {
  'the tarball holds exactly what belongs': ({ files }) => assert.deepEqual(files, CONTENTS),

  'npm publish --dry-run has nothing to remark'() {
    const { status, stderr } = spawnSync('npm', ['publish', '--dry-run', '--ignore-scripts'], text);
    const remarks = stderr.split('\n').filter((line) => /^npm (warn|error)/i.test(line) && !/logged in/.test(line));
    assert.deepEqual({ status, remarks }, { status: 0, remarks: [] });
  },

  'every file that package.json names is in it'({ files }) {
    const named = [manifest.types, ...targetsOf(manifest.exports)].filter((file) => !file.includes('*'));
    assert.ok(named.length > 4);
    for (const file of named) assert.ok(files.includes(file.slice(2)), file);
    assert.deepEqual(Object.keys(manifest.exports['.']), ['types', 'workerd', 'edge-light', 'default']);
  },

  async 'no file imports another package'() {
    const scripts = CONTENTS.filter((name) => name.endsWith('.js'));
    const imports = [];
    for (const name of scripts) for (const from of await importsOf(join(root, name))) imports.push({ name, from });
    for (const name of CONTENTS.filter((name) => name.endsWith('.d.ts'))) {
      const source = readFileSync(join(root, name), 'utf8');
      for (const [, from] of source.matchAll(/\b(?:from|import\() *['"]([^'"]+)['"]/g)) imports.push({ name, from });
    }
    assert.ok(imports.length >= 5, 'imports of the own files are found');
    for (const { name, from } of imports) assert.match(from, /^\.\.?\//, `${name} imports ${from}`);
    assert.equal(manifest.dependencies, undefined);
  },

  'importing has no effects: nothing global changes, no random values are drawn, no clock is read, no wasm is touched'(
    { path },
    workshop,
  ) {
    const folder = join(workshop, 'effects');
    installIn(folder, path);
    const program = fileURLToPath(new URL('effects.js', import.meta.url));
    const entries = ['index.js'].map(
      (file) => pathToFileURL(join(folder, 'node_modules', 'tophash', 'dist', file)).href,
    );
    const printed = execFileSync(process.execPath, [program, ...entries], text);
    const random = process.getBuiltinModule === undefined ? 'getRandomValues' : 'readSync'; // src/seed.ts
    assert.deepEqual(JSON.parse(printed), { used: [], written: [random, 'Module'] });
  },

  publint: async () => {
    const modules = modulesOf('publint');
    const { publint } = await import(pathToFileURL(join(modules, 'publint', 'src', 'node.js')).href).catch(
      () => import(pathToFileURL(join(modules, 'publint', 'src', 'index-node.js')).href),
    );
    const { messages } = await publint({ pkgDir: root, strict: true });
    assert.deepEqual(messages, []);
  },

  'attw --profile esm-only'({ path }) {
    const cli = join(modulesOf('@arethetypeswrong/cli'), '@arethetypeswrong', 'cli', 'dist', 'index.js');
    const wasm = Object.keys(manifest.exports).filter((entry) => entry.endsWith('.wasm')); // has no types
    const options = ['--profile', 'esm-only', '--no-color', '--exclude-entrypoints', ...wasm];
    execFileSync(process.execPath, [cli, path, ...options], text);
  },

  'deno publish --dry-run'() {
    const modules = modulesOf('deno');
    const deno = ['@deno/linux-x64-glibc/deno', '.bin/deno'].map((file) => join(modules, file)).find(existsSync);
    execFileSync(process.execPath, [join(root, 'scripts', 'jsr.js')]);
    const cwd = join(root, 'build', 'jsr');
    const printed = spawnSync(deno, ['publish', '--dry-run', '--allow-dirty'], {
      ...text,
      cwd,
      env: { ...process.env, NO_COLOR: '1' },
    });
    const files = [...printed.stderr.matchAll(/^ +file:.*\/([^/ ]+) \(/gm)].map(([, name]) => name);
    assert.equal(printed.status, 0, printed.stderr);
    assert.doesNotMatch(printed.stderr, /warning/i);
    assert.deepEqual(files.sort(), [
      'LICENSE',
      'README.md',
      'THIRD-PARTY-LICENSES.txt',
      'core.js',
      'index.d.ts',
      'index.js',
      'jsr.json',
      'maps.js',
    ]);
  },
};

/** What a script imports by literal names. */
async function importsOf(file) {
  const names = [];
  const note = ({ path, kind }) => {
    if (kind === 'entry-point') return undefined;
    names.push(path);
    return { path, external: true };
  };
  const plugin = { name: 'imports', setup: ({ onResolve }) => onResolve({ filter: /^/ }, note) };
  await build({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
    plugins: [plugin],
  });
  return names;
}

/** The files that a part of `exports` leads to, under whatever conditions. */
function targetsOf(exports) {
  if (exports === null) return [];
  return typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(targetsOf);
}
