/** A program that imports the package and no more, for run.js. */
import 'tophash';
import { end } from './end.js';
end();
