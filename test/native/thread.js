/**
 * A thread with a library of its own that uses native kernels: fills a map, from empty, and asks it, batch by batch,
 * and another one without kernels; posts how they differ.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../support/random.js';
import { useKernels } from '../support/native.js';
import * as v128 from '../../build/release/index.js';
import * as native from '../../build/native/index.js';

await useKernels('native');

const random = new Random(workerData.seed);
const BATCHES = 120;
const options = { key: 'u32', value: 'f64', seed: workerData.seed };
const maps = [v128, native].map(({ HashMap }) => new HashMap(options));
let rows = 0;
let different = '';

function compare(what, run) {
  const [expected, got] = maps.map((map) => JSON.stringify(run(map)));
  if (got !== expected && different === '') different = `${what} after ${rows} rows: ${got}, and ${expected} in v128`;
}

for (let batch = 0; batch < BATCHES; batch++) {
  const keys = Uint32Array.from({ length: random.below(4000) }, () => random.below(400000));
  const values = Float64Array.from(keys, (key) => key / 3);
  rows += keys.length * 3;
  compare('putAll', (map) => map.putAll(keys, values, 'keep'));
  compare('getAll', (map) => {
    const { values, found, hits } = map.getAll(keys);
    return [hits, values.at(-1), Buffer.from(found).toString('latin1')];
  });
  compare('hasAll', (map) => Buffer.from(map.hasAll(keys.map((key) => key + 1))).toString('latin1'));
}
compare('snapshot', (map) => Buffer.from(map.snapshot()).toString('base64'));
const { nativeRows: served, moved } = maps[1].stats();
parentPort?.postMessage({ rows, served, moved, different });
