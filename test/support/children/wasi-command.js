/** Runs the WASI command with the arguments of this program, on its standard input and output. */
import { start } from '../wasi.js';

process.exitCode = start(process.argv.slice(2));
