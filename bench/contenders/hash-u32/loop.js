import { fmix32 } from '../u32/open-addressing.js';

/** The same function as a loop in JavaScript. */
export default {
  /**
   * @param {Uint32Array} keys
   * @param {number} seed
   * @param {Uint32Array} out
   */
  hash(keys, seed, out) {
    for (let i = 0; i < keys.length; i++) out[i] = fmix32(keys[i] ^ seed);
  },
};
