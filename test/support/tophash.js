/** The library under test, in the build that TOPHASH_BUILD chooses. */
import { builds, nativeBuilds } from './builds.js';
import { useAddon, useKernels } from './native.js';

export const build = process.env.TOPHASH_BUILD ?? 'release';
/** Does the build check its invariants? That takes time. */
export const checked = build.endsWith('debug');
/** Do maps use native kernels? Those of the build, or those that the package finds by itself. */
export const usesKernels = nativeBuilds.includes(build) || process.env.TOPHASH_USE === 'native';

const all = [...builds, ...nativeBuilds];
if (!all.includes(build)) throw new Error(`TOPHASH_BUILD is '${build}', not one of ${all.join(', ')}`);
const place = build === 'release' ? 'tophash' : `../../build/${build}/index.js`;

export const { HashMap, HashSet, hash, capabilities, AbortError, CapacityError, SnapshotError } = await import(place);

if (nativeBuilds.includes(build)) await useKernels(build);
else if (usesKernels) await useAddon();
