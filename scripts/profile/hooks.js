/** Resolves 'tophash' to the profiling build, whoever imports it. */
const BUILD = new URL('../../build/profile/index.js', import.meta.url).href;

export function resolve(specifier, context, nextResolve) {
  return specifier === 'tophash' ? { url: BUILD, shortCircuit: true } : nextResolve(specifier, context);
}
