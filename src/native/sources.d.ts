// sources.js is written by scripts/build.js: the builds of the modules for servers, inlined.

import type { MapModuleName, Source } from '../wasm/source.js';

export const hasher: Source;
export const maps: Readonly<Record<MapModuleName, Source>>;
