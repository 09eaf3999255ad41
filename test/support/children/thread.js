/**
 * A thread that fills maps of several kinds by batches that make them grow, looks everything up, and says what it
 * found.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { HashMap } from '../tophash.js';

const { rows, seed } = workerData;
const report = {};
for (const key of ['u32', 'u64', 'string']) {
  const map = new HashMap({ key, value: 'u32', seed });
  const keys = columnOf(key);
  const values = Uint32Array.from({ length: rows }, (_, i) => i ^ seed);
  map.putAll(keys, values);
  map.putAll(keys, 1, 'add');
  const found = map.getAll(keys);
  const wrong = found.values.findIndex((value, i) => value !== (values[i] + 1) >>> 0);
  const { size, nativeRows, backend } = map.stats();
  report[key] = { size, hits: found.hits, wrong, backend, served: nativeRows > 0 };
}
parentPort.postMessage(report);

function columnOf(key) {
  if (key === 'u64') return BigUint64Array.from({ length: rows }, (_, i) => (BigInt(i) << 20n) + BigInt(seed));
  const numbers = Uint32Array.from({ length: rows }, (_, i) => Math.imul(i, 0x9e3779b1) + seed);
  return key === 'u32' ? numbers : Array.from(numbers, String);
}
