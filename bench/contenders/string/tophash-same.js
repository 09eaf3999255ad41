import { singles } from '../singles.js';
import { same } from './forms.js';

export default { ...singles('string', 'u32'), form: same };
