import { hash } from 'tophash';

export default { hash: hash.u32 };
