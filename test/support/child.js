import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a file of support/children in a Node of its own (same build, same budget) and returns the JSON that it prints.
 * The package's own kernels are not switched on there: what a Node lacks is tested, and what tophash loads of it.
 */
export function child(name, { flags = [], args = [] } = {}) {
  const file = fileURLToPath(new URL(`children/${name}`, import.meta.url));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, file, ...args.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, TOPHASH_USE: '' },
  });
  if (status !== 0) throw new Error(`${name} ended with ${signal ?? status}\n${stdout}\n${stderr}`);
  return JSON.parse(stdout);
}
