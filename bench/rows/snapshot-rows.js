/** A map of N random u32 to u32, made from a snapshot, or from the columns that the snapshot was taken of. */
import { integers, mix, numbersFrom } from '../keys.js';

/** @typedef {{ keys: Uint32Array, values: Uint32Array, source: any, map: any }} Subject */
/** @typedef {import('./map-rows.js').Row<any, Subject>} SnapshotRow */

/**
 * @param {number} n
 * @param {number} round
 * @returns {Subject[]}
 */
export function createSources(n, round) {
  const numbers = numbersFrom(0, n);
  return [{ keys: integers(mix(round), numbers), values: numbers, source: undefined, map: undefined }];
}

/** @type {SnapshotRow[]} */
export const SNAPSHOT_ROWS = [
  {
    name: 'restore',
    loop: 'restore',
    batch: 'restore',
    enter(contender, subjects) {
      for (const subject of subjects) subject.source ??= contender.prepare(subject.keys, subject.values);
    },
    warm() {},
    run(contender, subjects) {
      for (const subject of subjects) subject.map = contender.make(subject.source);
    },
    checksum: (_, subjects) => subjects.map(({ map, keys }) => `${map.size} ${map.get(keys[0])}`).join(),
    leave(contender, subjects) {
      for (const subject of subjects) {
        contender.dispose(subject.map);
        subject.map = undefined;
      }
    },
    operations: (subjects) => subjects.reduce((sum, { keys }) => sum + keys.length, 0),
  },
];
