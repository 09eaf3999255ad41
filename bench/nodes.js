/** Versions of Node that a benchmark runs on: the npm packages `node@<major>`, fetched into a cache folder when they are first asked for. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/tophash-nodes/', import.meta.url));

/**
 * The path of a Node: this one where it is of that version.
 * @param {number} major
 */
export function nodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const prefix = join(CACHE, String(major));
  const binary = join(prefix, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, `node@${major}`];
    const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
    if (status !== 0 || !existsSync(binary)) throw new Error(`npm could not install node@${major}\n${stderr}`);
  }
  return binary;
}

/**
 * Runs a file on a Node and returns the JSON that it prints.
 * @param {string} binary
 * @param {URL} file
 * @param {(string | number)[]} args
 * @param {string[]} flags
 */
export function runJson(binary, file, args, flags = []) {
  const { status, signal, stdout, stderr } = spawnSync(binary, [...flags, fileURLToPath(file), ...args.map(String)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${fileURLToPath(file)} ended with ${signal ?? status}\n${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}
