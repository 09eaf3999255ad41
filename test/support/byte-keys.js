/**
 * What the tests of byte keys share: texts as keys of either kind, columns of them, and comparison with a built-in Map
 * from texts.
 */
import * as assert from 'uvu/assert';
import { hasBadHash } from './builds.js';
import { same } from './check.js';
import { build } from './tophash.js';

export const byteKinds = ['string', 'bytes'];

/**
 * Under a bad hash a map of byte keys is one list, or a few: every key costs a walk along it, so that tests take fewer.
 */
export const fewer = (rows, underBadHash) => (hasBadHash(build) ? underBadHash : rows);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The key of a kind that a text is; for 'bytes' a new array. */
export const keyOf = (kind, text) => (kind === 'string' ? text : encoder.encode(text));
export const keysOf = (kind, texts) => Array.from(texts, (text) => keyOf(kind, text));
export const textOf = (key) => (typeof key === 'string' ? key : decoder.decode(key));

/**
 * A ByteColumn of texts or arrays of bytes. Bytes that no row has, of any value, stand `before` the first row and
 * `behind` the last; `spare` elements of the buffers before both views.
 */
export function byteColumn(rows, { Offsets = Int32Array, before = 0, behind = 0, spare = 0, shared = false } = {}) {
  const arrays = Array.from(rows, (row) => (typeof row === 'string' ? encoder.encode(row) : row));
  const total = arrays.reduce((sum, { length }) => sum + length, before);
  const Memory = shared ? SharedArrayBuffer : ArrayBuffer;
  const width = Offsets.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(new Memory(spare + total + behind), spare).fill(0xff);
  const offsets = new Offsets(new Memory((spare + arrays.length + 1) * width), spare * width);
  let at = before;
  arrays.forEach((array, row) => {
    offsets[row] = asOffset(Offsets, at);
    bytes.set(array, at);
    at += array.length;
  });
  offsets[arrays.length] = asOffset(Offsets, at);
  return { bytes, offsets };
}

export const asOffset = (Offsets, x) => (Offsets === BigInt64Array ? BigInt(x) : x);

/** The rows of a ByteColumn as texts. */
export function textsOf({ bytes, offsets }) {
  return Array.from({ length: offsets.length - 1 }, (_, row) =>
    decoder.decode(bytes.subarray(Number(offsets[row]), Number(offsets[row + 1]))),
  );
}

/**
 * A map with values of kind u32 holds what a Map from texts holds, by look-up, by column, by ByteColumn and by
 * iteration, and none of the texts of `others` that the model lacks.
 */
export function agreesWith(map, kind, model, others = []) {
  assert.is(map.size, model.size, 'size');
  const texts = [...model.keys()];
  const values = Uint32Array.from(model.values());
  for (const keys of [keysOf(kind, texts), byteColumn(texts)]) {
    const all = map.getAll(keys);
    same(all.values, values, 'values of all keys');
    assert.is(all.hits, texts.length, 'hits of all keys');
    assert.is(map.hasAll(keys).indexOf(0), -1, 'hasAll of all keys');
  }
  const absent = [...others].filter((text) => !model.has(text));
  assert.is(map.hasAll(keysOf(kind, absent)).indexOf(1), -1, 'hasAll of absent keys');
  const seen = new Set();
  for (const [key, value] of map) {
    const text = textOf(key);
    if (model.get(text) !== value || seen.has(text))
      assert.unreachable(`iteration gives ${text.slice(0, 50)}: ${value}`);
    seen.add(text);
  }
  assert.is(seen.size, model.size, 'keys of the iteration');
}

/** A text of `length` ASCII characters. */
export function randomText(random, length) {
  let text = '';
  while (text.length < length) text += random.u32().toString(36);
  return text.slice(0, length);
}
