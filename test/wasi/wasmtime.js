/** wasmtime, from PyPI: installed into a cache folder when it is first asked for. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WASMTIME = '50.0.1';

/**
 * A Python that has wasmtime.
 * @throws where it can't be installed
 */
export function pythonWithWasmtime() {
  const environment = fileURLToPath(new URL(`../../node_modules/.cache/tophash/wasmtime@${WASMTIME}`, import.meta.url));
  const executable = join(environment, 'bin', 'python');
  if (existsSync(join(environment, 'done'))) return executable;
  mkdirSync(environment, { recursive: true });
  for (const [program, ...args] of [
    ['python3', '-m', 'venv', environment],
    [executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `wasmtime==${WASMTIME}`],
  ]) {
    const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`wasmtime ${WASMTIME} could not be installed by ${program}: ${error ?? stderr}`);
  }
  writeFileSync(join(environment, 'done'), '');
  return executable;
}
