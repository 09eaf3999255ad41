// What stands in for the package's modules on a server: builds of the same core that send long batches to native
// kernels. `useNative` of tophash/native puts it here, once it has been tested; instances made from then on are of it.
// Those that are there stay what they are.

import type { ColumnKernels } from './column-kernels.js';
import type { MapModuleName, Source } from './source.js';

/** How an instance of a native module is tied to its host. */
export interface Link {
  /** What it imports besides its memory. */
  readonly imports: WebAssembly.Imports;
  /** To be called once it is instantiated, before any other call. */
  start(instance: WebAssembly.Instance): void;
}

/** What such an instance has besides. */
export interface NativeExports {
  /** Rows that kernels have served since the last call, in this memory. */
  takeServed(): number;
}

export interface Native {
  /** Instruction sets of the kernels. */
  readonly isa: readonly string[];
  readonly hasher: Source;
  readonly maps: Readonly<Record<MapModuleName, Source>>;
  /** Kernels for the caller's columns. */
  readonly columns: ColumnKernels;
  link(memory: WebAssembly.Memory): Link;
}

/** undefined: all goes on in v128. */
export let native: Native | undefined;

/** Uses native modules from now on. */
export function setNative(found: Native): void {
  native = found;
}
