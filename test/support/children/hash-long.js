/**
 * Hashes a row of so many bytes, as bytes and in a column, and then a short one. Prints the hashes of the long one, and
 * the resident memory before and after.
 */
import { setTimeout } from 'node:timers/promises';
import { hash } from '../tophash.js';

const row = new Uint8Array(Number(process.argv[2])).fill(7);
hash.bytes('short');
globalThis.gc();
const before = process.memoryUsage.rss();
const hashes = [hash.bytes(row), ...hash.strings({ bytes: row, offsets: Uint32Array.of(0, row.length) })];
hash.bytes('short');
for (let i = 0; i < 4; i++) {
  globalThis.gc();
  await setTimeout(10); // modules for servers are freed in turns of their own
}
console.log(JSON.stringify({ hashes, before, after: process.memoryUsage.rss() }));
