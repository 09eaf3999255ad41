import { importPeer } from '../../peers/index.js';
import { loops } from '../loops.js';

/** A native addon, written in C: every call crosses into it, every key is turned into text. */
const { default: MegaHash } = await importPeer('megahash');

/** With a size and a `delete` as the built-in Map has them. */
class SizedHash extends MegaHash {
  get size() {
    return this.length();
  }

  /** @param {number} key */
  delete(key) {
    return this.remove(key);
  }
}

export default {
  ...loops,
  create: () => new SizedHash(),
  /** @param {SizedHash} map */
  bytes(map) {
    const { dataSize, indexSize, metaSize } = map.stats();
    return dataSize + indexSize + metaSize;
  },
  dispose: (/** @type {SizedHash} */ map) => map.clear(),
};
