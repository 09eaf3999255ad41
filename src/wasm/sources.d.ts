// sources.js is written by scripts/build.js: the modules, inlined; what stands in for it in the entry for workerd
// imports them as they are, as workerd lets nobody compile wasm at run time.

import type { MapModuleName, Source } from './source.js';

/** Can they be compiled for shared memory? */
export const sharable: boolean;
export const hasher: Source;
/** The modules of maps, by name. */
export const maps: Readonly<Record<MapModuleName, Source>>;
