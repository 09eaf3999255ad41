import { loops } from '../loops.js';

/**
 * "JS-OA": what a good JavaScript programmer writes before adding a dependency. u32 to u32, one
 * interleaved Int32Array (slot i is key at 2i, value at 2i + 1; key 0 means an empty slot), linear
 * probing, load factor at most 0.5, growth by doubling, backward-shift delete, key 0 kept apart.
 */
export class OpenAddressing {
  constructor(capacity = 8) {
    const slots = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.slots = new Int32Array(slots * 2);
    this.mask = this.slots.length - 1;
    this.size = 0;
    /** @type {number | undefined} */
    this.zero = undefined;
  }

  /**
   * Index of the slot that holds the key, or of the empty slot where its probe sequence ends.
   * @param {number} key
   */
  find(key) {
    const { slots, mask } = this;
    let at = (fmix32(key) << 1) & mask;
    while (slots[at] !== key && slots[at] !== 0) at = (at + 2) & mask;
    return at;
  }

  /** @param {number} key */
  get(key) {
    key |= 0;
    if (key === 0) return this.zero;
    const at = this.find(key);
    return this.slots[at] === key ? this.slots[at + 1] >>> 0 : undefined;
  }

  /** @param {number} key */
  has(key) {
    key |= 0;
    return key === 0 ? this.zero !== undefined : this.slots[this.find(key)] === key;
  }

  /**
   * @param {number} key
   * @param {number} value
   */
  set(key, value) {
    key |= 0;
    if (key === 0) {
      if (this.zero === undefined) this.size++;
      this.zero = value;
      return;
    }
    let at = this.find(key);
    if (this.slots[at] === 0) {
      if (++this.size * 4 > this.slots.length) {
        this.grow();
        at = this.find(key);
      }
      this.slots[at] = key;
    }
    this.slots[at + 1] = value;
  }

  /**
   * Adds to the value of a key, which is 0 where there is none.
   * @param {number} key
   * @param {number} value
   */
  add(key, value) {
    key |= 0;
    const at = this.find(key);
    if (key !== 0 && this.slots[at] === key) this.slots[at + 1] += value;
    else this.set(key, (this.get(key) ?? 0) + value);
  }

  grow() {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.mask = this.slots.length - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === 0) continue;
      const at = this.find(old[i]);
      this.slots[at] = old[i];
      this.slots[at + 1] = old[i + 1];
    }
  }

  /** @param {(value: number, key: number) => void} callback */
  forEach(callback) {
    const { slots } = this;
    if (this.zero !== undefined) callback(this.zero, 0);
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at] !== 0) callback(slots[at + 1] >>> 0, slots[at] >>> 0);
    }
  }

  /** @param {number} key */
  delete(key) {
    key |= 0;
    const { slots, mask } = this;
    if (key === 0) {
      const had = this.zero !== undefined;
      this.zero = undefined;
      if (had) this.size--;
      return had;
    }
    let hole = this.find(key);
    if (slots[hole] === 0) return false;
    for (let at = (hole + 2) & mask; slots[at] !== 0; at = (at + 2) & mask) {
      const home = (fmix32(slots[at]) << 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at];
      slots[hole + 1] = slots[at + 1];
      hole = at;
    }
    slots[hole] = 0;
    this.size--;
    return true;
  }
}

/**
 * The finalizer of MurmurHash3.
 * @param {number} x
 */
export function fmix32(x) {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** @type {import('../index.js').Contender<OpenAddressing>} */
export default {
  ...loops,
  iterate(map) {
    let sum = 0;
    map.forEach((value, key) => {
      sum = (sum + key + value) | 0;
    });
    return sum;
  },
  columns(map) {
    const keys = new Uint32Array(map.size);
    const values = new Uint32Array(map.size);
    let row = 0;
    map.forEach((value, key) => {
      keys[row] = key;
      values[row++] = value;
    });
    return [keys, values];
  },
  create: (capacity) => new OpenAddressing(capacity),
  bytes: (map) => map.slots.byteLength,
  dispose() {},
};
