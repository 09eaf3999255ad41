/**
 * npm run test:native [-- --rounds N --batches N --calls N --seed N --emulate]
 *
 * The native kernels against v128: their layout, their hashes, programs on tables, random batches of the whole library,
 * hostile calls under sanitizers, a host in wasmtime that offers them, and the whole suite with maps that use them.
 * Over the processor's instructions, or, where it lacks them or --emulate is given, over emulated ones, so on any
 * x86-64 Linux; needs a C compiler and Python 3, and SIMDe to emulate. --rounds says how many programs, --batches how
 * many batches, --calls how many hostile calls.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pythonWithWasmtime } from '../wasi/wasmtime.js';
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    batches: { type: 'string', default: '4000' },
    emulate: { type: 'boolean', default: false },
    calls: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
});
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
if (values.emulate) process.env.TOPHASH_EMULATE = '1';
const { buildAddon, buildFuzzer, fuzzerPath, isReal } = await import('./build.js');
const env = {
  ...process.env,
  TOPHASH_ROUNDS: values.rounds,
  TOPHASH_BATCHES: values.batches,
  TOPHASH_SEED: values.seed,
};
console.log(`over ${isReal ? "the processor's" : 'emulated'} instructions`);

function run(program, ...args) {
  const { status } = spawnSync(program, args, { stdio: 'inherit', env });
  if (status !== 0) process.exitCode = 1;
}

buildAddon();
buildFuzzer();
execFileSync(process.execPath, [path('../../scripts/build.js'), 'release', 'native', 'native-debug'], {
  stdio: 'inherit',
});
run(process.execPath, path('../../scripts/native-layout.js'), '--check');
run(process.execPath, path('hashes.test.js'));
run(process.execPath, path('tables.test.js'));
run(process.execPath, path('byte-tables.test.js'));
run(process.execPath, path('batches.test.js'));
run(process.execPath, path('pages.test.js'));
run(process.execPath, path('earlier-maps.test.js'));
run(process.execPath, path('hosts.test.js'));
run(fuzzerPath, values.calls, values.seed);
run(
  pythonWithWasmtime(),
  path('../wasi/native_host.py'),
  path('../../build/wasm/native-k4v4.wasm'),
  path('../../build/addon/kernels.so'),
);
run(process.execPath, path('../run.js'), '--native');
