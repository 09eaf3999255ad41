/** A program that does nothing, for run.js: what a process costs. */
import { end } from './end.js';
end();
