// Seeds that nobody can guess: what keeps strangers from choosing keys that share a bucket.
//
// Node loads its `crypto` at the first use, with the modules behind it: 2.4 to 2.7 ms, of a first write of some 8.
// There the bytes come from the device that the kernel gives its own out by: the generator that seeds OpenSSL's, behind
// `crypto`. Whatever is not as expected (Windows, no device, no permission to read it) leaves it to `crypto`, as on
// every other host. Never from `Math.random`, from whose numbers the next ones can be told.

import { runtime } from './wasm/runtime.js';

/** Seeds that are drawn at a time: a call of the host takes microseconds, more than a small map. */
const SEEDS = 256;
let seeds: Uint32Array<ArrayBuffer> | undefined;
let seedsLeft = 0;

/**
 * A seed that nobody can guess.
 * @throws Error on a host without `crypto`, which has none to give
 */
export function randomSeed(): number {
  seeds ??= new Uint32Array(SEEDS);
  if (seedsLeft === 0) {
    if (!readDevice(seeds)) askCrypto(seeds);
    seedsLeft = SEEDS;
  }
  seedsLeft--;
  const seed = seeds[seedsLeft] as number;
  seeds[seedsLeft] = 0; // known to nobody but its map
  return seed;
}

function askCrypto(bytes: Uint32Array<ArrayBuffer>): void {
  if (typeof crypto !== 'object') {
    throw new Error('this host has no crypto.getRandomValues to draw a seed from: give the map one (options.seed)');
  }
  crypto.getRandomValues(bytes);
}

/** What is used of Node: asked of `process`, as an import of node:fs would fail on other hosts. */
interface Node {
  readonly platform: string;
  getBuiltinModule?(name: 'node:fs'): Files;
}
interface Files {
  openSync(path: string, flags: 'r'): number;
  fstatSync(file: number): { isCharacterDevice(): boolean };
  readSync(file: number, into: Uint32Array): number;
  closeSync(file: number): void;
}

const DEVICE = '/dev/urandom';

/** Fills an array from the kernel's random device; false where that can't be, and then the bytes are worth nothing. */
function readDevice(bytes: Uint32Array): boolean {
  if (runtime !== 'node') return false;
  try {
    const { process } = globalThis as unknown as { process: Node };
    const files = process.platform === 'win32' ? undefined : process.getBuiltinModule?.('node:fs');
    if (files === undefined) return false;
    const device = files.openSync(DEVICE, 'r');
    try {
      const isDevice = files.fstatSync(device).isCharacterDevice(); // no file that somebody put there
      return isDevice && files.readSync(device, bytes) === bytes.byteLength;
    } finally {
      files.closeSync(device);
    }
  } catch {
    return false;
  }
}
