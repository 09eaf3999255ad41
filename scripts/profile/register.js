/** For `node --import`: the program imports the profiling build as 'tophash'. */
import { register } from 'node:module';

register('./hooks.js', import.meta.url);
