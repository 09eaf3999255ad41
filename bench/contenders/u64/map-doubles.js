import { builtin } from '../builtin.js';
import { doubles } from './forms.js';

/** What a program does whose keys fit: doubles, of which no two here are alike and none is a small integer. */
export default { ...builtin, form: doubles };
