/**
 * npm packages that a test or a benchmark runs and that are too large to be dependencies: installed into a cache folder
 * when they are first asked for.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/tophash/', import.meta.url));

/**
 * The `node_modules` in which a package is.
 * @param {string} name
 * @param {string | number} version
 * @throws where npm can't install it
 */
export function install(name, version) {
  const prefix = join(CACHE, `${name.replace('/', '+')}@${version}`);
  const modules = join(prefix, 'node_modules');
  if (existsSync(join(modules, name, 'package.json'))) return modules;
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, `${name}@${version}`];
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm could not install ${name}@${version}\n${stderr}`);
  return modules;
}
