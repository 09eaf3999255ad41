/** The modules for servers over the addon of emulated kernels (scripts/build-native.js --emulate), which no package has: tests take it in by hand. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const emulatedAddon = fileURLToPath(new URL('../../build/addon/tophash.node', import.meta.url));

/** What `useNative` does once it has found an addon, in a build's facade. */
export async function useEmulated(build) {
  const facade = new URL(`../../build/${build}/`, import.meta.url);
  const { activate } = await import(new URL('native/activate.js', facade));
  const { setNative } = await import(new URL('wasm/native.js', facade));
  const addon = createRequire(import.meta.url)(emulatedAddon);
  setNative(await activate(addon, addon.caps()));
}
