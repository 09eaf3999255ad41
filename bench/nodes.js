/** Versions of Node that a benchmark runs on: the npm packages `node@<major>`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../scripts/install.js';

/**
 * The path of a Node: this one where it is of that version.
 * @param {number} major
 */
export function nodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const binary = join(install('node', major), 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) throw new Error(`node@${major} has no ${binary}`);
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
