// Builds what the tests of the native kernels need, in build/kernels/: an addon of the kernels over emulated instructions (SIMDe), and the
// fuzzer with sanitizers. Needs a C compiler, Node's headers, and SIMDe (Debian: libsimde-dev).

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNEL_FILES } from '../../scripts/native-flags.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'build', 'kernels');
/** Flags of a build over SIMDe, which the processor at hand makes faster by what it has. */
const EMULATED = ['-std=c11', '-Wall', '-Wextra', '-Wno-psabi', '-DTOPHASH_EMULATE', '-march=native', '-mno-avx512f'];

export const addonPath = join(out, 'emulated.node');
export const fuzzerPath = join(out, 'fuzz');

const kernels = KERNEL_FILES.map((file) => join(root, 'src', 'native', file));
const include = (...folders) => folders.map((folder) => `-I${folder}`);
const here = join(root, 'test', 'native');

function compile(flags, files, to) {
  mkdirSync(out, { recursive: true });
  const own = include(here, join(root, 'src', 'native'));
  execFileSync(process.env.CC ?? 'cc', [...EMULATED, ...own, ...flags, ...files, '-o', to], { stdio: 'inherit' });
}

export function buildAddon() {
  const headers = join(dirname(process.execPath), '..', 'include', 'node');
  compile(['-O2', '-fPIC', '-shared', ...include(headers)], [...kernels, join(here, 'glue.c')], addonPath);
}

export function buildFuzzer() {
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-g'];
  compile(['-O1', ...sanitizers], [...kernels, join(here, 'fuzz.c')], fuzzerPath);
}
