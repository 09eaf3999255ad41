// inlined.js is written by scripts/build.js: the modules, optimised, as base64.

export interface InlinedModule {
  readonly base64: string;
  /** Where the module says that its memory is not shared: the byte of the memory import's flags. */
  readonly memoryFlags: number;
  /** Least pages of its memory. */
  readonly pages: number;
}

export type ModuleName = 'hasher' | 'k4v0' | 'k4v4' | 'k4v8' | 'k8v0' | 'k8v4' | 'k8v8' | 'bytes';
export const inlined: Readonly<Record<ModuleName, InlinedModule>>;
