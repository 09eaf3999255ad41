// Modules that are inlined, packed: unpacked and compiled where they are first used.
//
// scripts/sources.js writes each as an object literal: bundlers leave out one that nothing uses, where they would have
// to be told so of an object of a class.

import { compileBytes } from './compile.js';
import type { Source } from './source.js';
import { type Unpacker, unpack } from './unpacker.js';

const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

interface Inlined extends Source {
  /** Where the module says that its memory is not shared: the byte of the memory import's flags. */
  readonly memoryFlags: number;
  readonly unpacker: Unpacker;
  readonly packed: string;
  /** Bytes of the binary. */
  readonly size: number;
  /** The modules that it was packed behind. */
  readonly behind: readonly Inlined[];
  /** The binary, once it is unpacked. Kept, as others are packed behind it. */
  unpacked: Uint8Array<ArrayBuffer> | undefined;
  /** The module's binary: not to be written to. */
  bytes(): Uint8Array<ArrayBuffer>;
}

/** {@link Inlined.bytes} of them all. */
export function unpackInlined(this: Inlined): Uint8Array<ArrayBuffer> {
  this.unpacked ??= unpack(
    this.unpacker,
    this.packed,
    this.size,
    this.behind.map((one) => one.bytes()),
  );
  return this.unpacked;
}

/** {@link Source.compile} of them all. */
export function compileInlined(this: Inlined, shared: boolean): WebAssembly.Module {
  const binary = this.bytes().slice();
  // One binary serves both kinds of memory: they differ in this byte alone.
  binary[this.memoryFlags] = shared ? HAS_MAXIMUM | IS_SHARED : HAS_MAXIMUM;
  return compileBytes(binary);
}
