/** The streams of a round in a file, for programs that are no JavaScript: see peers/README.md. */
import { mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {import('./rows/map-data.js').Subject} Subject */

export class Streams {
  #folder = mkdtempSync(join(tmpdir(), 'tophash-streams-'));

  get path() {
    return join(this.#folder, 'streams');
  }

  /** @param {Uint32Array[]} words */
  write(words) {
    const file = openSync(this.path, 'w');
    for (const part of words) writeSync(file, part);
    closeSync(file);
  }

  remove() {
    rmSync(this.#folder, { recursive: true });
  }
}

/**
 * @param {Subject[]} subjects
 * @returns {Uint32Array[]}
 */
export function mapStreams(subjects) {
  return [
    word(subjects.length),
    ...subjects.flatMap((subject) => {
      const { column, entries, deletions, warmup, hits, misses, halves } = subject;
      const keysOf = (/** @type {import('./rows/map-data.js').Lookup} */ { numbers }) => sized(column(numbers));
      return [
        ...keysOf(entries),
        ...sized(/** @type {Uint32Array} */ (entries.values)),
        ...keysOf(deletions),
        ...keysOf(warmup),
        ...[hits, misses, halves].flatMap((lookups) => [word(lookups.length), ...lookups.flatMap(keysOf)]),
      ];
    }),
  ];
}

/** @param {number} word */
function word(word) {
  return Uint32Array.of(word);
}

/** @param {Uint32Array} column */
export function sized(column) {
  return [word(column.length), column];
}
