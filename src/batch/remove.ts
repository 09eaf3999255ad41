// Batches that delete.

import { releaseSlots } from '../any-values.js';
import { takePresentRows } from '../arrow.js';
import { keyColumn, rowsOf, stageKeys } from '../key-columns.js';
import type { Store } from '../store.js';

/**
 * Deletes a column of keys; returns how many were there.
 * @throws see {@link HashMap.deleteAll}
 */
export function deleteColumn(store: Store, keys: unknown): number {
  const givenKeys = takePresentRows(keys, store.key, 'keys');
  const column = keyColumn(givenKeys, store.key, 'keys');
  store.checkAlive();
  const { place } = store;
  if (place === undefined) return 0;
  const { exports, layout } = place.instance;
  let deleted = 0;
  for (let row = 0; row < column.length;) {
    const staged = stageKeys(store, place, column, row, layout.staging.rows);
    row += rowsOf(staged);
    if (store.slots !== undefined) releaseSlots(store.slots, place, staged);
    deleted += exports.removeRows(place.table, staged.at, staged.rows) >>> 0;
  }
  exports.shrinkBehind(place.table, deleted);
  store.noteServed(place.instance);
  if (deleted > 0) store.touch();
  return deleted;
}
