import { createSubjects } from '../rows/map-data.js';
import { dropMaps, keepsakeOf, mapBytes, mapBytesPerEntry } from '../rows/map-rows.js';
import { mapStreams } from '../streams.js';

/**
 * What the suites of maps have in common.
 * @param {import('../rows/map-data.js').Kinds} kinds
 */
export const ofMaps = (kinds) => ({
  /**
   * @param {number} n
   * @param {number} round
   */
  createSubjects: (n, round) => createSubjects(kinds, n, round),
  streamsOf: mapStreams,
  drop: dropMaps,
  keepsakeOf,
  bytes: mapBytes,
  bytesPerEntry: mapBytesPerEntry,
  unit: 'ns per operation',
  counts: 'entries',
});
