/**
 * `npm run bench:peers`: installs the packages of package.json here and builds the native programs for this processor,
 * each where its tools are there. What is missing is told at the end: rows that need it are then "not shown".
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD, isInstalled, programOf } from './index.js';
import manifest from './package.json' with { type: 'json' };

const here = fileURLToPath(new URL('.', import.meta.url));
const build = fileURLToPath(BUILD);
mkdirSync(build, { recursive: true });

/** @param {string} header */
const hasHeader = (header) =>
  run('g++', ['-std=c++17', '-M', '-x', 'c++', '-'], { input: `#include <${header}>\n` }) === '';

/**
 * How each program is built: returns what is wrong, or nothing.
 * @type {Record<string, () => string>}
 */
const programs = {
  go: () => run('go', ['build', '-o', programOf('go'), '.'], { cwd: join(here, 'go') }),
  rust() {
    const options = { cwd: join(here, 'rust'), env: { ...process.env, RUSTFLAGS: '-C target-cpu=native' } };
    const target = join(build, 'rust-target');
    const path = join(target, 'release', programOf('rust').slice(build.length));
    const args = ['build', '--release', '--quiet', '--offline', '--target-dir', target];
    return run('cargo', args, options) || run('cp', [path, programOf('rust')]);
  },
  abseil() {
    if (!hasHeader('absl/container/flat_hash_map.h')) return 'no g++ with the headers of abseil (Debian: libabsl-dev)';
    return compile('abseil', ['-labsl_raw_hash_set', '-labsl_hash', '-labsl_city', '-labsl_low_level_hash']);
  },
  boost() {
    if (!hasHeader('boost/unordered/unordered_flat_map.hpp'))
      return 'no g++ with the headers of Boost, 1.81 or later (Debian: libboost1.81-dev)';
    return compile('boost');
  },
};

/**
 * @param {string} name
 * @param {string[]} libraries
 */
function compile(name, libraries = []) {
  const flags = ['-std=c++17', '-O3', '-march=native', '-DNDEBUG'];
  return run('g++', [...flags, `${name}.cpp`, '-o', programOf(name), ...libraries], { cwd: join(here, 'cpp') });
}

/**
 * What a command complained of, where it failed.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} options
 */
function run(command, args, options = {}) {
  const { error, status, stdout, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (error) return `no ${command}`;
  return status === 0 ? '' : `${command} ended with ${status}\n${stderr}${stdout.slice(-2000)}`;
}

const wrong = run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, shell: process.platform === 'win32' });
if (wrong) console.log(`npm ci: ${wrong}`);
let missing = 0;
for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
  tell(name, isInstalled(name) ? '' : 'not installed');
}
for (const [name, make] of Object.entries(programs)) {
  rmSync(programOf(name), { force: true });
  tell(name, make());
}

/**
 * @param {string} name
 * @param {string} wrong
 */
function tell(name, wrong) {
  if (wrong) missing++;
  console.log(`${name.padEnd(20)} ${wrong || 'ready'}`);
}
if (missing > 0) console.log(`${missing} missing: rows against them are not shown.`);
