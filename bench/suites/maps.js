import { createSubjects } from '../rows/map-data.js';
import { dropMaps, keepsakeOf, mapBytes, mapBytesPerEntry } from '../rows/map-rows.js';
import { mapStreams } from '../streams.js';

/**
 * What the suites of maps have in common.
 * @param {import('../rows/map-data.js').Kinds} kinds
 * @param {number} [maps] alive at a time, if not as many as a small N needs
 */
export const ofMaps = (kinds, maps) => ({
  /**
   * @param {number} n
   * @param {number} round
   */
  createSubjects: (n, round) => createSubjects(kinds, n, round, maps),
  streamsOf: mapStreams,
  drop: dropMaps,
  keepsakeOf,
  bytes: mapBytes,
  bytesPerEntry: mapBytesPerEntry,
  unit: 'ns per operation',
  counts: 'entries',
});
