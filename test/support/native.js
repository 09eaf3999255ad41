/**
 * The modules for servers over the addon for tests (scripts/build-native.js --test, or --emulate), which no package
 * has: tests take it in by hand.
 */
const addonUrl = new URL('../../build/addon/tophash.node', import.meta.url);

/** What `useNative` does once it has found an addon, in a build's facade. */
export async function useKernels(build) {
  const facade = new URL(`../../build/${build}/`, import.meta.url);
  const { activate } = await import(new URL('native/activate.js', facade));
  const { setNative } = await import(new URL('wasm/native.js', facade));
  const { createRequire } = await import('node:module'); // other hosts than Node load this file, too
  const { fileURLToPath } = await import('node:url');
  const addon = createRequire(import.meta.url)(fileURLToPath(addonUrl));
  setNative(await activate(addon, addon.caps()));
}
