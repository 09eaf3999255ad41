/**
 * What a good JavaScript programmer writes for 64-bit keys before adding a dependency: open addressing over typed
 * arrays, a key as two 32-bit halves, so that no BigInt is made. Linear probing, load factor at most 0.5, growth by
 * doubling; a key of zeros means an empty slot and is kept apart.
 */
class HalvesTable {
  /** @param {number} slots a power of 2 */
  constructor(slots) {
    this.keys = new Int32Array(slots * 2);
    this.values = new Float64Array(slots);
    this.mask = slots - 1;
    this.size = 0;
    /** @type {number | undefined} */
    this.zero = undefined;
  }

  /**
   * The slot that holds the key, or the empty one where its probe sequence ends.
   * @param {number} low
   * @param {number} high
   */
  find(low, high) {
    const { keys, mask } = this;
    let slot = mix(low, high) & mask;
    for (;;) {
      const a = keys[2 * slot];
      const b = keys[2 * slot + 1];
      if ((a === low && b === high) || (a | b) === 0) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  get(low, high) {
    low |= 0;
    high |= 0;
    if ((low | high) === 0) return this.zero;
    const slot = this.find(low, high);
    return (this.keys[2 * slot] | this.keys[2 * slot + 1]) === 0 ? undefined : this.values[slot];
  }

  /**
   * @param {number} low
   * @param {number} high
   * @param {number} value
   */
  set(low, high, value) {
    low |= 0;
    high |= 0;
    if ((low | high) === 0) {
      if (this.zero === undefined) this.size++;
      this.zero = value;
      return;
    }
    let slot = this.find(low, high);
    if ((this.keys[2 * slot] | this.keys[2 * slot + 1]) === 0) {
      if (++this.size * 2 > this.mask + 1) {
        this.grow();
        slot = this.find(low, high);
      }
      this.keys[2 * slot] = low;
      this.keys[2 * slot + 1] = high;
    }
    this.values[slot] = value;
  }

  grow() {
    const { keys, values } = this;
    const bigger = new HalvesTable((this.mask + 1) * 2);
    for (let slot = 0; slot < values.length; slot++) {
      if ((keys[2 * slot] | keys[2 * slot + 1]) === 0) continue;
      const to = bigger.find(keys[2 * slot], keys[2 * slot + 1]);
      bigger.keys[2 * to] = keys[2 * slot];
      bigger.keys[2 * to + 1] = keys[2 * slot + 1];
      bigger.values[to] = values[slot];
    }
    this.keys = bigger.keys;
    this.values = bigger.values;
    this.mask = bigger.mask;
  }
}

/**
 * @param {number} low
 * @param {number} high
 */
function mix(low, high) {
  let h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** @type {Omit<import('../index.js').Contender<HalvesTable>, 'iterate' | 'columns' | 'remove'>} */
export default {
  create: (capacity = 8) => new HalvesTable(2 ** Math.ceil(Math.log2(capacity * 2))),
  fill(map, words, values) {
    for (let i = 0; i < values.length; i++) map.set(words[2 * i], words[2 * i + 1], values[i]);
  },
  get(map, lookup) {
    const { keys } = lookup;
    let sum = 0;
    for (let i = 0; i < keys.length; i += 2) {
      const value = map.get(keys[i], keys[i + 1]);
      if (value !== undefined) sum = (sum + value + 1) | 0;
    }
    lookup.checksum = sum;
  },
  has(map, lookup) {
    const { keys } = lookup;
    let found = 0;
    for (let i = 0; i < keys.length; i += 2) if (map.get(keys[i], keys[i + 1]) !== undefined) found++;
    lookup.checksum = found;
  },
  bytes: (map) => map.keys.byteLength + map.values.byteLength,
  dispose() {},
};
