// Builds what the tests of the native kernels need: the addon over emulated instructions, and the fuzzer with
// sanitizers. Needs a C compiler, and SIMDe (Debian: libsimde-dev).

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNEL_FILES, PROCESSOR_FLAGS } from '../../scripts/native-flags.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'build', 'fuzz');
/**
 * Has this processor the instructions of the kernels? Then tests run over them, unless TOPHASH_EMULATE=1 asks for those
 * of SIMDe. (Flags by the names of Linux: here it is only what to build that follows from them.)
 */
export const isReal =
  process.env.TOPHASH_EMULATE !== '1' &&
  ['avx512f', 'avx512cd', 'avx512bw', 'avx512dq', 'avx512vl'].every((flag) =>
    readFileSync('/proc/cpuinfo', 'utf8').includes(` ${flag}`),
  );

/** Flags of a build over SIMDe, which the processor at hand makes faster by what it has. */
const EMULATED = ['-std=c11', '-Wall', '-Wextra', '-Wno-psabi', '-DTOPHASH_EMULATE', '-march=native', '-mno-avx512f'];

const REAL = ['-std=c11', '-Wall', '-Wextra', ...PROCESSOR_FLAGS];

export const addonPath = join(root, 'build', 'addon', 'tophash.node');
export const fuzzerPath = join(out, 'kernels');

const kernels = KERNEL_FILES.map((file) => join(root, 'src', 'native', file));
const here = join(root, 'test', 'native');

export function buildAddon() {
  // Where the real instructions are tested, the emulated ones must go on compiling, for machines without.
  if (!isReal || hasSimde()) build('--emulate');
  else console.log('skipped: does it compile over emulated instructions? SIMDe is not installed');
  if (isReal) build('--test');
}

function build(form) {
  execFileSync(process.execPath, [join(root, 'scripts', 'build-native.js'), form], { stdio: 'inherit' });
}

function hasSimde() {
  const flags = ['-fsyntax-only', '-include', 'simde/x86/avx512.h', '-x', 'c', '/dev/null'];
  return spawnSync(process.env.CC ?? 'cc', flags).status === 0;
}

export function buildFuzzer() {
  mkdirSync(out, { recursive: true });
  // Without -O: the compiler takes minutes over the sanitized emulation else. SIMDe multiplies signed numbers that wrap
  // around, as instructions do.
  const sanitizers = [
    '-fsanitize=address,undefined',
    '-fno-sanitize-recover=all',
    '-fwrapv',
    '-g',
    isReal ? '-O1' : '-O0',
  ];
  const files = [...kernels, join(here, 'fuzz.c'), join(here, 'fuzz-bytes.c')];
  const folders = [`-I${here}`, `-I${join(root, 'src', 'native')}`];
  const flags = [...(isReal ? REAL : EMULATED), ...sanitizers, ...folders, '-o', fuzzerPath];
  execFileSync(process.env.CC ?? 'cc', [...flags, ...files], { stdio: 'inherit' });
}
