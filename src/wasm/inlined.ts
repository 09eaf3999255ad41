// Modules that are inlined as text: decoded and compiled where they are first used.

import { hasSimd } from './simd.js';
import type { ModuleName, Source } from './source.js';

const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

export class Inlined implements Source {
  /**
   * @param memoryFlags where the module says that its memory is not shared: the byte of the memory import's flags
   * @param text the module as base64
   */
  constructor(
    readonly name: ModuleName,
    readonly pages: number,
    private readonly memoryFlags: number,
    private readonly text: string,
  ) {}

  /** The module's binary, which is the caller's. */
  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(this.text), (c) => c.charCodeAt(0));
  }

  compile(shared: boolean): WebAssembly.Module {
    const bytes = this.bytes();
    // One binary serves both kinds of memory: they differ in this byte alone.
    bytes[this.memoryFlags] = shared ? HAS_MAXIMUM | IS_SHARED : HAS_MAXIMUM;
    try {
      return new WebAssembly.Module(bytes);
    } catch (cause) {
      throw new Error(`${reason()} (${(cause as Error).message})`, { cause });
    }
  }
}

/** Why a host may not compile a module. */
function reason(): string {
  return hasSimd()
    ? 'this host does not let tophash compile its WebAssembly: the content security policy of a page needs ' +
        "'wasm-unsafe-eval', and some edge hosts compile none at run time"
    : 'tophash needs 128-bit SIMD in WebAssembly, which this host does not have';
}
