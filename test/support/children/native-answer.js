/**
 * Uses native kernels if it can, in a copy of the package that lies where the first argument says; prints the answer,
 * and what a map made afterwards does.
 */
import { pathToFileURL } from 'node:url';

const facade = pathToFileURL(`${process.argv[2]}/node_modules/tophash/`);
const { useNative } = await import(new URL('native/index.js', facade));
const { HashMap, capabilities } = await import(new URL('index.js', facade));
const answer = await useNative();
const keys = Uint32Array.from({ length: 5000 }, (_, i) => i);
const map = HashMap.fromColumns(keys, keys, { key: 'u32', value: 'u32' });
const { hits } = map.getAll(keys);
const { backend, nativeRows } = map.stats();
console.log(
  JSON.stringify({ answer, again: await useNative(), hits, backend, nativeRows, of: capabilities().backend }),
);
