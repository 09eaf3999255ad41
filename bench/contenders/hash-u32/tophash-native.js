import { useKernels } from '../kernels.js';
import tophash from './tophash.js';

await useKernels();
/** The same function: from some length on it reads and writes the columns themselves. */
export default tophash;
