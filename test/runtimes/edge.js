/** Hosts that run bundles: edge-runtime, in a Node of its own, and workerd. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleTests } from './bundle.js';
import { packed } from './packed.js';
import { fromNpm, lastLine, modulesOf } from './processes.js';

const VERSIONS = { 'edge-runtime': '4.0.1', workerd: '1.20261117.1' };

export async function inEdgeRuntime(files, environment) {
  const version = VERSIONS['edge-runtime'];
  const edgeRuntime = join(modulesOf('edge-runtime', version), 'edge-runtime', 'dist', 'index.js');
  const { folder } = await bundle('edge-light', 'edge-entry.js', files, environment);
  const script = join(folder, 'tests.js');
  writeFileSync(script, `const { ${INTRINSICS.join(', ')} } = globalThis;\n${readFileSync(script, 'utf8')}`);
  const program = join(packed, 'test', 'runtimes', 'edge-program.js');
  const result = await lastLine(process.execPath, [program, edgeRuntime, script]);
  return { version, ...result };
}

export async function inWorkerd(files, environment) {
  const version = VERSIONS.workerd;
  const workerd = fromNpm('workerd', version, '@cloudflare/workerd-linux-64/bin/workerd');
  const { folder, wasm } = await bundle('workerd', 'workerd-entry.js', files, environment);
  const config = join(folder, 'config.capnp');
  writeFileSync(config, configOf(wasm, dateOf(version)));
  const result = await lastLine(workerd, ['test', '--no-verbose', config]);
  return { version, ...result };
}

/**
 * What tests call in loops. edge-runtime's context is of node:vm, where each look-up of a global asks the host, so that
 * a minute's tests would take five; a constant of the script is as fast as anywhere.
 */
const INTRINSICS = [
  ...[
    'Array',
    'ArrayBuffer',
    'BigInt',
    'DataView',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Set',
    'String',
  ],
  ...['BigInt64Array', 'BigUint64Array', 'Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array', 'Uint32Array'],
  ...['Symbol', 'TypeError', 'RangeError', 'WeakMap'],
];

/** Writes a bundle into a folder of its own, with the wasm that it imports. */
async function bundle(runtime, entry, files, environment) {
  const { code, wasm } = await bundleTests(entry, files, { ...environment, TOPHASH_RUNTIME: runtime }, runtime);
  const folder = join(packed, 'bundles', runtime);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tests.js'), code);
  for (const file of wasm) copyFileSync(file, join(folder, basename(file)));
  return { folder, wasm: wasm.map((file) => basename(file)) };
}

/** The day of a workerd: 1.20261117.1 knows all that is so named up to 2026-11-17. */
function dateOf(version) {
  const [, year, month, day] = /^1\.(\d{4})(\d\d)(\d\d)\./.exec(version);
  return `${year}-${month}-${day}`;
}

function configOf(wasm, date) {
  const modules = [
    '(name = "tests.js", esModule = embed "tests.js")',
    ...wasm.map((name) => `(name = "${name}", wasm = embed "${name}")`),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "tests", worker = .tests)]);
const tests :Workerd.Worker = (
  compatibilityDate = "${date}",
  modules = [
    ${modules.join(',\n    ')}
  ]
);
`;
}
