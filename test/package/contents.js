import { readdirSync } from 'node:fs';

/** What the tarball holds, no more and no less. */
export const CONTENTS = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'package.json',
  'dist/THIRD-PARTY-LICENSES.txt',
  'dist/index.d.ts',
  'dist/native.d.ts',
  'dist/native.js',
  'dist/tophash.wasi.wasm',
  ...['core', 'index', 'maps'].flatMap((name) => [`dist/${name}.js`, `dist/workerd/${name}.js`]),
  ...['bytes', 'hasher', 'k4v0', 'k4v4', 'k4v8', 'k8v0', 'k8v4', 'k8v8'].map((name) => `dist/wasm/${name}.wasm`),
  ...readdirSync(new URL('../../docs/', import.meta.url)).map((guide) => `docs/${guide}`),
].sort();
