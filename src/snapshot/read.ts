// A snapshot becomes a map again.
//
// Whoever has the bytes, an array or a stream, hands them over as they are asked for: `restoring` is a generator that
// says how many bytes it wants next, and is given just so many. What the header says is checked before anything is
// allocated; of an array the length is known then, so that no more memory is taken than a map with so many entries, of
// that `maxLoad`, has. A stream's header may lie, so there memory is taken as the bytes come.
//
// Nothing in the body is believed either. Pages are copied to their place and checked there
// (assembly/snapshot/pages.ts), rows and records are inserted.

import { CapacityError, SnapshotError } from '../errors.js';
import { NO_VALUES } from '../kinds.js';
import type { RestoreOptions } from '../options.js';
import { randomSeed } from '../seed.js';
import { Store } from '../store.js';
import type { ByteExports, ImageExports, MapExports, RecordExports } from '../wasm/map-instance.js';
import { openForm, openPool, type Place, POOLED_PAGES } from '../wasm/tables.js';
import { transfer } from '../wasm/transfer.js';
import { Checksum } from './checksum.js';
import {
  checksumIn,
  damaged,
  type Form,
  type Header,
  HEADER_BYTES,
  LENGTH_BYTES,
  pageBytesOf,
  pagesOf,
  readHeader,
  TRAILER_BYTES,
  viewOf,
} from './header.js';

/** Asks for a number of bytes, is given them, and comes to a store. */
export type Restoring = Generator<number, Store, Uint8Array>;

/** Pages that are copied and checked at a time: few enough to stay in a cache. */
const PIECE_PAGES = 64;
/** Rows of the spill that are placed at a time. */
const PIECE_ROWS = 512;
/** Pages that a stream of records gets before its entries have come: 16 MiB, whatever its header says of their load. */
const MOST_PAGES_AHEAD = 4096;
/** Longest body of records for which a pool may have room. */
const MOST_POOLED_RECORDS = 65536;

/**
 * Restores a store.
 * @param length of the whole snapshot, where it is known
 * @throws SnapshotError, CapacityError
 */
export function* restoring(asked: RestoreOptions, length: number | undefined): Restoring {
  if (length !== undefined && length < HEADER_BYTES + TRAILER_BYTES) throw new SnapshotError(tooShort(length));
  const head = (yield HEADER_BYTES).slice(); // nobody may change it once it is checked
  const header = readHeader(head);
  checkKinds(header, asked);
  const wanted = HEADER_BYTES + header.bodyBytes + TRAILER_BYTES;
  if (length !== undefined && length !== wanted) {
    throw damaged(`it has ${length.toLocaleString('en')} bytes instead of ${wanted.toLocaleString('en')}`);
  }
  const { key, value, entriesPerPage, seed } = header;
  const store = new Store({ key, value, capacity: 0, entriesPerPage, seed: undefined, maxBytes: asked.maxBytes });
  store.seed = seed;
  const checksum = new Checksum(checksumIn(head));
  let whole = false;
  try {
    if (key.isBytes) yield* readRecords(store, header, length !== undefined, summing(checksum));
    else if (header.form !== undefined) yield* readImage(store, header, header.form, length !== undefined, checksum);
    const trailer = yield TRAILER_BYTES;
    if (viewOf(trailer).getBigUint64(0, true) !== checksum.end()) throw damaged('its checksum is wrong');
    store.place?.instance.exports.endRestore(store.place.table);
    store.place?.instance.countMemory();
    whole = true;
    return store;
  } finally {
    if (!whole) store.abandon();
  }
}

export function tooShort(length: number): string {
  return `the snapshot is damaged: ${length.toLocaleString('en')} bytes are not all of it`;
}

function checkKinds({ key, value }: Header, { key: askedKey, value: askedValue, isSet }: RestoreOptions): void {
  const words = (key: string, value: string) => (value === 'none' ? `HashSet<${key}>` : `HashMap<${key}, ${value}>`);
  const wantedValue = isSet ? NO_VALUES.name : (askedValue?.name ?? (value === NO_VALUES ? 'any kind' : value.name));
  const wanted = words(askedKey?.name ?? key.name, wantedValue);
  const got = words(key.name, value.name);
  if (wanted !== got)
    throw new SnapshotError(`the snapshot is of another type: expected one of a ${wanted}; got ${got}`);
}

type Asking<Result> = Generator<number, Result, Uint8Array>;
/** Asks for bytes and adds them to the checksum. */
type Ask = (bytes: number) => Asking<Uint8Array>;

function summing(checksum: Checksum): Ask {
  return function* (wanted) {
    const bytes = yield wanted;
    checksum.add(bytes);
    return bytes;
  };
}

function noRoom(store: Store): CapacityError {
  return new CapacityError(`restore: the ${store.words.noun} does not fit; maxBytes is ${store.options.maxBytes}`);
}

// --- numbers for keys ---

function* readImage(store: Store, header: Header, form: Form, isWhole: boolean, checksum: Checksum): Asking<void> {
  const { key, value, size, spilled, zero } = header;
  const pages = pagesOf(form);
  const place = openForm(store.tableOptions(), form, pages <= POOLED_PAGES && spilled === 0);
  store.adopt(place);
  const { instance, table } = place;
  const exports = instance.exports as MapExports & ImageExports;
  const { layout } = instance;
  const floats = key.name === 'f64' ? 1 : 0;
  const random = randomSeed();
  const pageBytes = pageBytesOf(form, key, value);
  let entries = zero === undefined ? 0 : 1;

  if (zero !== undefined) {
    instance.views.u64[layout.STAGING >>> 3] = zero;
    if (exports.placeZero(table, floats) === 0) throw damaged('a key is none of its kind');
  }
  if (isWhole) {
    makePages(store, place, pages, true);
    if (instance.native !== undefined) exports.touchAhead(table, size); // by large pages, where they come fast
  }
  for (let page = 0; page < pages; page += PIECE_PAGES) {
    const count = Math.min(PIECE_PAGES, pages - page);
    if (!isWhole) makePages(store, place, page + count, false);
    const bytes = yield count * pageBytes;
    const at = exports.pageAt(table, page) >>> 0;
    const end = at + bytes.length;
    const u8 = instance.viewTo('u8', end);
    transfer(bytes, u8, at);
    checksum.addIn(exports, u8.subarray(at, end));
    const found = exports.checkPages(table, page, count, random, floats);
    if (found < 0) throw damaged(`page ${page} or one of the next ${count} is none of a table`);
    entries += found;
  }
  const ask = summing(checksum);
  for (let row = 0; row < spilled; row += PIECE_ROWS) {
    const rows = Math.min(PIECE_ROWS, spilled - row);
    const bytes = yield* ask(rows * (key.bytes + value.bytes));
    transfer(bytes, instance.views.u8, layout.STAGING);
    const first = row === 0 ? 1 : 0;
    if (exports.placeRows(table, rows, first, floats, random) >>> 0 < rows) {
      if (instance.views.u32[(table + layout.REFUSAL) >>> 2] !== 0) throw noRoom(store);
      throw damaged('an entry is there twice or out of order, or its key is none of its kind');
    }
  }
  if (entries + spilled !== size) throw damaged('its counts do not add up');
}

/** Makes sure that there is memory for `pages` pages. @param exactly no more than that */
function makePages(store: Store, { instance, table }: Place, pages: number, exactly: boolean): void {
  if (instance.isPool) return;
  const exports = instance.exports as MapExports & ImageExports;
  if (exports.makePages(table, pages, exactly ? BY_SINGLE_PAGES : BY_AN_EIGHTH) === 0) throw noRoom(store);
}

/** How memory grows: by at least so much of its size, as a shift. */
const BY_SINGLE_PAGES = 31;
const BY_AN_EIGHTH = 3;

// --- records ---

/** What became of some records: the bytes of those that are entries now, and whether the next one was refused. */
interface Placed {
  readonly taken: number;
  readonly isRefused: boolean;
}

/** The entries of a store of byte keys, as their records come. */
class Records {
  readonly #store: Store;
  readonly #text: number;
  readonly #random = randomSeed();
  /** Of keys in chains. */
  readonly #fingerprints: BigUint64Array[] = [];
  #last = 0;

  constructor(store: Store) {
    this.#store = store;
    this.#text = store.key.name === 'string' ? 1 : 0;
  }

  /** Makes entries of the whole records among some bytes in the memory. @throws SnapshotError */
  add(at: number, bytes: number): Placed {
    const { instance, table } = this.#store.place as Place;
    const { GATHERED, FAULT_BAD, FAULT_REFUSED, FINGERPRINTS } = instance.layout.bytes as NonNullable<
      typeof instance.layout.bytes
    >;
    const exports = instance.exports as MapExports & RecordExports;
    exports.placeRecords(table, at, bytes, this.#last, this.#random, this.#text);
    const first = GATHERED >>> 2;
    const { u32, u64 } = instance.views;
    const [taken, , printed, last, fault] = u32.slice(first, first + 5) as unknown as number[] as FiveWords;
    if (fault === FAULT_BAD) throw damaged('a record is none of its table');
    this.#last = last;
    const prints = FINGERPRINTS >>> 3;
    if (printed > 0) this.#fingerprints.push(u64.slice(prints, prints + printed));
    return { taken, isRefused: fault === FAULT_REFUSED };
  }

  /** @throws SnapshotError if a key has come twice */
  end(): void {
    const all = new BigUint64Array(this.#fingerprints.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const some of this.#fingerprints) {
      all.set(some, at);
      at += some.length;
    }
    all.sort();
    for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) throw damaged('a key is there twice');
  }
}

type FiveWords = [number, number, number, number, number];

function* readRecords(
  store: Store,
  { size, bodyBytes, entriesPerPage }: Header,
  isWhole: boolean,
  ask: Ask,
): Asking<void> {
  if (size === 0) return;
  const mostPooled = entriesPerPage * POOLED_PAGES;
  if (size <= mostPooled && bodyBytes <= MOST_POOLED_RECORDS) {
    placeInPool(store, size, yield* ask(bodyBytes), mostPooled);
  } else {
    const ahead = isWhole ? size : Math.min(size, MOST_PAGES_AHEAD * entriesPerPage);
    store.open(Math.max(ahead, mostPooled + 1)); // a memory of its own
    const placed = yield* placeAll(store, bodyBytes, ask);
    if (placed < bodyBytes) throw noRoom(store);
  }
  if (store.size !== size) throw damaged('its counts do not add up');
}

/**
 * Makes entries of the records of a small table: in the pool, in a new one where that is full, or else in a memory of
 * its own.
 */
function placeInPool(store: Store, size: number, body: Uint8Array, mostPooled: number): void {
  const tryTable = (entries: number): boolean => {
    store.abandon(); // to move would compare keys, of which a chain may have as many as somebody made
    store.open(entries);
    return atOnce(placeAll(store, body.length, given(body))) === body.length;
  };
  if (tryTable(size)) return;
  const { instance, table } = store.place as Place;
  const { REFUSAL, REFUSED_BLOCK } = instance.layout;
  if (instance.views.u32[(table + REFUSAL) >>> 2] === REFUSED_BLOCK) {
    openPool(instance);
    if (tryTable(size)) return;
  }
  if (!tryTable(mostPooled + 1)) throw noRoom(store);
}

/** Gives bytes that are there already. */
function given(bytes: Uint8Array): Ask {
  let at = 0;
  // eslint-disable-next-line require-yield -- nobody has to be asked
  return function* (wanted) {
    at += wanted;
    return bytes.subarray(at - wanted, at);
  };
}

/** What a generator comes to that asks for nothing. */
function atOnce<Result>(asking: Asking<Result>): Result {
  return asking.next().value as Result;
}

/**
 * Makes entries of the records of a body of `bodyBytes` bytes. Returns of how many bytes: fewer where the next one was
 * refused.
 * @throws SnapshotError
 */
function* placeAll(store: Store, bodyBytes: number, ask: Ask): Asking<number> {
  const { instance } = store.place as Place;
  const { keys, room } = instance.layout.staging;
  const head = LENGTH_BYTES + store.value.bytes;
  const records = new Records(store);
  let left = bodyBytes; // not asked for yet
  let held = 0; // asked for and no record yet: at the beginning of the staging
  for (;;) {
    const more = Math.min(room - held, left);
    const bytes = yield* ask(more);
    transfer(bytes, instance.views.u8, keys + held);
    held += more;
    left -= more;
    let from = keys;
    const end = keys + held;
    for (let taken = -1; from < end && taken !== 0; from += taken) {
      const placed = records.add(from, end - from);
      taken = placed.taken;
      if (placed.isRefused) return bodyBytes - left - (end - from - taken);
    }
    held = end - from;
    if (from > keys) instance.views.u8.copyWithin(keys, from, end);
    else if (held > 0) {
      const length =
        held < head ? left : head + viewOf(instance.views.u8.subarray(keys, end)).getUint32(0, true) - held;
      if (held < head || length > left) throw damaged('a record goes past the end');
      const rest = yield* ask(length);
      if (!addLong(store, records, held, rest)) return bodyBytes - left - held;
      left -= length;
      held = 0;
    }
    if (left === 0 && held === 0) {
      records.end();
      return bodyBytes;
    }
  }
}

/**
 * Makes an entry of a record that is too long for the staging, of which `held` bytes are there. False where it was
 * refused.
 */
function addLong(store: Store, records: Records, held: number, rest: Uint8Array): boolean {
  const { instance, table } = store.place as Place;
  const { keys } = instance.layout.staging;
  const bytes = held + rest.length;
  if ((instance.exports as MapExports & ByteExports).makeLongRoom(table, bytes) === 0) return false;
  const { at } = instance.longKey(table);
  const u8 = instance.viewTo('u8', at + bytes);
  u8.copyWithin(at, keys, keys + held);
  transfer(rest, u8, at + held);
  return !records.add(at, bytes).isRefused;
}
