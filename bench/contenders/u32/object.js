import { loops } from '../loops.js';

/** A plain object, used as a map. It does not know its size, which is asked for untimed. */
class ObjectMap {
  /** @type {Record<number, number>} */
  object = Object.create(null);

  get size() {
    return Object.keys(this.object).length;
  }

  /** @param {number} key */
  get(key) {
    return this.object[key];
  }

  /** @param {number} key */
  has(key) {
    return key in this.object;
  }

  /**
   * @param {number} key
   * @param {number} value
   */
  set(key, value) {
    this.object[key] = value;
  }

  /** @param {number} key */
  delete(key) {
    return key in this.object && delete this.object[key];
  }

  *[Symbol.iterator]() {
    for (const key in this.object) yield /** @type {[number, number]} */ ([Number(key), this.object[key]]);
  }
}

/** @type {import('../index.js').Contender<ObjectMap>} */
export default {
  ...loops,
  iterate(map) {
    const { object } = map;
    let sum = 0;
    for (const key in object) sum = (sum + Number(key) + object[key]) | 0;
    return sum;
  },
  create: () => new ObjectMap(),
  bytes: () => undefined,
  dispose() {},
};
