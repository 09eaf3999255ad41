// Builds what the tests of the native kernels need: the addon over emulated instructions, and the fuzzer with sanitizers. Needs a C compiler, and
// SIMDe (Debian: libsimde-dev).

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNEL_FILES } from '../../scripts/native-flags.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'build', 'fuzz');
/** Flags of a build over SIMDe, which the processor at hand makes faster by what it has. */
const EMULATED = ['-std=c11', '-Wall', '-Wextra', '-Wno-psabi', '-DTOPHASH_EMULATE', '-march=native', '-mno-avx512f'];

export const addonPath = join(root, 'build', 'addon', 'tophash.node');
export const fuzzerPath = join(out, 'kernels');

const kernels = KERNEL_FILES.map((file) => join(root, 'src', 'native', file));
const here = join(root, 'test', 'native');

export function buildAddon() {
  execFileSync(process.execPath, [join(root, 'scripts', 'build-native.js'), '--emulate'], { stdio: 'inherit' });
}

export function buildFuzzer() {
  mkdirSync(out, { recursive: true });
  // Without -O: the compiler takes minutes over the sanitized emulation else. SIMDe multiplies signed numbers that wrap around, as instructions do.
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fwrapv', '-g', '-O0'];
  const files = [...kernels, join(here, 'fuzz.c')];
  const folders = [`-I${here}`, `-I${join(root, 'src', 'native')}`];
  const flags = [...EMULATED, ...sanitizers, ...folders, '-o', fuzzerPath];
  execFileSync(process.env.CC ?? 'cc', [...flags, ...files], { stdio: 'inherit' });
}
