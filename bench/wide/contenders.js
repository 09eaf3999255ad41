/**
 * Who is measured with keys of 64 bits and values that are doubles. Each works through whole columns, so that the loop, or the
 * batch, is its own code; loops sum the answers as they come, which is less work than storing them.
 */
import { HashMap } from 'tophash';
import { HalvesTable } from './halves.js';

/**
 * @typedef {object} Columns
 * @property {BigUint64Array} keys
 * @property {Float64Array} doubles as many keys, for those that have no 64-bit integers: no two alike, none a small integer
 * @property {Uint32Array} halves the words of `keys`, low ones first
 * @property {Float64Array} values room for the answers of a batch, or the values to write
 * @property {Uint8Array} found
 */

/**
 * @template M
 * @typedef {object} Contender
 * @property {() => M} create
 * @property {(map: M, columns: Columns) => void} put
 * @property {(map: M, columns: Columns) => number} get the sum of the values found
 * @property {(map: M) => void} [dispose]
 */

/** @type {Record<string, Contender<any>>} */
export const CONTENDERS = {
  tophash: {
    create: () => new HashMap({ key: 'u64', value: 'f64' }),
    put: (map, { keys, values }) => map.putAll(keys, values),
    get(map, { keys, values, found }) {
      map.getAll(keys, { values, found });
      return NaN; // summed by the caller: the answers are in `values`
    },
    dispose: (map) => map.dispose(),
  },

  'Map of doubles': {
    create: () => new Map(),
    put(map, { doubles, values }) {
      for (let i = 0; i < doubles.length; i++) map.set(doubles[i], values[i]);
    },
    get(map, { doubles }) {
      let sum = 0;
      for (let i = 0; i < doubles.length; i++) sum += map.get(doubles[i]);
      return sum;
    },
  },

  'Map of BigInts': {
    create: () => new Map(),
    put(map, { keys, values }) {
      for (let i = 0; i < keys.length; i++) map.set(keys[i], values[i]);
    },
    get(map, { keys }) {
      let sum = 0;
      for (let i = 0; i < keys.length; i++) sum += map.get(keys[i]);
      return sum;
    },
  },

  'JS-OA on halves': {
    create: () => new HalvesTable(),
    put(map, { halves, values }) {
      for (let i = 0; i < values.length; i++) map.set(halves[2 * i], halves[2 * i + 1], values[i]);
    },
    get(map, { halves }) {
      let sum = 0;
      for (let i = 0; i < halves.length; i += 2) sum += /** @type {number} */ (map.get(halves[i], halves[i + 1]));
      return sum;
    },
  },
};
