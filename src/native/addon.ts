// The addon with the kernels: found in the optional platform package, checked byte by byte, and only then loaded.

import { host, isDenial, lineOf, nodeModule, Unavailable } from './host.js';
import { type AddonRecord, records } from './record.js';

/**
 * A kernel: a Uint8Array over a wasm memory, and numbers (src/native/kernels.h). Without a memory to work on it answers
 * REFUSED.
 */
export type Kernel = (memory: Uint8Array, ...numbers: number[]) => number;

// Bits of what `caps` answers (src/native/kernels.h, detect.h).
export const AVX512 = 1;
export const POPCNTDQ = 2;
const UNSAVED = 0x4000_0000;

export interface Addon {
  /** What the processor has and the system saves. */
  caps(): number;
  readonly [kernel: string]: Kernel;
}

interface Require {
  (path: string): unknown;
  resolve(path: string): string;
}

/**
 * The addon for this host.
 * @throws Unavailable: says why there is none
 */
export async function loadAddon(): Promise<Addon> {
  const platform = platformOf();
  const record = records[platform];
  if (record === undefined) {
    throw new Unavailable(
      `addon missing: this build of tophash has none for ${platform} (built are: ${Object.keys(records).join() || 'none'})`,
    );
  }
  const { createRequire } = await nodeModule<{ createRequire(url: string): Require }>('module');
  const require = createRequire(import.meta.url);
  const path = pathOf(require, `@tophash/${platform}`);
  await check(path, record);
  return load(require, path);
}

/** @throws Unavailable where there can't be an addon */
function platformOf(): string {
  if (host === undefined) throw new Unavailable('architecture: the kernels are for servers with Node, Deno or Bun');
  if (isSwitchedOff(host)) throw new Unavailable('switched off by TOPHASH_NATIVE=0');
  const { platform, arch } = host;
  if (arch !== 'x64') throw new Unavailable(`architecture: AVX-512 is of x86-64 processors; this one is ${arch}`);
  return `${platform}-${arch}`;
}

function isSwitchedOff({ env }: NonNullable<typeof host>): boolean {
  try {
    return env['TOPHASH_NATIVE'] === '0';
  } catch {
    return false; // Deno lets nobody look without --allow-env
  }
}

function pathOf(require: Require, name: string): string {
  try {
    return require.resolve(`${name}/tophash.node`);
  } catch (error) {
    if (isDenial(error)) throw denied(`to look for ${name}`, error);
    throw new Unavailable(`addon missing: the optional package ${name} is not installed`);
  }
}

/** Bytes and checksum as they were when this package was built? */
async function check(path: string, { bytes, sha256 }: AddonRecord): Promise<void> {
  const { readFileSync } = await nodeModule<{ readFileSync(path: string): Uint8Array }>('fs');
  const { createHash } = await nodeModule<{
    createHash(name: string): { update(data: Uint8Array): { digest(form: string): string } };
  }>('crypto');
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch (error) {
    if (isDenial(error)) throw denied(`to read ${path}`, error);
    throw new Unavailable(`addon missing: ${lineOf(error)}`);
  }
  if (file.length !== bytes) {
    throw new Unavailable(`checksum wrong: ${path} has ${file.length} bytes, not ${bytes}: is it of another version?`);
  }
  if (createHash('sha256').update(file).digest('hex') !== sha256) {
    throw new Unavailable(`checksum wrong: ${path} is not the file that this version was built with`);
  }
}

function load(require: Require, path: string): Addon {
  try {
    return require(path) as Addon;
  } catch (error) {
    if (isDenial(error)) throw denied('to load addons', error);
    throw new Unavailable(`addon not loaded: ${lineOf(error)}`);
  }
}

function denied(what: string, error: unknown): Unavailable {
  return new Unavailable(`permission denied ${what}: ${lineOf(error)}`);
}

/**
 * What the processor has for the kernels.
 * @throws Unavailable where that is too little
 */
export function capabilitiesOf(addon: Addon): number {
  const caps = addon.caps();
  if ((caps & UNSAVED) !== 0) {
    throw new Unavailable(
      'registers not saved: the processor has AVX-512, and the operating system has it switched off',
    );
  }
  if ((caps & AVX512) === 0) {
    throw new Unavailable('no AVX-512: the processor lacks F, BW, CD, DQ or VL of it, or BMI, LZCNT or POPCNT');
  }
  return caps;
}
