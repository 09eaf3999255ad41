/** node child.js <contender> <entries>: measures a contender in this process and prints the figures as JSON. */
import { CLOCK, cpuMicros } from './clock.js';
import { run } from './measure.js';

const [contender, entries] = [process.argv[2], Number(process.argv[3])];
const host = `Node ${process.versions.node}`;
console.log(JSON.stringify({ host, clock: CLOCK, ...run(contender, entries, cpuMicros) }));
