// Builds the package: wasm modules from assembly/ (asc, then binaryen), the facade from src/ (tsc), and the two put
// together.
//
//   node scripts/build.js [target ... | all]     default: release
//
// Each target is the same facade over other wasm (asconfig.json), in build/<target>/, file by file, for the tests.
// `release` is bundled besides: the package, in dist/, with the WASI command, which is a target of its own (`wasi`),
// and the modules for servers (`native`). `profile`, which `all` leaves out, is the release with the names of its
// functions. What did not change since the last build is not built again.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { packageFrom } from './bundle.js';
import { BESIDE, compiledAs, modulesOf, WASI } from './modules.js';
import { recordsOfAddons } from './records.js';
import { inlinedSources } from './sources.js';
import { builds } from '../test/support/builds.js';

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = (...parts) => join(root, ...parts);
const targets = targetsOf(process.argv.slice(2));
/** The machine has two cores at least, and a compiler takes one. */
const WORKERS = 2;
/** The scripts that put facade and wasm together. */
const PACKING = [
  ...['build', 'bundle', 'declarations', 'memory-import', 'modules', 'records', 'sources'].map(
    (name) => `scripts/${name}.js`,
  ),
  'scripts/pack',
];
/** Rounds of packing the modules of the package. */
const ROUNDS = 6;

const sources = stampOf(
  ['assembly', 'scripts/compile.js', 'scripts/modules.js', 'scripts/pack/format.js', 'asconfig.json'],
  ['assemblyscript', 'binaryen'],
);
await compileModules(targets);
buildFacade();
for (const target of targets.filter((name) => name !== WASI)) await inline(target);
if (targets.includes(WASI)) copyFileSync(wasmPath(WASI, 'command'), path('dist', 'tophash.wasi.wasm'));

function targetsOf(names) {
  const wanted = names.length === 0 ? ['release'] : names[0] === 'all' ? builds : names;
  return [...new Set(wanted.flatMap(withWhatBelongs))];
}

/** A target, with those that it is made of besides. */
function withWhatBelongs(target) {
  if (target in BESIDE) return [BESIDE[target], target];
  return target === 'release' ? [target, 'native', WASI] : [target];
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

/** The modules of a target, and what unpacks them where they are inlined. */
function namesOf(target) {
  const names = Object.keys(modulesOf(target));
  return target === WASI || target in BESIDE ? names : [...names, 'unpacker'];
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
    for (const name of namesOf(target)) {
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

/** The facade, without wasm: what the targets are copies of. */
function buildFacade() {
  const stamp = stampOf(
    ['src', 'scripts/build.js', 'tsconfig.json', 'tsconfig.build.json'],
    ['typescript', '@assemblyscript/loader'],
  );
  const stampFile = path('build', 'facade.stamp');
  if (existsSync(path('build', 'facade', 'index.js')) && existsSync(stampFile)) {
    if (readFileSync(stampFile, 'utf8') === stamp) return;
  }
  rmSync(path('build', 'facade'), { recursive: true, force: true });
  rmSync(stampFile, { force: true }); // should this build fail, the next one is no shorter
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', path('tsconfig.build.json')], { stdio: 'inherit' });
  // The loader goes along as it is: a bare import would need a bundler or an import map in browsers.
  cpSync(
    require.resolve('@assemblyscript/loader').replace(/umd\/index\.js$/, 'index.js'),
    path('build', 'facade', 'wasm', 'loader.js'),
  );
  writeFileSync(stampFile, stamp);
}

/** A copy of the facade with the target's modules, inlined. */
async function inline(target) {
  const base = target in BESIDE ? BESIDE[target] : target;
  const native = target === 'release' ? 'native' : target;
  const records = recordsOfAddons(path('packages'));
  const files = [base, ...(native in BESIDE ? [native] : [])].flatMap((one) =>
    namesOf(one).map((name) => relative(root, wasmPath(one, name))),
  );
  const stamp = [
    hashOf([...PACKING, ...files]),
    records,
    readFileSync(path('build', 'facade.stamp'), 'utf8'),
    versionOf('esbuild'),
  ].join();
  const stampFile = path('build', `${target}.stamp`);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(stampFile, { force: true });
  const folder = path('build', target);
  rmSync(folder, { recursive: true, force: true });
  cpSync(path('build', 'facade'), folder, { recursive: true });
  const [modules, unpacker] = [readModules(base), readFileSync(wasmPath(base, 'unpacker'))];
  const rounds = target === 'release' ? ROUNDS : 1;
  writeFileSync(join(folder, 'wasm', 'sources.js'), inlinedSources(modules, unpacker, rounds));
  if (native in BESIDE) {
    writeFileSync(
      join(folder, 'native', 'sources.js'),
      inlinedSources(readModules(native), unpacker, rounds, '../wasm'),
    );
    writeFileSync(join(folder, 'native', 'record.js'), records);
  }
  if (target === 'release') await packageFrom(folder, path('dist'), modules);
  writeFileSync(stampFile, stamp);
}

function readModules(target) {
  return Object.keys(modulesOf(target)).map((name) => ({ name, bytes: readFileSync(wasmPath(target, name)) }));
}
