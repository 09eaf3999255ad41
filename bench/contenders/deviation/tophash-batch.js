import { HashMap } from 'tophash';
import { SEED } from '../../rows/deviation-rows.js';
import { batches } from '../batches.js';

/** The keys are chosen for this seed. */
export default { ...batches('u32', 'u32'), create: () => new HashMap({ key: 'u32', value: 'u32', seed: SEED }) };
