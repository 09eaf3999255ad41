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

/** What unpacks the modules of one build: a literal too. */
export interface Unpacker {
  /** The module, as base64. */
  readonly wasm: string;
  /** What its `readCodes` reads. */
  readonly codes: string;
  /** Its instance, once there is one. */
  opened: { readonly exports: UnpackerExports; readonly memory: WebAssembly.Memory } | undefined;
}

/** The `size` bytes of a packed module. @param behind the modules that it was packed behind */
export function unpack(
  unpacker: Unpacker,
  packed: string,
  size: number,
  behind: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const { exports, memory } = (unpacker.opened ??= open(unpacker));
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

function open({ wasm, codes }: Unpacker) {
  const memory = new WebAssembly.Memory({ initial: 3, maximum: MOST_PAGES });
  const text = atob(wasm);
  const binary = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) binary[i] = text.charCodeAt(i);
  const { instance } = instantiateSync(compileBytes(binary), { env: { memory } });
  const exports = instance.exports as unknown as UnpackerExports;
  const free = exports.FREE.value as number;
  write(codes, new Uint8Array(memory.buffer), free);
  exports.readCodes(free);
  return { exports, memory };
}

function write(base64: string, bytes: Uint8Array, at: number): void {
  new TextEncoder().encodeInto(base64, bytes.subarray(at));
}
