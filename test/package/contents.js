/** What the tarball holds, no more and no less. */
export const CONTENTS = [
  'LICENSE',
  'README.md',
  'package.json',
  'dist/index.d.ts',
  'dist/native.d.ts',
  'dist/native.js',
  'dist/tophash.wasi.wasm',
  ...['core', 'index', 'maps'].flatMap((name) => [`dist/${name}.js`, `dist/workerd/${name}.js`]),
  ...['bytes', 'hasher', 'k4v0', 'k4v4', 'k4v8', 'k8v0', 'k8v4', 'k8v8'].map((name) => `dist/wasm/${name}.wasm`),
].sort();
