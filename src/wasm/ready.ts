// Modules that the host has compiled: workerd lets nobody compile wasm at run time.

import type { ModuleName, Source } from './source.js';

export class Ready implements Source {
  constructor(
    readonly name: ModuleName,
    readonly pages: number,
    private readonly module: WebAssembly.Module,
  ) {}

  compile(): WebAssembly.Module {
    return this.module;
  }
}
