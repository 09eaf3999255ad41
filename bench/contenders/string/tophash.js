import { singles } from '../singles.js';
import { fresh } from './forms.js';

export default { ...singles('string', 'u32'), form: fresh };
