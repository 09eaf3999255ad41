/**
 * The package as npm would publish it, installed into a folder of its own beside a copy of the tests, so that they
 * import it by its name as a user's program does. What else the tests import is found in the repository's node_modules,
 * above that folder.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIn, packTo } from '../consumers/tarball.js';

/** The repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
/** The folder, and from the repository's root. */
export const PLACE = 'build/packed';
export const packed = join(root, PLACE);

/** Packs, and lays out the folder anew. Needs a build of the release. @throws where npm does */
export function pack() {
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  installIn(packed, packTo(packed).path);
  cpSync(join(root, 'test'), join(packed, 'test'), { recursive: true });
  // Some tests are of functions that the package holds and does not export.
  cpSync(join(root, 'build', 'release'), join(packed, 'build', 'release'), { recursive: true });
  // And one makes an addon by the kernels' headers.
  cpSync(join(root, 'src', 'native'), join(packed, 'src', 'native'), { recursive: true });
}

/** The installed package's entry for a host without conditions, from the root of the repository, as a path of URLs. */
export function packedEntry() {
  const entry = createRequire(join(packed, 'package.json')).resolve('tophash');
  return entry.slice(root.length).replaceAll('\\', '/');
}
