// Builds the addon with the native kernels: needs `cc` (GCC or Clang) on x86-64 Linux, and nothing else but what `npm
// ci` has installed.
//
//   node scripts/build-native.js             packages/linux-x64/tophash.node, which the package takes the size and checksum of when it is built next
//   node scripts/build-native.js --test      build/addon/: the same, and kernels.so without the addon, for tests
//   node scripts/build-native.js --emulate   those over SIMDe (Debian: libsimde-dev), for tests on any processor
//
// The optional platform package lies where npm would install it, too, so that the package finds it here as it does at
// its users'.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNEL_FILES, KERNEL_FLAGS, PROCESSOR_FLAGS } from './native-flags.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = (...parts) => join(root, ...parts);
const cc = process.env.CC ?? 'cc';
const { include_dir: headers } = createRequire(import.meta.url)('node-api-headers');
const emulate = process.argv[2] === '--emulate';
const forTests = emulate || process.argv[2] === '--test';

if (process.platform !== 'linux' || process.arch !== 'x64') {
  throw new Error(`the addon is for Linux on x86-64; this is ${process.platform} on ${process.arch}`);
}
if (forTests) {
  const emulated = ['-DTOPHASH_EMULATE', '-Wno-psabi', `-I${path('test', 'native')}`, '-march=native', '-mno-avx512f'];
  const flags = ['-fvisibility=default', ...(emulate ? emulated : [])];
  const objects = compile(
    path('build', 'addon'),
    flags,
    KERNEL_FILES.map((file) => [file, [...flags, ...(emulate ? [] : PROCESSOR_FLAGS)]]),
  );
  // The kernels without the addon, for hosts that are not Node.
  link(objects.slice(1), path('build', 'addon', 'kernels.so'));
} else {
  const platform = path('packages', 'linux-x64');
  compile(
    platform,
    [],
    KERNEL_FILES.map((file) => [file, PROCESSOR_FLAGS]),
  );
  const installed = path('node_modules', '@tophash', 'linux-x64');
  if (!existsSync(installed)) {
    mkdirSync(dirname(installed), { recursive: true });
    symlinkSync(platform, installed, 'dir');
  }
}

/** Compiles the addon and kernels, each file with its flags, and links them; returns the object files in this order. */
function compile(folder, flags, kernels) {
  const objects = path('build', 'addon', forTests ? 'tested' : 'objects');
  rmSync(objects, { recursive: true, force: true });
  mkdirSync(objects, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const files = [['addon.c', [...flags, `-I${headers}`]], ['library.c', flags], ...kernels];
  const linked = files.map(([file, own]) => {
    const object = join(objects, file.replace('.c', '.o'));
    run(cc, [...KERNEL_FLAGS, ...own, '-c', path('src', 'native', file), '-o', object]);
    return object;
  });
  const addon = join(folder, 'tophash.node');
  link(linked, addon);
  check(addon);
  return linked;
}

function link(files, to) {
  run(cc, ['-shared', '-nostdlib', '-s', '-Wl,-z,noexecstack', '-Wl,-z,relro,-z,now', ...files, '-o', to]);
}

/** What the addon leaves to the host to define must be Node-API alone. */
function check(addon) {
  const symbols = run('nm', ['-D', '--undefined-only', addon]).match(/\S+$/gm) ?? [];
  const others = symbols.filter((name) => !name.startsWith('napi_'));
  if (others.length > 0) throw new Error(`${addon} needs more than Node-API: ${others.join(', ')}`);
}

function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
