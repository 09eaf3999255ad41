// The exports of a map's module, and nothing else. It is built once for each pair of widths: `Key` (u32, u64) and
// `Value` (bool for none, u32, u64) are set on the command line, see scripts/build.js. Value kinds of one width share a
// module; the facade chooses the view. Addresses and counts arrive in JavaScript signed.

import * as anticipation from "./table/anticipate";
import * as batchGet from "./batch/get";
import * as batchPut from "./batch/put";
import * as batchRemove from "./batch/remove";
import * as batchSelect from "./batch/select";
import * as creation from "./table/create";
import * as fresh from "./table/fresh";
import * as maintaining from "./table/maintain";
import * as probing from "./table/probes";
import * as removing from "./table/remove";
import * as walking from "./table/walk";
import * as forms from "./snapshot/create";
import * as images from "./snapshot/pages";
import * as loose from "./snapshot/rows";
import { collapseNext } from "./native/pages";
import { IS_NATIVE } from "./native/use";
import * as single from "./single";
import { checkAll } from "./table/invariants";
import { pageAddress } from "./table/address";
import { None } from "./table/bucket";
import { ensurePages } from "./table/gaps";
import { Table, tableBytes } from "./table/table";

export { CONTROL, FIXED_END, MISSING, NEXT, ORIGIN, PENDING, STAGING, STAGING_BYTES } from "./memory/layout";
export { REFUSED_BLOCK, REFUSED_POOL } from "./table/table";
export { resetPool } from "./memory/pool";
export { HISTOGRAM_LENGTH } from "./table/probes";
export { MOST_ROWS, WALK_KEYS, WALK_VALUES } from "./table/walk";
export { bytesOf, dropPooled, landingOf } from "./table/create";
export { leafCount } from "./table/leaves";
export { addToChecksum } from "./snapshot/checksum";

// Where the facade reads a header without a call.
export const HEADER_BYTES: u32 = offsetof<Table>();
export const COUNT: u32 = offsetof<Table>("count");
export const GROW_AT: u32 = offsetof<Table>("growAt");
export const BASE: u32 = offsetof<Table>("base");
export const PAGES: u32 = offsetof<Table>("pages");
export const BUCKET_MASK: u32 = offsetof<Table>("bucketMask");
export const SPLIT_NEXT: u32 = offsetof<Table>("splitNext");
export const GROUP_MASK: u32 = offsetof<Table>("groupMask");
/** Entries that `count` leaves out. */
export const APART: u32 = offsetof<Table>("zeroPresent");
export const SEED: u32 = offsetof<Table>("seed");
export const MOVED: u32 = offsetof<Table>("moved");
export const MAX_MOVED: u32 = offsetof<Table>("maxMoved");
export const WALKED: u32 = offsetof<Table>("walked");
export const CARRIED: u32 = offsetof<Table>("carried");
export const REFUSAL: u32 = offsetof<Table>("refusal");
export const SPILLED: u32 = offsetof<Table>("spilled");
export const ZERO_VALUE: u32 = offsetof<Table>("zeroValue");

// --- creation ---

export function createPooled(entries: u32, entriesPerPage: u32, maxBytes: u32): usize {
  return creation.createPooled<Key, Value>(entries, entriesPerPage, maxBytes);
}

export function createOwned(entries: u32, entriesPerPage: u32, maxBytes: u32, stepShift: u32): usize {
  return creation.createOwned<Key, Value>(entries, entriesPerPage, maxBytes, stepShift);
}

export function settle(maxBytes: u32, stepShift: u32): usize {
  const table = creation.settle<Key, Value>(maxBytes, stepShift);
  checkAll<Key, Value>(changetype<Table>(table));
  return table;
}

export function wipeOwned(table: Table): void {
  creation.wipeOwned(table);
}

export function reserve(table: Table, entries: u32, keeps: bool): bool {
  const done = creation.reserve<Key, Value>(table, entries, keeps);
  checkAll<Key, Value>(table);
  return done;
}

/** One step of the work that is due. Is there more? */
export function maintain(table: Table): bool {
  const more = maintaining.maintain<Key, Value>(table) || (IS_NATIVE && !table.block && collapseNext());
  checkAll<Key, Value>(table);
  return more;
}

/** Before a batch of `rows` rows: takes the memory of an empty table from the system in one go. */
export function touchAhead(table: Table, rows: u32): void {
  fresh.touchAhead<Key, Value>(table, rows);
}

/** Grows ahead of a batch, towards `entries` entries in all, if the `soon` next ones make growth due. */
export function anticipate(table: Table, soon: u32, entries: u32): void {
  anticipation.anticipate<Key, Value>(table, soon, entries);
  checkAll<Key, Value>(table);
}

// --- single keys ---

/** Address of a key's value, or 0. */
export function find(table: Table, key: Key): usize {
  return single.find<Key, Value>(table, key);
}

/** Address of a key's value, plus 1 where the key is new; 0 where it was refused. */
export function claim(table: Table, key: Key): usize {
  return single.claim<Key, Value>(table, key);
}

export function remove(table: Table, key: Key): bool {
  return single.remove<Key, Value>(table, key);
}

// --- columns, in staging ---

export function getRows(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  return batchGet.getRows<Key, Value, Value>(table, keys, rows, values, found);
}

export function hasRows(table: Table, keys: usize, rows: u32, found: usize): u32 {
  return batchGet.getRows<Key, Value, None>(table, keys, rows, 0, found);
}

export function selectRows(keys: usize, rows: u32, found: usize, wanted: u32): u32 {
  return batchSelect.selectRows<Key>(keys, rows, found, wanted);
}

export function putRows(table: Table, keys: usize, values: usize, rows: u32, how: u32): u32 {
  const written = batchPut.putRows<Key, Value>(table, keys, values, rows, how);
  checkAll<Key, Value>(table);
  return written;
}

export function removeRows(table: Table, keys: usize, rows: u32): u32 {
  const removed = batchRemove.removeRows<Key, Value>(table, keys, rows);
  checkAll<Key, Value>(table);
  return removed;
}

/** Comes behind the last rows of a batch that has removed so many. */
export function shrinkBehind(table: Table, removed: u32): void {
  removing.shrinkBehind<Key, Value>(table, removed);
  checkAll<Key, Value>(table);
}

// --- the whole table ---

/** One step of a walk from a cursor in hash order: high and low word, and level. Of about `aim` rows, `most` at most. */
export function walk(table: Table, high: u32, low: u32, level: u32, aim: u32, most: u32): u32 {
  return walking.walk<Key, Value>(table, ((<u64>high) << 32) | low, level, aim, most);
}

export function probeHistogram(table: Table, histogram: usize): u32 {
  return probing.probeHistogram<Key, Value>(table, histogram);
}

/** Bytes of the pages: what moves out of the pool. */
export function imageBytes(table: Table): usize {
  return tableBytes<Key, Value>(table);
}

// --- snapshots ---

export function createPooledForm(bits: u32, pages: u32, entriesPerPage: u32, maxBytes: u32): usize {
  return forms.createPooledForm<Key, Value>(bits, pages, entriesPerPage, maxBytes);
}

export function createOwnedForm(
  groupLog: u32,
  pagesPerGroup: u32,
  splitNext: u32,
  entriesPerPage: u32,
  maxBytes: u32,
  stepShift: u32,
): usize {
  return forms.createOwnedForm<Key, Value>(groupLog, pagesPerGroup, splitNext, entriesPerPage, maxBytes, stepShift);
}

/** Makes the memory reach so far that a table may have `pages` pages; false where it can't. */
export function makePages(table: Table, pages: u32, stepShift: u32): bool {
  return ensurePages<Key, Value>(table, pages, stepShift);
}

export function pageAt(table: Table, page: u32): usize {
  return pageAddress<Key, Value>(table, page);
}

export function pagesInRow(table: Table, page: u32, most: u32): u32 {
  return images.pagesInRow<Key, Value>(table, page, most);
}

export function tidyPages(table: Table, page: u32, pages: u32): void {
  images.tidyPages<Key, Value>(table, page, pages);
}

export function checkPages(table: Table, page: u32, pages: u32, random: u32, floats: bool): u32 {
  return images.checkPages<Key, Value>(table, page, pages, random, floats);
}

export function writeLeaf(index: u32): u32 {
  return loose.writeLeaf<Key, Value>(index);
}

export function placeRows(table: Table, rows: u32, first: bool, floats: bool, random: u32): u32 {
  return loose.placeRows<Key, Value>(table, rows, first, floats, random);
}

export function placeZero(table: Table, floats: bool): bool {
  return loose.placeZero<Key, Value>(table, floats);
}

/** Ends the restoring of a table. */
export function endRestore(table: Table): void {
  checkAll<Key, Value>(table);
}
