/** Which test files a runtime runs, and in which column of the matrix each is counted. */
import { readdirSync, readFileSync } from 'node:fs';

const here = new URL('../', import.meta.url);

/** The columns, and how the names of their files begin. A file is in the first that fits: the last takes all others. */
const AREAS = {
  'keys, values': ['construct', 'errors', 'get-or-insert', 'keys', 'pop', 'set.', 'single-calls', 'values', 'any'],
  batches: ['batch', 'capacity-error', 'get-all', 'merge', 'odd-columns', 'put-map'],
  async: ['async'],
  'strings, bytes': ['byte', 'text'],
  arrow: ['arrow'],
  hash: ['hash-', 'seeds'],
  iteration: ['columns', 'iteration', 'order', 'scan'],
  sets: ['set-'],
  snapshots: ['snapshot'],
  'growth, memory': [''],
};
export const areas = Object.keys(AREAS);

/** @param {string} file */
export function areaOf(file) {
  return areas.find((area) => AREAS[area].some((start) => file.startsWith(start)));
}

/**
 * They start Node itself, with flags of its own, measure its memory and its collector, or hold what is shown against
 * what its `util` shows.
 */
const OF_NODE_ALONE = [
  'any-gc',
  'environment',
  'inspect',
  'memory',
  'native-answer',
  'real-size',
  'seed-source',
  'threads',
  'unshared-memory',
  'wasi-command',
];
/** They are of the repository's build and pages, which are not there where the package is installed. */
const OF_REPOSITORY = ['docs', 'inlined', 'load'];
/** Statistics of the hash, whose bits golden values hold everywhere. */
const OF_ONE_HOST = ['hash-quality'];
/** They compile the hasher from its bytes, under the facade. */
const NOT_WHERE_NOTHING_COMPILES = ['hash-bytes-twins', 'hash-twins', 'text-utf8'];

/** Its `performance` is nobody's to replace. */
const NOT_IN_EDGE_RUNTIME = ['async-slices'];

/** What a kind of host leaves out, and why: see above. */
const NOT_ANY_NODE = [...OF_REPOSITORY, ...OF_ONE_HOST];
const NOT_NODE = [...NOT_ANY_NODE, ...OF_NODE_ALONE];
const LEFT_OUT = {
  node: NOT_ANY_NODE,
  process: NOT_NODE,
  edge: [...NOT_NODE, ...NOT_IN_EDGE_RUNTIME],
  workerd: [...NOT_NODE, ...NOT_WHERE_NOTHING_COMPILES],
  browser: NOT_NODE,
};

/** What is run with --quick: a file or two for each part of the interface, of those that take a second or two. */
const QUICK = [
  'any',
  'any-batch',
  'arrow-bytes',
  'async-get',
  'async-move',
  'async-refusals',
  'batch-columns',
  'batch-duplicates',
  'bytes-keys',
  'bytes-utf8',
  'columns',
  'construct',
  'dispose',
  'get-or-insert',
  'hash-bytes',
  'hash-partition',
  'hash-u32',
  'hash-u64',
  'iteration-callbacks',
  'iteration-protocol',
  'keys',
  'maintain',
  'merge',
  'scan',
  'set',
  'set-dispose',
  'set-iteration',
  'snapshot',
  'snapshot-format',
  'text-decode',
  'text-utf8',
  'values',
];

/** Files that import what is outside of test/ are about the repository, not about the package. */
const isOfPackage = (name) => !/^import .* from '\.\.\//m.test(readFileSync(new URL(`${name}.test.js`, here), 'utf8'));

/**
 * The files of a run.
 * @param {keyof typeof LEFT_OUT} host
 * @param {{ quick: boolean, pattern: RegExp }} choice
 */
export function filesFor(host, { quick, pattern }) {
  const names = quick
    ? QUICK
    : readdirSync(here)
        .flatMap((file) => file.match(/^(.+)\.test\.js$/)?.[1] ?? [])
        .filter(isOfPackage);
  return names
    .filter((name) => !LEFT_OUT[host].includes(name))
    .map((name) => `${name}.test.js`)
    .filter((file) => pattern.test(file));
}
