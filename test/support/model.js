import { KeyMap } from './byte-domains.js';
import { keyKinds, merge, valueKind } from './kinds.js';

/** What a HashMap has to be: a Map and the batches, row by row, in the plainest way. */
export class Model extends KeyMap {
  constructor(key, value, entries = []) {
    super();
    this.kinds = { key, value };
    for (const [k, v] of entries) this.set(k, v);
  }

  put(key, value, how = 'replace') {
    const stored = valueKind(this.kinds.value).store(value);
    const fresh = !this.has(key);
    this.set(key, fresh ? stored : merge(this.kinds.value, how, this.get(key), stored));
    return fresh;
  }

  /** `values` is a column, or one value for all rows. */
  putAll(keys, values, how) {
    const column = Array.isArray(values) || ArrayBuffer.isView(values);
    let fresh = 0;
    for (let row = 0; row < keys.length; row++) {
      if (this.put(keys[row], column ? values[row] : values, how)) fresh++;
    }
    return fresh;
  }

  getAll(keys, missing = valueKind(this.kinds.value).zero) {
    const stored = valueKind(this.kinds.value).store(missing);
    const values = valueKind(this.kinds.value).Column.from(keys, (key) => (this.has(key) ? this.get(key) : stored));
    const found = this.hasAll(keys);
    return { values, found, hits: found.reduce((sum, bit) => sum + bit, 0) };
  }

  hasAll(keys) {
    return Uint8Array.from(keys, (key) => (this.has(key) ? 1 : 0));
  }

  deleteAll(keys) {
    let deleted = 0;
    for (const key of keys) if (this.delete(key)) deleted++;
    return deleted;
  }

  keyColumn() {
    return keyKinds[this.kinds.key].Column.from(this.keys());
  }

  valueColumn() {
    return valueKind(this.kinds.value).Column.from(this.values());
  }
}
