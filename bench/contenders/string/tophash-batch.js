import { batches } from '../batches.js';

/** Columns of bytes, as they are. */
export default batches('string', 'u32');
