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

/** The package's own kernels, as users switch them on. */
export async function useAddon() {
  const entry = 'tophash/native'; // no literal: bundlers for other hosts would look for it
  const { useNative } = await import(entry);
  const { backend, reason } = await useNative();
  if (backend !== 'avx512') throw new Error(`no native kernels: ${reason}`);
}
