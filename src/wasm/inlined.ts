// Modules that are inlined, packed: unpacked and compiled where they are first used.

import { compileBytes } from './compile.js';
import type { ModuleName, Source } from './source.js';
import type { Unpacker } from './unpacker.js';

const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

export class Inlined implements Source {
  readonly name: ModuleName;
  readonly pages: number;
  readonly #memoryFlags: number;
  readonly #unpacker: Unpacker;
  readonly #packed: string;
  readonly #size: number;
  readonly #behind: readonly Inlined[];
  /** Kept, as others are packed behind it. */
  #bytes: Uint8Array<ArrayBuffer> | undefined;

  /**
   * @param memoryFlags where the module says that its memory is not shared: the byte of the memory import's flags
   * @param behind the modules that it was packed behind
   */
  constructor(
    name: ModuleName,
    pages: number,
    memoryFlags: number,
    unpacker: Unpacker,
    packed: string,
    size: number,
    behind: readonly Inlined[],
  ) {
    this.name = name;
    this.pages = pages;
    this.#memoryFlags = memoryFlags;
    this.#unpacker = unpacker;
    this.#packed = packed;
    this.#size = size;
    this.#behind = behind;
  }

  /** The module's binary: not to be written to. */
  bytes(): Uint8Array<ArrayBuffer> {
    this.#bytes ??= this.#unpacker.unpack(
      this.#packed,
      this.#size,
      this.#behind.map((one) => one.bytes()),
    );
    return this.#bytes;
  }

  compile(shared: boolean): WebAssembly.Module {
    const bytes = this.bytes().slice();
    // One binary serves both kinds of memory: they differ in this byte alone.
    bytes[this.#memoryFlags] = shared ? HAS_MAXIMUM | IS_SHARED : HAS_MAXIMUM;
    return compileBytes(bytes);
  }
}
