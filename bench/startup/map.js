/** A program that asks a map of u32 for a key, for run.js. */
import { HashMap } from 'tophash';
import { end } from './end.js';
const map = new HashMap({ key: 'u32', value: 'u32' });
map.set(1, 2);
if (map.get(1) !== 2) throw new Error('not what was set');
end();
