// The exports of the module for byte keys, and nothing else. It serves every kind of value: their width is a number of
// the table's. Its table is one of u32 to u32: 32 bits of a key's hash, and the reference of a record (bytes/).

import * as arena from "./bytes/arena";
import * as compaction from "./bytes/compact";
import * as gathering from "./bytes/gather";
import * as rowwise from "./bytes/rows";
import * as selection from "./bytes/select";
import * as single from "./bytes/single";
import { checkEntries } from "./bytes/invariants";
import { OFFSETS } from "./memory/layout";
import { collapseNext } from "./native/pages";
import { IS_NATIVE } from "./native/use";
import * as anticipation from "./table/anticipate";
import { pageAddress } from "./table/address";
import * as creation from "./table/create";
import * as fresh from "./table/fresh";
import * as maintaining from "./table/maintain";
import { fenceAt } from "./table/leaves";
import * as probing from "./table/probes";
import * as removing from "./table/remove";
import * as walking from "./table/walk";
import * as records from "./snapshot/records";
import * as table from "./table/table";
import { Table, tableBytes } from "./table/table";

export {
  BYTE_ROWS,
  CONTROL,
  GATHERED,
  KEY_BYTES,
  KEY_BYTES_ROOM,
  MISSING,
  NEXT,
  OFFSETS,
  ORIGIN,
  PENDING,
  ROW_FOUND,
  ROW_VALUES,
  STAGING,
  STAGING_BYTES,
} from "./memory/layout";
export { REFUSED_BLOCK, REFUSED_POOL } from "./table/table";
export { resetPool } from "./memory/pool";
export { HISTOGRAM_LENGTH } from "./table/probes";
export { MOST_ROWS, WALK_KEYS, WALK_VALUES } from "./table/walk";
export { bytesOf } from "./table/create";
export { leafCount } from "./table/leaves";
export { FAULT_BAD, FAULT_REFUSED, FINGERPRINTS } from "./snapshot/records";

// Where the facade reads a header without a call.
const ARENA: u32 = offsetof<Table>();
export const HEADER_BYTES: u32 = <u32>table.HEADER_BYTES;
export const BASE: u32 = offsetof<Table>("base");
export const COUNT: u32 = offsetof<Table>("count");
export const GROW_AT: u32 = offsetof<Table>("growAt");
export const PAGES: u32 = offsetof<Table>("pages");
export const BUCKET_MASK: u32 = offsetof<Table>("bucketMask");
export const SPLIT_NEXT: u32 = offsetof<Table>("splitNext");
export const GROUP_MASK: u32 = offsetof<Table>("groupMask");
export const SEED: u32 = offsetof<Table>("seed");
export const MOVED: u32 = offsetof<Table>("moved");
export const MAX_MOVED: u32 = offsetof<Table>("maxMoved");
export const WALKED: u32 = offsetof<Table>("walked");
export const CARRIED: u32 = offsetof<Table>("carried");
export const REFUSAL: u32 = offsetof<Table>("refusal");
export const SPILLED: u32 = offsetof<Table>("spilled");
export const ZERO_VALUE: u32 = offsetof<Table>("zeroValue");
/** Entries that `count` leaves out. */
export const APART: u32 = ARENA + offsetof<arena.Arena>("chained");
export const TOTAL_KEY_BYTES: u32 = ARENA + offsetof<arena.Arena>("keyBytes");
export const LONG_AT: u32 = ARENA + offsetof<arena.Arena>("longAt");
export const LONG_ROOM: u32 = ARENA + offsetof<arena.Arena>("longRoom");

// --- creation ---

export function createPooled(entries: u32, entriesPerPage: u32, maxBytes: u32, valueBytes: u32): usize {
  const table = creation.createPooled<u32, u32>(entries, entriesPerPage, maxBytes);
  if (table) arena.openArena(changetype<Table>(table), valueBytes);
  return table;
}

export function createOwned(entries: u32, entriesPerPage: u32, maxBytes: u32, stepShift: u32, valueBytes: u32): usize {
  const table = creation.createOwned<u32, u32>(entries, entriesPerPage, maxBytes, stepShift);
  if (table) arena.openArena(changetype<Table>(table), valueBytes);
  return table;
}

export function dropPooled(table: Table): void {
  arena.dropArena(table);
  creation.dropPooled(table);
}

export function wipeOwned(table: Table): void {
  creation.wipeOwned(table);
}

export function reserve(table: Table, entries: u32, keeps: bool): bool {
  const done = creation.reserve<u32, u32>(table, entries, keeps);
  checkEntries(table);
  return done;
}

/** One step of the work that is due. Is there more? */
export function maintain(table: Table): bool {
  const more =
    maintaining.maintain<u32, u32>(table) ||
    compaction.compactIdly(table) ||
    (IS_NATIVE && !table.block && collapseNext());
  checkEntries(table);
  return more;
}

/** Before a batch of `rows` rows: takes the memory of an empty table from the system in one go. */
export function touchAhead(table: Table, rows: u32): void {
  fresh.touchAhead<u32, u32>(table, rows);
}

/** Grows ahead of a batch, towards `entries` entries in all, if the `soon` next ones make growth due. */
export function anticipate(table: Table, soon: u32, entries: u32): void {
  anticipation.anticipate<u32, u32>(table, soon, entries);
  checkEntries(table);
}

// --- single keys ---

/** Address of the value of the key at `key`, or 0. */
export function find(table: Table, key: usize, length: u32): usize {
  return single.find(table, key, length);
}

/** Address of a key's value, plus 1 where the key is new; 0 where it was refused. */
export function claim(table: Table, key: usize, length: u32): usize {
  return single.claim(table, key, length);
}

export function remove(table: Table, key: usize, length: u32): bool {
  return single.remove(table, key, length);
}

/** Makes room at LONG_AT for a key of `length` bytes; false where it was refused. */
export function makeLongRoom(table: Table, length: u32): bool {
  return arena.makeLongRoom(table, length);
}

// --- columns, in staging ---

// `keys` are the bytes; where each begins and ends is at OFFSETS.

export function getRows(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  return rowwise.getRows(table, keys, OFFSETS, rows, values, found);
}

export function hasRows(table: Table, keys: usize, rows: u32, found: usize): u32 {
  return rowwise.getRows(table, keys, OFFSETS, rows, 0, found);
}

export function putRows(table: Table, keys: usize, values: usize, rows: u32, how: u32): u32 {
  const written = rowwise.putRows(table, keys, OFFSETS, values, rows, how);
  checkEntries(table);
  return written;
}

export function removeRows(table: Table, keys: usize, rows: u32): u32 {
  const removed = rowwise.removeRows(table, keys, OFFSETS, rows);
  checkEntries(table);
  return removed;
}

export function shrinkBehind(table: Table, removed: u32): void {
  removing.shrinkBehind<u32, u32>(table, removed);
  checkEntries(table);
}

/** Moves the keys whose flag is `wanted` to the front, and their offsets; returns how many. */
export function selectRows(keys: usize, rows: u32, found: usize, wanted: u32): u32 {
  return selection.selectRows(keys, OFFSETS, rows, found, wanted);
}

// --- the whole table ---

/**
 * One step of a walk from a cursor in hash order: high and low word, and level. Of about `aim` rows, `most` at most.
 * Its entries come by `gather`.
 */
export function walk(table: Table, high: u32, low: u32, level: u32, aim: u32, most: u32): u32 {
  gathering.beginGather();
  const fitting = gathering.rowsOfStep(table);
  const cursor = ((<u64>high) << 32) | low;
  return walking.walk<u32, u32>(table, cursor, level, min<u32>(aim, fitting), min<u32>(most, fitting << 1));
}

export function gather(table: Table, rows: u32): u32 {
  return gathering.gather(table, rows);
}

export function probeHistogram(table: Table, histogram: usize): u32 {
  const away = probing.probeHistogram<u32, u32>(table, histogram);
  probing.countBehind(histogram, arena.arenaOf(table).chained);
  return away;
}

/** Bytes of the pages. */
export function imageBytes(table: Table): usize {
  return tableBytes<u32, u32>(table);
}

// --- snapshots ---

export function pageAt(table: Table, page: u32): usize {
  return pageAddress<u32, u32>(table, page);
}

/** Address of a leaf of the spill, which is a page, too. */
export function leafAt(index: u32): usize {
  return <usize>fenceAt(index).leaf;
}

export function writeRecords(table: Table, page: usize, slot: u32, reference: u32): u32 {
  return records.writeRecords(table, page, slot, reference);
}

export function placeRecords(table: Table, at: usize, bytes: u32, last: u32, random: u32, text: bool): void {
  records.placeRecords(table, at, bytes, last, random, text);
}

/** Ends the restoring of a table. */
export function endRestore(table: Table): void {
  checkEntries(table);
}
