/**
 * npm run test:native [-- --rounds N --calls N --seed N]
 *
 * The native kernels against v128: their layout, their hashes, programs on tables, hostile calls under sanitizers, a host in wasmtime that offers them, and the whole suite with maps that use them. Over emulated instructions, so on
 * any x86-64 Linux; needs a C compiler, SIMDe, and Python 3. --rounds says how many programs, --calls how many hostile calls.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pythonWithWasmtime } from '../wasi/wasmtime.js';
import { buildAddon, buildFuzzer, fuzzerPath } from './build.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    calls: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
});
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = { ...process.env, TOPHASH_ROUNDS: values.rounds, TOPHASH_SEED: values.seed };

function run(program, ...args) {
  const { status } = spawnSync(program, args, { stdio: 'inherit', env });
  if (status !== 0) process.exitCode = 1;
}

buildAddon();
buildFuzzer();
execFileSync(process.execPath, [path('../../scripts/build.js'), 'native', 'native-debug'], { stdio: 'inherit' });
run(process.execPath, path('../../scripts/native-layout.js'), '--check');
run(process.execPath, path('hashes.test.js'));
run(process.execPath, path('tables.test.js'));
run(fuzzerPath, values.calls, values.seed);
run(
  pythonWithWasmtime(),
  path('../wasi/native_host.py'),
  path('../../build/wasm/native-k4v4.wasm'),
  path('../../build/addon/kernels.so'),
);
run(process.execPath, path('../run.js'), '--native');
