// What is behind a map or set: its table, where that lives, and everything that is done to one key.

import { CapacityError } from './errors.js';
import { type Kind, NO_VALUES, type NumericArray, refuse } from './kinds.js';
import type { CheckedOptions } from './options.js';
import { randomSeed } from './seed.js';
import { Slots } from './slots.js';
import { type Totals, totalsOf } from './stats.js';
import { type KeyCalls, keyCalls } from './wasm/key-calls.js';
import type { MapExports, MapInstance } from './wasm/map-instance.js';
import { native, type Native } from './wasm/native.js';
import type { MapModuleName } from './wasm/source.js';
import {
  abandonTable,
  changePool,
  closeTable,
  moveOut,
  openTable,
  type Place,
  type TableOptions,
} from './wasm/tables.js';

/** Set in an address from `claim` where the key is new. */
const IS_NEW = 1;

/** Steps of {@link Store.maintain} at most: the clock of an edge host may stand still. */
const MOST_STEPS = 4096;

/** What messages call a map, a set, and their ways to write. */
interface Words {
  readonly type: string;
  readonly noun: string;
  readonly single: string;
  readonly batch: string;
}
const MAP: Words = { type: 'HashMap', noun: 'map', single: 'set', batch: 'putAll' };
const SET: Words = { type: 'HashSet', noun: 'set', single: 'add', batch: 'addAll' };

/**
 * The entries of a map, or of a set: entries without values. Single-key calls expect what they say of their arguments;
 * checking is the caller's.
 */
export class Store {
  readonly options: CheckedOptions;
  readonly key: Kind;
  /** NO_VALUES for a set. */
  readonly value: Kind;
  readonly keyCalls: KeyCalls;
  readonly words: Words;
  // What each call on one key needs of these, so that it is one step away.
  readonly #acceptsKey: Kind['accepts'];
  readonly #acceptsValue: Kind['accepts'];
  readonly #findKey: KeyCalls['find'];
  readonly #claimKey: KeyCalls['claim'];
  readonly #removeKey: KeyCalls['remove'];
  readonly #shift: number;
  /** The values, where they are of kind 'any': the table has their slot numbers then. */
  slots: Slots | undefined;
  /** Given, or drawn with the first table. It stays for life, and positions in hash order with it. */
  seed: number | undefined;
  /** Another one after every change of entries, so that iterators know theirs from before. */
  version = 0;
  /** What has the larger table to which the entries are moving, while an async batch moves them (async/move.ts). */
  successor: Store | undefined;
  /** Rows of batches that native kernels have served. */
  nativeRows = 0;
  /** What its tables are of: what there was when it was made. */
  readonly native: Native | undefined;
  /** What the tables before this one did. */
  readonly totalsBefore: Totals = { moved: 0, maxMovedPerOp: 0, walked: 0 };
  /** Entries for which every table has room, whatever is deleted. */
  #kept = 0;
  #disposed = false;

  // The table, once there is one: where it lives, and for the calls on one key what they need of that.
  #place: Place | undefined;
  #instance: MapInstance | undefined;
  #exports: MapExports | undefined;
  #table = 0;
  #numbers: NumericArray;

  /** @param like whose `native` it has; without one the present */
  constructor(options: CheckedOptions, like?: Store) {
    this.options = options;
    this.native = like === undefined ? native : like.native;
    this.key = options.key;
    this.value = options.value;
    this.keyCalls = keyCalls(this.key.name);
    this.#acceptsKey = this.key.accepts;
    this.#acceptsValue = this.value.accepts;
    this.#findKey = this.keyCalls.find;
    this.#claimKey = this.keyCalls.claim;
    this.#removeKey = this.keyCalls.remove;
    this.#shift = this.value.shift;
    this.words = options.value === NO_VALUES ? SET : MAP;
    this.slots = this.value.name === 'any' ? new Slots() : undefined;
    this.seed = options.seed;
    this.#numbers = this.value.empty;
  }

  /** The table and its memory; undefined before the first write and after `close`. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Entries. */
  get size(): number {
    if (this.#place === undefined) {
      this.checkAlive();
      return 0;
    }
    const { layout, views } = this.#place.instance;
    const header = this.#table;
    return (views.u32[(header + layout.COUNT) >>> 2] as number) + (views.u32[(header + layout.APART) >>> 2] as number);
  }

  /** Bytes of all keys: of byte keys. */
  get keyBytes(): number {
    return this.#place === undefined ? 0 : this.#field(this.#place.instance.layout.bytes?.TOTAL_KEY_BYTES as number);
  }

  /** Entries at which the table grows, but for those that it counts apart. */
  get growAt(): number {
    return this.#place === undefined ? 0 : this.#field(this.#place.instance.layout.GROW_AT);
  }

  /** All linear memory that it holds. */
  get bytes(): number {
    const bytes = this.#exports === undefined ? 0 : this.#exports.bytesOf(this.#table) >>> 0;
    return bytes + (this.successor?.bytes ?? 0);
  }

  /** A field of the table's header. */
  #field(offset: number): number {
    return (this.#place as Place).instance.views.u32[(this.#table + offset) >>> 2] as number;
  }

  /** False, so that look-ups in a map without a table can return it. */
  checkAlive(): false {
    if (this.#disposed) throw new Error(`this ${this.words.type} was disposed`);
    return false;
  }

  /** The type and its kinds, for messages. */
  get type(): string {
    const kinds = this.value === NO_VALUES ? this.key.name : `${this.key.name}, ${this.value.name}`;
    return `${this.words.type}<${kinds}>`;
  }

  /** @throws TypeError or RangeError for what is no key of this map's kind */
  checkKey(key: unknown): void {
    if (!this.#acceptsKey(key)) refuse(this.key, key, 'key');
  }

  /** @throws TypeError or RangeError for what is no value of this map's kind */
  checkValue(value: unknown): void {
    if (!this.#acceptsValue(value)) refuse(this.value, value, 'value');
  }

  /** Notes a change of entries. */
  touch(): void {
    this.version++;
    if (this.successor !== undefined) this.#dropSuccessor();
  }

  /** Entries that were to move stay: what they were moving to would be of others, and takes of what the map may have. */
  #dropSuccessor(): void {
    this.successor?.close();
    this.successor = undefined;
  }

  // --- one key ---

  /** Address of a key's value; 0 where there is none, or `key` is none of the map's kind. */
  find(key: unknown): number {
    const exports = this.#exports;
    if (exports === undefined) {
      this.checkAlive();
      return 0;
    }
    return this.#findKey(exports, this.#table, key, this.#instance as MapInstance);
  }

  /**
   * Address of a checked key's value, for `write`, which must follow where the key {@link isNew}.
   * @throws CapacityError
   */
  claim(key: unknown): number {
    if (this.#exports === undefined) this.open(this.options.capacity);
    const at = this.#claimKey(this.#exports as MapExports, this.#table, key, this.#instance as MapInstance);
    if (at !== 0) return at;
    this.afterRefusal(0, this.words.single);
    return this.claim(key);
  }

  /** The value at an address from `find` or `claim`. */
  read(at: number): unknown {
    return this.slots === undefined ? this.readNumber(at) : this.slots.get(this.readNumber(at) as number);
  }

  /** Writes a checked value to an address from `claim`. */
  write(at: number, value: unknown): void {
    this.touch();
    if (this.slots === undefined) this.#writeNumber(at, value as number);
    else if (isNew(at)) this.#writeNumber(at, this.slots.take(value));
    else this.slots.set(this.readNumber(at) as number, value);
  }

  /**
   * Adds a checked key to a set.
   * @throws CapacityError
   */
  add(key: unknown): void {
    if (isNew(this.claim(key))) this.touch();
  }

  /** Deletes a key; true if it was there. */
  remove(key: unknown): boolean {
    const exports = this.#exports;
    if (exports === undefined) return this.checkAlive();
    if (!this.#acceptsKey(key)) return false;
    if (this.slots !== undefined) this.#releaseSlot(this.slots, key);
    if (this.#removeKey(exports, this.#table, key, this.#instance as MapInstance) === 0) return false;
    this.touch();
    return true;
  }

  #releaseSlot(slots: Slots, key: unknown): void {
    const at = this.find(key);
    if (at !== 0) slots.release(this.readNumber(at) as number);
  }

  /** What the table holds at an address: the value, or its slot number. */
  readNumber(at: number): number | bigint {
    const index = at >>> this.#shift;
    return (index < this.#numbers.length ? this.#numbers : this.#renewNumbers(index))[index] as number | bigint;
  }

  #writeNumber(at: number, number: number): void {
    const index = at >>> this.#shift;
    (index < this.#numbers.length ? this.#numbers : this.#renewNumbers(index))[index] = number;
  }

  /** The memory has grown since the view was made. */
  #renewNumbers(index: number): NumericArray {
    this.#numbers = (this.#place as Place).instance.viewTo(this.value.view, index + 1);
    return this.#numbers;
  }

  // --- the whole table ---

  /**
   * Makes the table, for as many entries as it should hold before it grows.
   * @param fresh in new memory, that is no larger than need be
   * @throws CapacityError
   */
  open(entries: number, fresh = false): Place {
    this.checkAlive();
    this.seed ??= randomSeed(); // which a host may not have: before there is a table
    const place = openTable(this.tableOptions(fresh), entries);
    this.adopt(place);
    this.#kept = this.options.capacity;
    this.#keepRoom();
    return place;
  }

  /** Has the table, which has as much room, or more, keep it. */
  #keepRoom(): void {
    if (this.#kept > 0) this.#exports?.reserve(this.#table, this.#kept, true);
  }

  /** Takes a table that was made for it. The seed must be there. */
  adopt(place: Place): void {
    place.instance.views.u32[(place.table + place.instance.layout.SEED) >>> 2] = this.seed as number;
    this.#setPlace(place);
  }

  /** Drops a table that is not whole, if there is one. */
  abandon(): void {
    const place = this.#place;
    this.#setPlace(undefined);
    if (place !== undefined) abandonTable(place);
  }

  /** What a table of this store must be. @param fresh see {@link open} */
  tableOptions(fresh = false): TableOptions {
    const { entriesPerPage, maxBytes } = this.options;
    const { key, value } = this;
    const name = moduleFor(key, value);
    return { name, native: this.native, valueBytes: value.bytes, entriesPerPage, maxBytes, fresh };
  }

  /** Notes what native kernels did of a batch's part, in the table's memory. */
  noteServed(instance: MapInstance): void {
    this.nativeRows += instance.takeServed();
  }

  /** {@link clear}, also after `dispose`. */
  close(): void {
    if (this.#place !== undefined) this.#noteTotals(this.#place);
    this.#dropTable();
  }

  #noteTotals(place: Place): void {
    Object.assign(this.totalsBefore, totalsOf(place, this.totalsBefore));
  }

  #dropTable(): void {
    const place = this.#place;
    if (place === undefined) return;
    this.touch();
    this.slots?.clear();
    this.#setPlace(undefined);
    closeTable(place);
  }

  /** Deletes all entries and gives their memory back. */
  clear(): void {
    this.checkAlive();
    this.close();
  }

  /** Makes room for `entries` entries in all; `keeps` it, whatever is deleted. @throws CapacityError */
  reserve(entries: number, keeps: boolean): void {
    this.#dropSuccessor();
    let kept = 0;
    if (this.#place !== undefined && this.size === 0 && this.growAt < entries) {
      kept = this.#kept;
      this.close(); // a new table takes the size at once, an old one grows up to it
    }
    if (this.#place === undefined) {
      this.open(Math.max(entries, this.options.capacity));
      this.#kept = Math.max(kept, this.#kept);
      this.#keepRoom();
    }
    while (this.#exports?.reserve(this.#table, entries, keeps) === 0) this.afterRefusal(0, 'reserve');
    if (keeps) this.#kept = Math.max(this.#kept, entries);
  }

  /**
   * Does work that is due, or will be soon, for about `budgetMs` milliseconds, a step at least.
   * @returns is there more to do?
   */
  maintain(budgetMs: number): boolean {
    this.checkAlive();
    if (this.#exports === undefined) return false;
    const end = performance.now() + budgetMs;
    for (let step = 0; step < MOST_STEPS; step++) {
      if (this.#exports.maintain(this.#table) === 0) return false;
      if (performance.now() >= end) return true;
    }
    return true;
  }

  /**
   * Takes over the table of another store with the same entries, and gives its own memory back.
   * @param slots what the numbers in that table are of
   * @param keeps does it keep the room that was asked for?
   */
  takeTable(from: Store, slots: Slots | undefined, keeps: boolean): void {
    const { size } = this;
    const old = this.#place as Place;
    this.#noteTotals(old);
    this.totalsBefore.moved += size;
    this.touch();
    this.slots = slots;
    this.#setPlace(from.#place);
    from.#setPlace(undefined);
    if (!keeps) this.#kept = 0;
    this.#keepRoom();
    closeTable(old);
  }

  /** Gives the memory back for good: from now on every call throws but this one. */
  dispose(): void {
    this.#dropTable(); // nobody will ask what it did
    this.touch();
    this.#disposed = true;
  }

  /**
   * Acts on the table's refusal of a write: moves it to another pool, or out of the pools.
   * @throws CapacityError where that can't be, or was not the reason
   */
  afterRefusal(rows: number, what: string): void {
    const place = this.#place as Place;
    const { layout } = place.instance;
    const refusal = this.#field(layout.REFUSAL);
    try {
      if (refusal === layout.REFUSED_BLOCK) this.#setPlace(changePool(place, this.tableOptions()));
      else if (refusal === layout.REFUSED_POOL) this.#setPlace(moveOut(place, this.tableOptions()));
      else throw new CapacityError(this.#fullMessage());
      this.#keepRoom();
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      throw new CapacityError(`${what}: ${error.message}; ${rows} rows were applied`, rows);
    }
  }

  #fullMessage(): string {
    const bytes = ((this.#exports as MapExports).bytesOf(this.#table) >>> 0).toLocaleString('en');
    return `the ${this.words.noun} is full: ${this.size} entries in ${bytes} bytes, maxBytes is ${this.options.maxBytes}`;
  }

  #setPlace(place: Place | undefined): void {
    this.#place = place;
    this.#instance = place?.instance;
    this.#exports = place?.instance.exports;
    this.#table = place?.table ?? 0;
    this.#numbers = place === undefined ? this.value.empty : place.instance.views[this.value.view];
  }
}

const MODULES: Readonly<Record<number, Readonly<Record<number, MapModuleName>>>> = {
  4: { 0: 'k4v0', 4: 'k4v4', 8: 'k4v8' },
  8: { 0: 'k8v0', 4: 'k8v4', 8: 'k8v8' },
};

/** The module for keys and values of these kinds. */
function moduleFor(key: Kind, value: Kind): MapModuleName {
  return key.isBytes ? 'bytes' : (MODULES[key.bytes]?.[value.bytes] as MapModuleName);
}

/** Is an address from `claim` that of a new key, whose value is not written yet? */
export function isNew(at: number): boolean {
  return (at & IS_NEW) !== 0;
}
