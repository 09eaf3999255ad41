import { singles } from '../singles.js';

export default singles('u32', 'u32');
