import { builtin } from '../builtin.js';
import { fresh } from './forms.js';

export default { ...builtin, form: fresh };
