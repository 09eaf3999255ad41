// From an addon to modules that may be used.

import type { Native } from '../wasm/native.js';
import type { Addon } from './addon.js';
import { reactorsOver } from './reactor.js';
import { selfTest } from './self-test.js';

/**
 * The modules for servers over an addon, tested.
 * @throws Unavailable where they are not to be trusted
 */
export async function activate(addon: Addon, caps: number): Promise<Native> {
  const native = await reactorsOver(addon, caps);
  selfTest(native, addon, caps);
  return native;
}
