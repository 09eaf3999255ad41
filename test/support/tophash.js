/** The library under test, in the build that TOPHASH_BUILD chooses. */
import { builds } from './builds.js';

export const build = process.env.TOPHASH_BUILD ?? 'release';
/** Does the build check its invariants? That takes time. */
export const checked = build.endsWith('debug');

if (!builds.includes(build)) throw new Error(`TOPHASH_BUILD is '${build}', not one of ${builds.join(', ')}`);
const place = build === 'release' ? 'tophash' : `../../build/${build}/index.js`;

export const { HashMap, HashSet, hash, capabilities, AbortError, CapacityError, SnapshotError } = await import(place);
