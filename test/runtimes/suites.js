/** Which test files other runtimes than Node run. */
import { readdirSync } from 'node:fs';

/** They start Node itself, with flags of its own, or measure its memory and its collector. */
const OF_NODE_ALONE = ['any-gc', 'load', 'memory', 'real-size', 'unshared-memory'];
/** Statistics of the hash, whose bits golden values hold everywhere, and the samples of the pages. */
const OF_ONE_HOST = ['docs', 'hash-quality'];
/** They use calls of Node, or more maps in one task than the address space of a page holds: 125 that own their memory, in Chromium. */
const NOT_IN_BROWSERS = ['any-maps', 'async-slices', 'capabilities', 'put-map', 'snapshot-streams'];

/** What is run without --full: a file or two for each part of the interface, of those that take a second or two. */
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
  'set-algebra',
  'snapshot',
  'snapshot-format',
  'text-decode',
  'text-utf8',
  'values',
];

/**
 * The files of a run.
 * @param {boolean} full
 * @param {boolean} browser
 */
export function filesFor(full, browser) {
  const left = new Set([...OF_NODE_ALONE, ...OF_ONE_HOST, ...(browser ? NOT_IN_BROWSERS : [])]);
  const names = full
    ? readdirSync(new URL('../', import.meta.url)).flatMap((file) => file.match(/^(.+)\.test\.js$/)?.[1] ?? [])
    : QUICK;
  return names.filter((name) => !left.has(name)).map((name) => `${name}.test.js`);
}
