// tophash/native: the AVX-512 path, for servers. It shares the core with tophash: maps and calls of `hash` made after
// it is in use go through it.

import { setNative } from '../core.js';
import { capabilitiesOf, loadAddon } from './addon.js';
import { activate } from './activate.js';
import { lineOf, Unavailable } from './host.js';

/** What serves batches from now on. */
export interface NativeAnswer {
  /** What batches run on from now on. */
  backend: 'simd' | 'avx512';
  /** Why it is not AVX-512. */
  reason?: string;
}

let answer: Promise<NativeAnswer> | undefined;

/**
 * Looks for native kernels, tests them against those in WebAssembly, and uses them for the batches of all maps that are
 * made from then on, and for `hash`. Their results are the same, to the bit. Never throws: where there are none,
 * everything goes on as it is. Each thread of workers calls it for itself.
 *
 * @returns `avx512`; or `simd`, and why: architecture, no AVX-512, registers not saved, addon missing, permission
 *   denied, checksum wrong, self-test failed, switched off by TOPHASH_NATIVE=0
 */
export function useNative(): Promise<NativeAnswer> {
  answer ??= find().then((found) => {
    if (found.backend === 'simd') answer = undefined; // next time it may be otherwise
    return found;
  });
  return answer;
}

async function find(): Promise<NativeAnswer> {
  try {
    const addon = await loadAddon();
    setNative(await activate(addon, capabilitiesOf(addon)));
    return { backend: 'avx512' };
  } catch (error) {
    return { backend: 'simd', reason: error instanceof Unavailable ? error.message : `unforeseen: ${lineOf(error)}` };
  }
}
