import { importPeer } from '../../peers/index.js';
import { builtin } from '../builtin.js';
import { fmix32 } from './open-addressing.js';

const { HashMap } = await importPeer('@thi.ng/associative');

/**
 * Open addressing over arrays, for keys of any type, with a hash and an equality of one's own. Its `cap` is at most 4:
 * it can't be presized.
 */
const options = { hash: fmix32, equiv: (/** @type {number} */ a, /** @type {number} */ b) => a === b };

export default { ...builtin, create: () => new HashMap(null, options) };
