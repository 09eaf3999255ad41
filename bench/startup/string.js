/** A program that asks a map of strings for a key, for run.js. */
import { HashMap } from 'tophash';
import { end } from './end.js';
const map = new HashMap({ key: 'string', value: 'f64' });
map.set('a', 2);
if (map.get('a') !== 2) throw new Error('not what was set');
end();
