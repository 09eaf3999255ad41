/**
 * What the tests of iteration share: a map and its model written side by side, and walks that hold an iterator to its
 * guarantee.
 */
import * as assert from 'uvu/assert';
import { make } from './behaviour.js';
import { KeyMap, KeySet } from './byte-domains.js';
import { allPairs, valueKind } from './kinds.js';

export const valueNames = [...new Set(allPairs.map(({ value }) => value))];

/** All ways through a map. */
export const forms = ['entries', 'keys', 'values', 'for of', 'forEach'];

/** Number n as a value of a kind; for 'any' an object or a string. */
export function valueFor(kind, n) {
  if (kind === 'any') return n % 2 === 0 ? { n } : `value ${n}`;
  return kind === 'u64' || kind === 'i64' ? BigInt(n) : n;
}

export function valueColumn(kind, values) {
  return valueKind(kind).Column.from(values);
}

/**
 * A map and a Map that every write goes to. Each write has a value of its own, so that a value tells its key and its
 * time. Walks under way learn what was deleted, for from then on they need not produce it.
 */
export class Twin {
  #walks = new Set();
  #keyOf = new Map();
  #writes = 0;

  constructor(key = 'u32', value = 'u32', options) {
    this.kinds = { key, value };
    this.map = make(key, value, options);
    this.model = new KeyMap();
  }

  #draw(key) {
    const value = valueFor(this.kinds.value, ++this.#writes);
    this.#keyOf.set(value, key);
    this.model.set(key, value);
    return value;
  }

  keyOf(value) {
    return this.#keyOf.get(value);
  }

  set(key) {
    this.map.set(key, this.#draw(key));
    return this;
  }

  delete(key) {
    const had = this.model.delete(key);
    assert.is(this.map.delete(key), had);
    if (had) for (const walk of this.#walks) walk.excuse(key);
    return had;
  }

  clear() {
    this.map.clear();
    this.model.clear();
    for (const walk of this.#walks) walk.excuseAll();
  }

  putAll(keys) {
    const before = this.model.size;
    const values = Array.from(keys, (key) => this.#draw(key));
    assert.is(this.map.putAll(keys, valueColumn(this.kinds.value, values)), this.model.size - before);
    return this;
  }

  deleteAll(keys) {
    let count = 0;
    for (const key of keys) {
      if (!this.model.delete(key)) continue;
      count++;
      for (const walk of this.#walks) walk.excuse(key);
    }
    assert.is(this.map.deleteAll(keys), count);
  }

  /** A walk by hand: `next()` gives keys, then undefined. */
  walk(form = 'entries') {
    return new Walk(this, form);
  }

  /**
   * A walk to the end by any of `forms`; `body(key, walk)` may write to the twin. Returns the keys produced, in order.
   */
  each(form, body = () => {}) {
    if (form !== 'forEach') return this.walk(form).rest(body);
    const walk = new Walk(this);
    walk.begin();
    this.map.forEach((value, key) => body(walk.produced(key, value), walk));
    return walk.end();
  }

  attend(walk) {
    this.#walks.add(walk);
  }

  leave(walk) {
    this.#walks.delete(walk);
  }

  /** Everything is as the model says, by look-up and by iteration. */
  agrees() {
    assert.is(this.map.size, this.model.size);
    for (const [key, value] of this.model) if (!Object.is(this.map.get(key), value)) fail(`get(${key})`);
    this.each('entries');
  }
}

/** One iteration, and what it still owes: the keys that were there at its first step and have been ever since. */
class Walk {
  #twin;
  #form;
  #iterator;
  #owed;
  #seen = new KeySet();

  constructor(twin, form) {
    this.#twin = twin;
    this.#form = form;
    if (form !== undefined) this.#iterator = form === 'for of' ? twin.map[Symbol.iterator]() : twin.map[form]();
  }

  get steps() {
    return this.#seen.size;
  }

  get owed() {
    return this.#owed;
  }

  has(key) {
    return this.#seen.has(key);
  }

  begin() {
    this.#owed = new KeySet(this.#twin.model.keys());
    this.#twin.attend(this);
  }

  next() {
    if (this.#owed === undefined) this.begin();
    const { value, done } = this.#iterator.next();
    if (done) {
      this.end();
      return undefined;
    }
    switch (this.#form) {
      case 'keys':
        return this.produced(value);
      case 'values':
        return this.produced(this.#twin.keyOf(value), value);
      default:
        return this.produced(...value);
    }
  }

  rest(body = () => {}) {
    for (let key = this.next(); key !== undefined; key = this.next()) body(key, this);
    return [...this.#seen];
  }

  produced(key, ...values) {
    const { model } = this.#twin;
    if (this.#seen.has(key)) fail(`${key} was produced twice`);
    if (!model.has(key)) fail(`${key} was produced and is not there`);
    if (values.length > 0 && !Object.is(values[0], model.get(key)))
      fail(`${key} was produced with a value of another time`);
    this.#seen.add(key);
    this.#owed.delete(key);
    return key;
  }

  end() {
    this.#twin.leave(this);
    if (this.#owed.size > 0) fail(`${this.#owed.size} entries were left out, ${[...this.#owed][0]} among them`);
    return [...this.#seen];
  }

  excuse(key) {
    this.#owed.delete(key);
  }

  excuseAll() {
    this.#owed.clear();
  }
}

function fail(message) {
  assert.unreachable(message);
}
