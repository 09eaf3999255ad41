/**
 * Makes small maps and drops them in one job, disposing of some of them late, when their pool may be full. Prints how
 * many pools they were in, and the resident memory before and after, the job still under way.
 */
import { poolRows, memoriesOf, turnOver } from '../pools.js';
import { distinctKeys } from '../random.js';

const keys = distinctKeys(poolRows, 1);
turnOver(1000, keys);
globalThis.gc();
const before = process.memoryUsage.rss();
const pools = memoriesOf(() => void turnOver(50_000, keys));
for (let i = 0; i < 2; i++) globalThis.gc();
console.log(JSON.stringify({ pools, before, after: process.memoryUsage.rss() }));
