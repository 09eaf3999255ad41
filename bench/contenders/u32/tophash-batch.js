import { batches } from '../batches.js';

export default batches('u32', 'u32');
