// Compiles one module in a worker thread: asc, then a pass of binaryen, which also checks what must hold of the binary.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import asc from 'assemblyscript/asc';
import binaryen from 'binaryen';
import { modulesOf, UNPACKER } from './modules.js';

const { root, target, name, out } = workerData;
const { entry, types, bytes } = modulesOf(target)[name] ?? UNPACKER;
const use = Object.entries(types).flatMap(([alias, type]) => ['--use', `${alias}=${type}`]);
use.push('--use', `BYTES=${bytes ? 1 : 0}`);
const { error, stderr } = await asc.main([
  entry,
  '--config',
  join(root, 'asconfig.json'),
  '--target',
  target,
  ...use,
  '--outFile',
  out,
  '--baseDir',
  root,
]);
if (error) {
  console.error(stderr.toString());
  throw error;
}
writeFileSync(out, optimise(readFileSync(out)));

/**
 * A pass of binaryen over what asc made. Debug builds are left as they are, and they and the profiling build keep their
 * names.
 */
function optimise(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(
    binaryen.Features.SIMD128 | binaryen.Features.BulkMemory | binaryen.Features.BulkMemoryOpt | module.getFeatures(),
  );
  if (!target.endsWith('debug')) {
    binaryen.setOptimizeLevel(3);
    binaryen.setShrinkLevel(0);
    binaryen.setDebugInfo(target === 'profile');
    module.optimize();
  }
  if (!module.validate()) throw new Error(`${target} ${name}: binaryen made an invalid module`);
  const optimised = module.emitBinary();
  module.dispose();
  return optimised;
}
