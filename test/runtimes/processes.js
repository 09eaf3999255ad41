/** Runtimes that run program.js in a process: where their command is, and what it printed. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCommand } from '../../scripts/browser/chromium.js';
import { install } from '../../scripts/install.js';
import { Absent } from './absent.js';

const program = fileURLToPath(new URL('program.js', import.meta.url));
const edge = fileURLToPath(new URL('edge.js', import.meta.url));
/** A runtime that takes longer hangs. */
const MOST_MS = 15 * 60_000;

const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** The `node_modules` with an npm package. @throws Absent */
function modulesOf(name, version) {
  try {
    return install(name, version);
  } catch (error) {
    throw new Absent(error.message.split('\n')[0]);
  }
}

/** The command of an npm package: `binary` is that of a package that it depends on, as its own script may not have been allowed to run. */
function fromNpm(name, version, ...binaries) {
  const modules = modulesOf(name, version);
  const found = [...binaries, `.bin/${name}`]
    .map((path) => join(modules, path))
    .find((path) => existsSync(path) && works(path));
  if (found === undefined) throw new Absent(`${name}@${version} from npm does not run on this machine`);
  return found;
}

const VERSIONS = { deno: '2.9.6', bun: '1.4.5', 'edge-runtime': '4.0.1', esbuild: '0.28.2' };

/** By name: the command, what stands before the file, and what test files need besides. */
export const processes = {
  Node: () => ({ command: process.execPath }),
  ...Object.fromEntries(
    [22, 24, 26].map((major) => [
      `Node ${major}`,
      () => ({ command: fromNpm('node', major, 'node/bin/node', 'node/bin/node.exe') }),
    ]),
  ),
  Deno: () => ({
    command: findCommand(['deno']) ?? fromNpm('deno', VERSIONS.deno, '@deno/linux-x64-glibc/deno'),
    before: ['run', '--no-prompt'],
    permissions: ['--allow-read', '--allow-env'],
  }),
  Bun: () => ({
    command:
      findCommand(['bun']) ??
      fromNpm('bun', VERSIONS.bun, '@oven/bun-linux-x64/bin/bun', '@oven/bun-linux-x64-baseline/bin/bun'),
  }),
};

/** Runs smoke.js, without any permission, and then test files. */
export async function inProcess(name, files, environment) {
  const { command, before = [], permissions = [] } = processes[name]();
  const version = spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.match(/\d[\d.]*/)?.[0] ?? '';
  const env = { ...process.env, ...environment };
  const smoke = await attempt(() => lastLine(command, [...before, program], env));
  const suite = await lastLine(command, [...before, ...permissions, program, ...files], env);
  return { version, smokes: { program: smoke }, suite };
}

/** Runs smoke.js in edge-runtime, which has no modules of its own: so no test files. */
export async function inEdgeRuntime() {
  const version = VERSIONS['edge-runtime'];
  const places = [
    join(modulesOf('edge-runtime', version), 'edge-runtime', 'dist', 'index.js'),
    join(modulesOf('esbuild', VERSIONS.esbuild), 'esbuild', 'lib', 'main.js'),
  ];
  const smoke = await attempt(() => lastLine(process.execPath, [edge, ...places], process.env));
  return { version, smokes: { script: smoke }, suite: { total: 0, passed: 0, failures: [] } };
}

/** The error of `run`; undefined where there is none. */
export async function attempt(run) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The last line that a command prints, which is JSON. */
function lastLine(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, timeout: MOST_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const line = stdout.trimEnd().split('\n').at(-1);
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line));
      else reject(new Error(`ended with ${signal ?? code}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`));
    });
  });
}
