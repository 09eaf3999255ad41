/**
 * A module as v128 alone has it, and as native kernels serve it: the same calls to both, and the same memory expected
 * of both.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as assert from 'uvu/assert';
import { addonPath } from './build.js';

/** The kernels, as build.js made them. */
const { caps, ...kernels } = createRequire(import.meta.url)(addonPath);
export { kernels };

/** What the processor is said to have; and every batch goes to a kernel, however short. */
const AVX512 = 1;
const ALWAYS = 0x80000000;

/** The kernels as imports of a module that works on `memory`; counts the calls of each. */
function importsOver(memory, calls) {
  const imports = { caps };
  for (const [name, kernel] of Object.entries(kernels)) {
    calls[name] = 0;
    imports[name] = (...numbers) => {
      calls[name]++;
      return kernel(new Uint8Array(memory.buffer), ...numbers.map((number) => number >>> 0));
    };
  }
  return imports;
}

/** What a reactor may ask of WASI: nothing here. */
const wasi_snapshot_preview1 = Object.fromEntries(
  ['clock_time_get', 'fd_write', 'random_get'].map((name) => [name, () => 1]),
);

function instantiate(target, name, memory, imports) {
  const file = new URL(`../../build/wasm/${target}-${name}.wasm`, import.meta.url);
  const abort = (...where) => assert.unreachable(`${target} ${name} aborted at ${where.slice(2).join(':')}`);
  const module = new WebAssembly.Module(readFileSync(file));
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory, abort },
    wasi_snapshot_preview1,
    tophash_native: imports,
  });
  exports._initialize?.();
  return exports;
}

export class Pair {
  /** Calls of each kernel. */
  calls = {};

  /** @param native the target of the native one: native or native-debug */
  constructor(name, pages, native = 'native') {
    this.memories = [0, 1].map(() => new WebAssembly.Memory({ initial: pages, maximum: 65535 }));
    const [first, second] = this.memories;
    this.sides = [
      instantiate('release', name, first, {}),
      instantiate(native, name, second, importsOver(second, this.calls)),
    ];
    this.constants = this.sides[0];
    this.native = this.sides[1];
    this.native.setCapabilities(AVX512 | ALWAYS);
  }

  /** Where an exported constant says. */
  at(constant) {
    return this.constants[constant].value >>> 0;
  }

  /** The native side, as kernels that work on a caller's columns see an instance: with this layout. */
  hostWith(layout) {
    const [, memory] = this.memories;
    const renewViews = () => ({ u8: new Uint8Array(memory.buffer), u32: new Uint32Array(memory.buffer) });
    return {
      exports: this.native,
      layout,
      get views() {
        return renewViews();
      },
      renewViews,
    };
  }

  /** Writes a column to both memories. */
  write(at, column) {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    for (const memory of this.memories) new Uint8Array(memory.buffer).set(bytes, at);
  }

  /** The word at an address of the native side. */
  word(at) {
    return new DataView(this.memories[1].buffer).getUint32(at, true);
  }

  /** Calls an export of both, which must give the same. */
  call(name, ...args) {
    const [v128, native] = this.sides.map((side) => side[name](...args));
    assert.is(native, v128, `${name}(${args.join(', ')})`);
    return v128;
  }

  /** The bytes from `from` to `to` must be the same in both memories. */
  expectSame(from, to, what) {
    const [v128, native] = this.memories.map(({ buffer }) => Buffer.from(buffer, from, to - from));
    if (v128.equals(native)) return;
    let at = 0;
    while (v128[at] === native[at]) at++;
    assert.unreachable(`${what}: byte ${from + at} is ${native[at]}, and ${v128[at]} in v128`);
  }

  get bytes() {
    const [v128, native] = this.memories.map(({ buffer }) => buffer.byteLength);
    assert.is(native, v128, 'bytes of the memories');
    return v128;
  }
}
