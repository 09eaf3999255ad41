import { singles } from '../singles.js';
import { bigints } from './forms.js';

export default { ...singles('u64', 'f64'), form: bigints };
