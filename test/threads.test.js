import * as assert from 'uvu/assert';
import { Worker } from 'node:worker_threads';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { usesKernels } from './support/tophash.js';

const test = behaviour('threads');
const THREADS = 4;

function run(workerData) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./support/children/thread.js', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

test('threads have maps of their own at the same time, which grow under batches', async () => {
  const rows = budget(20_000, { debug: 1_000, high: 2_000, badHash: 300 });
  const reports = await Promise.all(Array.from({ length: THREADS }, (_, seed) => run({ rows, seed })));
  const whole = { size: rows, hits: rows, wrong: -1, backend: usesKernels ? 'avx512' : 'simd', served: usesKernels };
  for (const report of reports) assert.equal(report, { u32: whole, u64: whole, string: whole });
});

test.run();
