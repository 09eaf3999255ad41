// Unpacks the inlined modules, by a module that is inlined as it is: assembly/unpack.ts tells how, and why.

import { compileBytes } from './compile.js';
import { instantiateSync } from './loader.js';

interface UnpackerExports {
  readCodes(packed: number): void;
  unpack(packed: number, at: number, end: number): void;
  readonly FREE: WebAssembly.Global;
}

const WASM_PAGE = 65536;
const MOST_PAGES = 65535;

export class Unpacker {
  #opened: { readonly exports: UnpackerExports; readonly memory: WebAssembly.Memory } | undefined;
  readonly #wasm: string;
  readonly #codes: string;

  /**
   * @param wasm the module, as base64
   * @param codes what its `readCodes` reads
   */
  constructor(wasm: string, codes: string) {
    this.#wasm = wasm;
    this.#codes = codes;
  }

  /** The `size` bytes of a packed module. @param behind the modules that it was packed behind */
  unpack(packed: string, size: number, behind: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const { exports, memory } = this.#open();
    const free = exports.FREE.value as number;
    let at = free + packed.length;
    const end = behind.reduce((sum, { length }) => sum + length, at + size);
    const more = end - memory.buffer.byteLength;
    if (more > 0) memory.grow(Math.ceil(more / WASM_PAGE));
    const bytes = new Uint8Array(memory.buffer);
    write(packed, bytes, free);
    for (const one of behind) {
      bytes.set(one, at);
      at += one.length;
    }
    exports.unpack(free, at, end);
    return bytes.slice(at, end);
  }

  #open() {
    if (this.#opened === undefined) {
      const memory = new WebAssembly.Memory({ initial: 3, maximum: MOST_PAGES });
      const module = compileBytes(Uint8Array.from(atob(this.#wasm), (c) => c.charCodeAt(0)));
      const exports = instantiateSync(module, { env: { memory } }).instance.exports as unknown as UnpackerExports;
      const free = exports.FREE.value as number;
      write(this.#codes, new Uint8Array(memory.buffer), free);
      exports.readCodes(free);
      this.#opened = { exports, memory };
    }
    return this.#opened;
  }
}

function write(base64: string, bytes: Uint8Array, at: number): void {
  new TextEncoder().encodeInto(base64, bytes.subarray(at));
}
