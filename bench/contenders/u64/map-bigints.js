import { builtin } from '../builtin.js';
import { bigints } from './forms.js';

export default { ...builtin, form: bigints };
