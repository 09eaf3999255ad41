/**
 * What is promised of an open iterator, checked from row to row: a row is an entry of that moment and no key comes
 * twice; at the end, every key that was there throughout has come.
 */
import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { isSame, KeyMap, KeySet } from './byte-domains.js';
import { Model } from './model.js';

/** A model that knows since when it has each key, so that walkers need not be told of deletions. */
export class DatedModel extends Model {
  #now = 0;
  #since = new KeyMap();

  set(key, value) {
    if (!this.has(key)) this.#since.set(key, ++this.#now);
    return super.set(key, value);
  }

  clear() {
    this.#since.clear();
    super.clear();
  }

  /** A date after all that happened and before all that will. */
  date() {
    return ++this.#now;
  }

  *keysSince(date) {
    for (const key of this.keys()) if (this.#since.get(key) < date) yield key;
  }
}

/** Rows that one traversal of `model` has given so far. It starts when it is made. */
export class Visit {
  #model;
  #start;
  #given = new KeySet();

  constructor(model) {
    this.#model = model;
    this.#start = model.date();
  }

  key(key) {
    if (!this.#model.has(key)) assert.unreachable(`the key ${key} was given and is not in the map`);
    if (this.#given.has(key)) assert.unreachable(`the key ${key} was given twice`);
    this.#given.add(key);
  }

  entry(key, value) {
    this.key(key);
    same(value, this.#model.get(key), `the key ${key} was given with another value`);
  }

  end() {
    for (const key of this.#model.keysSince(this.#start)) {
      if (!this.#given.has(key)) assert.unreachable(`the key ${key} was there throughout and was not given`);
    }
  }
}

export const ways = ['keys', 'values', 'entries', Symbol.iterator].map((way) => ({ name: String(way), way }));

/** An open iterator of a map and what it must do. It starts with the first call of `next`. */
export class Walker {
  #iterator;
  #model;
  #name;
  #visit;
  /** Goes along with an iterator of values, which tell nothing of their keys: all iterators walk in one order. */
  #twin;
  done = false;

  constructor(map, model, name) {
    const { way } = ways.find((one) => one.name === name);
    this.#iterator = map[way]();
    this.#model = model;
    this.#name = name;
    if (name === 'values') this.#twin = map.entries();
    assert.is(this.#iterator[Symbol.iterator](), this.#iterator);
  }

  get active() {
    return this.#visit !== undefined && !this.done;
  }

  /** The key of the next row; undefined at the end, and ever after. */
  next() {
    this.#visit ??= new Visit(this.#model);
    const { value, done } = this.#iterator.next();
    const twin = this.#twin?.next();
    if (this.done) assert.is(done, true, `${this.#name} went on behind its end`);
    if (twin) assert.is(twin.done, done, 'values ended with entries');
    if (done) {
      assert.is(value, undefined);
      if (!this.done) this.#visit.end();
      this.done = true;
      return undefined;
    }
    return this.#row(value, twin?.value);
  }

  /** As a loop that is left does. */
  leave() {
    this.#iterator.return?.();
    this.#twin?.return?.();
  }

  /** Its map was disposed: it may throw or end, but gives nothing. */
  orphaned() {
    try {
      assert.is(this.#iterator.next().done, true, 'an iterator of a disposed map gave a row');
    } catch (error) {
      assert.match(error.message, /disposed/);
    }
  }

  #row(value, twin) {
    if (this.#name === 'keys') {
      this.#visit.key(value);
      return value;
    }
    const entry = twin ?? value;
    assert.is(entry.length, 2);
    this.#visit.entry(...entry);
    if (twin) same(value, twin[1], 'values gave another value than entries');
    return entry[0];
  }
}

/** A scan under way and what it must do. */
export class Scan {
  #model;
  #cursor = 0;
  #visit;
  done = false;

  constructor(model) {
    this.#model = model;
    this.#visit = new Visit(model);
  }

  /**
   * One call: of that map, or of another one with the same seed and the entries that the model has. Returns how many
   * rows came.
   */
  call(map, limit) {
    const { cursor, keys, values } = map.scan(this.#cursor, limit);
    assert.ok(Number.isSafeInteger(cursor) && cursor >= 0, `${cursor} is no cursor`);
    assert.is(keys.length, values.length);
    if (cursor !== 0 && limit !== undefined) assert.ok(keys.length >= limit, `${keys.length} rows, limit ${limit}`);
    keys.forEach((key, row) => this.#visit.entry(key, values[row]));
    this.#cursor = cursor;
    if (cursor === 0) {
      this.#visit.end();
      this.done = true;
    }
    return keys.length;
  }

  /** Calls up to the end, which must come. */
  drain(map, limit) {
    for (let left = 2 * this.#model.size + 100; !this.done; left--) {
      if (left < 0) assert.unreachable('a scan without end');
      this.call(map, limit);
    }
  }
}

function same(actual, expected, what) {
  if (!isSame(actual, expected)) assert.unreachable(`${what}: ${inspect(actual)}, expected ${inspect(expected)}`);
}
