/** Runs smoke.js in Node, Deno and Bun, installing the last two from npm into a temporary folder if they are not here. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const smoke = fileURLToPath(new URL('smoke.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tophash-runtimes-'));
const works = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** The command of a runtime: the one on PATH, or that of its npm package, whose own script may not have been allowed to run. */
function runtime(name, version, platformBinary) {
  if (works(name)) return name;
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `${name}@${version}`];
  const npm = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (npm.status !== 0) throw new Error(`npm could not install ${name}@${version}\n${npm.stderr}`);
  const candidates = [platformBinary, `.bin/${name}`].map((path) => join(folder, 'node_modules', path));
  const found = candidates.find((path) => existsSync(path) && works(path));
  if (!found) throw new Error(`${name}@${version} does not run on this machine`);
  return found;
}

const runtimes = {
  node: () => [process.execPath, smoke],
  deno: () => [runtime('deno', '2.9.6', '@deno/linux-x64-glibc/deno'), 'run', '--no-prompt', smoke],
  bun: () => [runtime('bun', '1.4.5', '@oven/bun-linux-x64/bin/bun'), smoke],
};

let passed = 0;
let failed = 0;
for (const [name, commandOf] of Object.entries(runtimes)) {
  try {
    const [command, ...args] = commandOf();
    const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0 || stdout.trim() !== 'ok') throw error ?? new Error(`ended with ${status}\n${stdout}${stderr}`);
    console.log(`${name}: ok`);
    passed++;
  } catch (error) {
    console.log(`${name}: ${error.message}`);
    failed++;
  }
}

rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
