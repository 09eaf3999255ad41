/**
 * Snapshots, taken apart and put together from what src/snapshot/FORMAT.md says and from nothing of the library but its
 * hash.
 */
import * as assert from 'uvu/assert';
import { tracked } from './behaviour.js';
import { isSame } from './byte-domains.js';
import { byteHash } from './byte-hash.js';
import { same } from './check.js';
import { hash, HashMap, HashSet } from './tophash.js';

export const HEADER = 128;
const CHECKSUM_AT = 120;
const BLOCK = 16384;
const MASK = 2n ** 64n - 1n;

/** The output function of SplitMix64. */
function mix(x) {
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return x ^ (x >> 31n);
}

export const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param hashBlock byteHash, or the same of the library, which is faster */
export function checksumOf(bytes, before, hashBlock = hash.bytes64) {
  let sum = before;
  for (let at = 0; at < bytes.length; at += BLOCK) sum = mix(sum ^ hashBlock(bytes.subarray(at, at + BLOCK), 0));
  return sum;
}

/** Makes the checksums of a snapshot right, whatever else is in it. */
export function sign(snapshot, hashBlock = hash.bytes64) {
  const view = viewOf(snapshot);
  const head = checksumOf(snapshot.subarray(0, CHECKSUM_AT), 0n, hashBlock);
  view.setBigUint64(CHECKSUM_AT, head, true);
  const end = snapshot.length - 8;
  view.setBigUint64(end, checksumOf(snapshot.subarray(HEADER, end), head, hashBlock), true);
  return snapshot;
}

export const signSlowly = (snapshot) => sign(snapshot, byteHash);

/** A copy of a snapshot with other fields of its header: { name: value }, signed. */
export function withFields(snapshot, fields) {
  const copy = snapshot.slice();
  const view = viewOf(copy);
  for (const [name, value] of Object.entries(fields)) {
    const [at, bytes] = FIELDS[name];
    if (bytes === 1) view.setUint8(at, value);
    else if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
  }
  return sign(copy);
}

/** Where a field stands, and how long it is. */
export const FIELDS = {
  version: [8, 4],
  headerBytes: [12, 4],
  hashId: [16, 1],
  key: [32, 1],
  value: [33, 1],
  flags: [34, 1],
  bucketBits: [35, 1],
  groupLog: [36, 1],
  pagesPerGroup: [37, 1],
  load: [38, 2],
  seed: [40, 4],
  splitNext: [44, 4],
  size: [48, 4],
  spilled: [52, 4],
  zero: [56, 8],
  bodyBytes: [64, 8],
  reserved: [72, 1],
};

export const fieldOf = (snapshot, name) => {
  const [at, bytes] = FIELDS[name];
  const view = viewOf(snapshot);
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true);
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
};

/** The map or set of a snapshot, whichever it is of. */
export function restored(snapshot, options) {
  const isSet = fieldOf(snapshot, 'value') === 0;
  return tracked((isSet ? HashSet : HashMap).restore(snapshot, options));
}

/** A name for each key of a kind, to sort by. */
const nameOf = (key) => (key instanceof Uint8Array ? Buffer.from(key).toString('latin1') : String(key));

/** All entries of a map or set, sorted by their keys. */
export function entriesOf(it) {
  const entries = it instanceof HashMap ? [...it] : [...it].map((key) => [key, undefined]);
  return entries
    .map((entry) => [nameOf(entry[0]), entry])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, entry]) => entry);
}

/** Entries from which on sorting them all takes too long. */
const MANY = 3000;

/** Two maps hold the same, by columns. */
function sameColumns(actual, expected) {
  const { keys, values } = expected.columns();
  assert.is(actual.size, expected.size, 'size');
  assert.is(actual.columns().keys.length, keys.length, 'rows of the columns');
  const all = actual.getAll(keys);
  assert.is(all.hits, keys.length, 'hits of all keys');
  same(all.values, values, 'values of all keys');
}

/** Two maps or sets hold the same, and each finds what it holds. */
export function sameEntries(actual, expected) {
  if (expected instanceof HashMap && expected.size > MANY) {
    sameColumns(actual, expected);
    return;
  }
  const all = entriesOf(expected);
  const got = entriesOf(actual);
  assert.is(actual.size, expected.size, 'size');
  assert.is(got.length, all.length, 'entries of the iteration');
  all.forEach(([key, value], i) => {
    const [otherKey, otherValue] = got[i];
    if (!isSame(key, otherKey) || !isSame(value, otherValue))
      assert.unreachable(`entry ${i} differs: ${String(otherKey)} instead of ${String(key)}`);
    if (!actual.has(key)) assert.unreachable(`${String(key)} is not found`);
    if (actual instanceof HashMap && !Object.is(actual.get(key), value))
      assert.unreachable(`${String(key)} has another value`);
  });
}

/** A stream of bytes, in chunks of the lengths that `lengthOf` gives. */
export function streamOf(bytes, lengthOf) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at === bytes.length) {
        controller.close();
        return;
      }
      const end = Math.min(bytes.length, at + lengthOf());
      controller.enqueue(bytes.slice(at, end));
      at = end;
    },
  });
}

/** All bytes of a stream, and its chunks. By a reader: WebKitGTK 2.50 has no iteration of streams. */
export async function read(stream) {
  const chunks = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return { bytes: new Uint8Array(Buffer.concat(chunks)), chunks };
}
