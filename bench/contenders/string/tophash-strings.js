import { batches } from '../batches.js';
import { fresh } from './forms.js';

export default { ...batches('string', 'u32'), form: fresh };
