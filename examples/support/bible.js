// The text of the package `kjv`: the King James Bible.

import { createRequire } from 'node:module';

const verses = createRequire(import.meta.url)('kjv/json/verses-1769.json');

/** All verses as one text: bytes of UTF-8, of which there are only those of ASCII. */
export function loadBible() {
  return new TextEncoder().encode(Object.values(verses).join('\n'));
}
