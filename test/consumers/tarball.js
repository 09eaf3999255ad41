/** The package as npm packs it, and fresh folders that it is installed in. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shell = process.platform === 'win32';

/** A folder for all of a run. */
export const makeWorkshop = () => mkdtempSync(join(tmpdir(), 'tophash-consumers-'));

/** Packs the package as it is built; returns the tarball's path and the files in it. */
export function packTo(folder) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [{ filename, files, size, unpackedSize }] = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell }),
  );
  return { path: join(folder, filename), files: files.map(({ path }) => path).sort(), size, unpackedSize };
}

/** A folder in which the tarball is installed. */
export function installIn(folder, tarball) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const args = ['install', '--no-audit', '--no-fund', '--offline', tarball];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], shell });
}
