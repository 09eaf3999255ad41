import { builtin } from '../builtin.js';
import { same } from './forms.js';

export default { ...builtin, form: same };
