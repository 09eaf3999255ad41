/** Which peers are there: programs that `npm run bench:peers` built, packages that it installed. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lackOfKernels } from '../contenders/kernels.js';

/** @typedef {import('../suites/index.js').Entrant} Entrant */

/**
 * The native programs, as contenders of a suite that has streams for them.
 * @type {Record<string, Entrant>}
 */
export const NATIVES = {
  go: { label: 'Go', native: 'go', peer: true, presizes: true },
  rust: { label: 'Rust', native: 'rust', peer: true, presizes: true },
  abseil: { label: 'abseil', native: 'abseil', peer: true, presizes: true },
  boost: { label: 'Boost', native: 'boost', peer: true, presizes: true },
};

/** Where the native programs are, each by its name. */
export const BUILD = new URL('build/', import.meta.url);

/** @param {string} name */
export function programOf(name) {
  return fileURLToPath(new URL(process.platform === 'win32' ? `${name}.exe` : name, BUILD));
}

/**
 * What keeps a contender from taking part; nothing where it can.
 * @param {Entrant} entrant
 * @returns {string | undefined}
 */
export function lackOf({ native, needs, kernels }) {
  if (native && !existsSync(programOf(native))) return `${native} is not built (npm run bench:peers)`;
  if (needs && !isInstalled(needs)) return `${needs} is not installed (npm run bench:peers)`;
  if (kernels) return lackOfKernels();
  return undefined;
}

/**
 * Here, or among tophash's own development dependencies.
 * @param {string} name of a package
 */
export function isInstalled(name) {
  try {
    return existsSync(fileURLToPath(import.meta.resolve(name)));
  } catch {
    return false;
  }
}

/**
 * A package that is installed here, of which the contenders in other folders know nothing.
 * @param {string} name
 * @returns {Promise<any>}
 */
export const importPeer = (name) => import(name);
