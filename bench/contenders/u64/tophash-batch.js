import { batches } from '../batches.js';
import { bigints } from './forms.js';

export default { ...batches('u64', 'f64'), form: bigints };
