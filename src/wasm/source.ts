// What a wasm module comes from.

export type MapModuleName = 'k4v0' | 'k4v4' | 'k4v8' | 'k8v0' | 'k8v4' | 'k8v8' | 'bytes';
type ModuleName = 'hasher' | MapModuleName;

export interface Source {
  readonly name: ModuleName;
  /** Least pages of its memory. */
  readonly pages: number;
  /** The compiled module. `shared` says which kind of memory it imports. */
  compile(shared: boolean): WebAssembly.Module;
}
