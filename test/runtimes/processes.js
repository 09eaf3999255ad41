/** Runtimes that run program.js in a process: where their command is, and what it printed. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../../scripts/browser/chromium.js';
import { install } from '../../scripts/install.js';
import { Absent } from './absent.js';
import { packed } from './packed.js';

const program = join(packed, 'test', 'runtimes', 'program.js');
/** A runtime that takes longer hangs. */
export const MOST_MS = 30 * 60_000;

const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** The `node_modules` with an npm package. @throws Absent */
export function modulesOf(name, version) {
  try {
    return install(name, version);
  } catch (error) {
    throw new Absent(error.message.split('\n')[0]);
  }
}

/**
 * The command of an npm package: `binary` is that of a package that it depends on, as its own script may not have been
 * allowed to run.
 */
export function fromNpm(name, version, ...binaries) {
  const modules = modulesOf(name, version);
  const found = [...binaries, `.bin/${name}`]
    .map((path) => join(modules, path))
    .find((path) => existsSync(path) && works(path));
  if (found === undefined) throw new Absent(`${name}@${version} from npm does not run on this machine`);
  return found;
}

const VERSIONS = { deno: '2.9.6', bun: '1.4.5' };

/** This Node, or the last one of its major version that npm has. */
function nodeOf(major) {
  const isThis = process.versions.node.startsWith(`${major}.`);
  return isThis ? process.execPath : fromNpm('node', major, 'node/bin/node', 'node/bin/node.exe');
}

/** By name: what it is to the library, the command, what stands before the file, and what test files need besides. */
export const processes = {
  ...Object.fromEntries(
    [20, 22, 24, 26].map((major) => [`Node ${major}`, () => ({ runtime: 'node', command: nodeOf(major) })]),
  ),
  Deno: () => ({
    runtime: 'deno',
    command: findCommand(['deno']) ?? fromNpm('deno', VERSIONS.deno, '@deno/linux-x64-glibc/deno'),
    before: ['run', '--no-prompt'],
    permissions: ['--allow-read', '--allow-env'],
    forNative: ['--allow-ffi'],
  }),
  Bun: () => ({
    runtime: 'bun',
    command:
      findCommand(['bun']) ??
      fromNpm('bun', VERSIONS.bun, '@oven/bun-linux-x64/bin/bun', '@oven/bun-linux-x64-baseline/bin/bun'),
  }),
};

/** Runs smoke.js, without any permission, and then test files. */
export async function inProcess(name, files, environment) {
  const { runtime, command, before = [], permissions = [], forNative = [] } = processes[name]();
  if (environment.TOPHASH_USE === 'native') permissions.push(...forNative);
  const version = versionOf(command);
  const env = { ...process.env, ...environment, TOPHASH_RUNTIME: runtime };
  const smoke = await attempt(async () => {
    const found = await lastLine(command, [...before, program], env);
    if (found.runtime !== runtime) throw new Error(`capabilities().runtime is '${found.runtime}'`);
  });
  const { outcomes } = await lastLine(command, [...before, ...permissions, program, ...files], env);
  return { version, smokes: { program: smoke }, outcomes };
}

/** The first number that looks like a version in what a command says of itself. */
export function versionOf(command) {
  return spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.match(/\d[\d.]*/)?.[0] ?? '';
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

/** The last line that a command prints, of those that are JSON. */
export function lastLine(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: packed, env, timeout: MOST_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const line = stdout
        .split('\n')
        .filter((text) => text.startsWith('{'))
        .at(-1);
      if (code === 0 && line !== undefined) resolve(JSON.parse(line));
      else reject(new Error(`ended with ${signal ?? code}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`));
    });
  });
}
