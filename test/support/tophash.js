/**
 * The library under test. The suite runs on three builds of it, chosen by TOPHASH_BUILD:
 *
 *   release  the package as users get it
 *   debug    checks the invariants of the table after every mutation; a violation traps
 *   high     places every segment of memory above 2 GiB, where addresses no longer fit an i32
 */
const places = {
  release: 'tophash',
  debug: '../../build/debug/index.js',
  high: '../../build/high/index.js',
};

export const build = process.env.TOPHASH_BUILD ?? 'release';

if (!Object.hasOwn(places, build)) {
  throw new Error(`TOPHASH_BUILD is '${build}', not one of ${Object.keys(places).join(', ')}`);
}

export const { HashMap, hash, capabilities, CapacityError, SnapshotError } = await import(places[build]);
