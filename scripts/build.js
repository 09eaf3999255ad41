// Builds the package: wasm modules from assembly/ (asc, then binaryen), the facade from src/ (tsc), and the modules inlined as base64.
//
//   node scripts/build.js [target ... | all]     default: release
//
// `release` is the package, in dist/. The others are in build/<target>/: the same facade over other wasm (asconfig.json), for the tests;
// `profile`, which `all` leaves out, is the release with the names of its functions. What did not change since the last build is not
// built again.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { compiledAs, MODULES } from './modules.js';

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = (...parts) => join(root, ...parts);
const targets = targetsOf(process.argv.slice(2));
/** The machine has two cores at least, and a compiler takes one. */
const WORKERS = 2;

const sources = stampOf(
  ['assembly', 'scripts/compile.js', 'scripts/modules.js', 'asconfig.json'],
  ['assemblyscript', 'binaryen'],
);
await compileModules(targets);
buildFacade();
for (const target of targets) inline(target);

function targetsOf(names) {
  if (names.length === 0) return ['release'];
  if (names[0] !== 'all') return names;
  const { targets } = JSON.parse(readFileSync(path('asconfig.json'), 'utf8'));
  return Object.keys(targets).filter((name) => name !== 'profile');
}

/** What a step's result depends on: files and folders, and the versions of packages. */
function stampOf(paths, packages) {
  return [hashOf(paths), ...packages.map(versionOf)].join();
}

/** Of an installed package: not all let their package.json be imported. */
function versionOf(name) {
  return JSON.parse(readFileSync(path('node_modules', name, 'package.json'), 'utf8')).version;
}

/** Hash of files and folders. */
function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (file) => hash.update(file).update(readFileSync(path(file)));
  for (const one of paths) {
    if (!existsSync(path(one))) continue;
    if (one.includes('.')) add(one);
    else
      for (const file of readdirSync(path(one), { recursive: true }).sort())
        if (file.includes('.')) add(join(one, file));
  }
  return hash.digest('hex');
}

function wasmPath(target, name) {
  return path('build', 'wasm', `${compiledAs(target, name)}-${name}.wasm`);
}

/** Compiles the modules of the targets that are missing or out of date, some at a time. */
async function compileModules(targets) {
  mkdirSync(path('build', 'wasm'), { recursive: true });
  const stampFileOf = (file) => `${file}.stamp`;
  const jobs = new Map();
  for (const target of targets) {
    for (const name of Object.keys(MODULES)) {
      const file = wasmPath(target, name);
      if (existsSync(stampFileOf(file)) && readFileSync(stampFileOf(file), 'utf8') === sources) continue;
      jobs.set(file, { target: compiledAs(target, name), name });
    }
  }
  const due = [...jobs];
  const work = async () => {
    for (let job = due.shift(); job !== undefined; job = due.shift()) {
      const [file, module] = job;
      await compile(module);
      writeFileSync(stampFileOf(file), sources);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
}

function compile({ target, name }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path('scripts', 'compile.js'), {
      workerData: { root, target, name, out: wasmPath(target, name) },
    });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${target} ${name}: asc failed`))));
  });
}

function buildFacade() {
  const stamp = stampOf(
    ['src', 'scripts/build.js', 'tsconfig.json', 'tsconfig.build.json'],
    ['typescript', '@assemblyscript/loader'],
  );
  const stampFile = path('build', 'facade.stamp');
  if (existsSync(path('dist', 'index.js')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return;
  rmSync(path('dist'), { recursive: true, force: true });
  rmSync(stampFile, { force: true }); // should this build fail, the next one is no shorter
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', path('tsconfig.build.json')], { stdio: 'inherit' });
  // The loader goes along as it is: a bare import would need a bundler or an import map in browsers.
  cpSync(
    require.resolve('@assemblyscript/loader').replace(/umd\/index\.js$/, 'index.js'),
    path('dist', 'wasm', 'loader.js'),
  );
  writeFileSync(stampFile, stamp);
}

/** Writes the target's modules into its copy of the facade. */
function inline(target) {
  const folder = target === 'release' ? path('dist') : path('build', target);
  if (target !== 'release') {
    rmSync(folder, { recursive: true, force: true });
    cpSync(path('dist'), folder, { recursive: true });
  }
  const entries = Object.keys(MODULES).map((name) => {
    const bytes = readFileSync(wasmPath(target, name));
    const { flags, pages } = memoryImport(bytes);
    return `  ${name}: { memoryFlags: ${flags}, pages: ${pages}, base64: '${bytes.toString('base64')}' },\n`;
  });
  writeFileSync(join(folder, 'wasm', 'inlined.js'), `export const inlined = {\n${entries.join('')}};\n`);
}

/** Finds the memory import of a module: where its flags stand, and its least pages. */
function memoryImport(bytes) {
  let at = 8;
  const leb = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const skip = (length) => {
    at += length;
  };
  const IMPORT_SECTION = 2;
  const MEMORY = 2;
  while (at < bytes.length) {
    const section = bytes[at++];
    const size = leb();
    if (section !== IMPORT_SECTION) {
      skip(size);
      continue;
    }
    const count = leb();
    for (let i = 0; i < count; i++) {
      skip(leb()); // module
      skip(leb()); // name
      if (bytes[at++] !== MEMORY) {
        leb(); // the type of a function, which is all that asc imports besides
        continue;
      }
      const flags = at++;
      if (bytes[flags] !== 1) throw new Error('expected a memory with a maximum, not shared');
      return { flags, pages: leb() };
    }
  }
  throw new Error('the module imports no memory');
}
