/** What program.js must come to, by the built-in Map and Set and by the hash as it is written from its definition. */
import { byteHash } from '../support/byte-hash.js';

const rows = Array.from({ length: 5000 }, (_, i) => i * i);
const words = new Map();
for (const word of 'to be or not to be'.split(' ')) words.set(word, (words.get(word) ?? 0) + 1);

const wideHash = byteHash(new TextEncoder().encode('tophash'), 7);

export const expected = {
  size: rows.length,
  hits: rows.length,
  sum: rows.reduce((a, b) => a + b),
  restored: rows[70],
  words: [...words].map(([word, count]) => `${word} ${count}`).sort(),
  wide: 'minus one',
  set: [1, 2, 3, 4],
  hash: Number(wideHash & 0xffffffffn),
  wideHash: String(wideHash),
  errors: ['SnapshotError', 'CapacityError'],
  simd: true,
};
