// The builds of the modules for servers, each a WASI reactor: loaded by the host's `node:wasi`, and the namespace
// `tophash_native` bound to the addon.

import type { Link, Native } from '../wasm/native.js';
import { type ColumnKernel, REFUSED } from '../wasm/column-kernels.js';
import { type Addon, type Kernel, POPCNTDQ } from './addon.js';
import { isDenial, lineOf, nodeModule, Unavailable } from './host.js';
import { LargePages } from './pages.js';
import { hasher, maps } from './sources.js';

interface Wasi {
  readonly wasiImport: Readonly<Record<string, (...args: number[]) => number>>;
  /** Not in Bun. */
  initialize?(instance: WebAssembly.Instance): void;
  /** In Bun alone. */
  setMemory?(memory: WebAssembly.Memory): void;
}
type WasiClass = new (options: object) => Wasi;

/** Kernels that are not for the wasm (src/native/kernels.h). */
const OF_COLUMNS = /Column(\d|$)|^hashStrings$/;

/** The functions of WASI that modules import (assembly/native/reactor.ts). */
const USED = ['clock_time_get', 'fd_write', 'random_get'];

/**
 * The modules, bound to an addon.
 * @param caps what the processor has for its kernels
 * @throws Unavailable where the host has no WASI for them
 */
export async function reactorsOver(addon: Addon, caps: number): Promise<Native> {
  let WASI: WasiClass;
  try {
    ({ WASI } = await nodeModule<{ WASI: WasiClass }>('wasi'));
    openWasi(WASI);
  } catch (error) {
    throw new Unavailable(`${isDenial(error) ? 'permission denied' : 'no WASI'}: ${lineOf(error)}`);
  }
  const gauged = { ...addon, backMemory: new LargePages().gauged(addon['backMemory'] as Kernel) };
  const named = (isOfColumns: boolean) =>
    Object.entries<Kernel>(gauged).filter(([name]) => name !== 'caps' && OF_COLUMNS.test(name) === isOfColumns);
  const ofRows = named(false);
  return {
    isa: ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl', ...(caps & POPCNTDQ ? ['avx512vpopcntdq'] : [])],
    hasher,
    maps,
    columns: Object.fromEntries(named(true) as unknown as [string, ColumnKernel][]),
    // The processor was asked once: in a virtual machine that takes as long as all the rest.
    link: (memory) => linkOf(openWasi(WASI), { caps: () => caps, ...kernelsOver(ofRows, memory) }, memory),
  };
}

/** Nothing of the host is open to it but the standard streams. */
function openWasi(WASI: WasiClass): Wasi {
  return new WASI({ version: 'preview1', args: [], env: {}, preopens: {}, returnOnExit: true });
}

function linkOf(wasi: Wasi, kernels: WebAssembly.ModuleImports, memory: WebAssembly.Memory): Link {
  // By way of a function of ours: Node 20 lets wasm call its own directly, which crashes where such a call collects
  // garbage.
  const functions = USED.map((name) => [name, (...args: number[]) => wasi.wasiImport[name]?.(...args)]);
  return {
    imports: {
      wasi_snapshot_preview1: Object.fromEntries(functions) as WebAssembly.ModuleImports,
      tophash_native: kernels,
    },
    start(instance) {
      if (wasi.initialize !== undefined) {
        wasi.initialize(instance);
        return;
      }
      wasi.setMemory?.(memory);
      (instance.exports['_initialize'] as () => void)();
    },
  };
}

/** Kernels for one memory. */
function kernelsOver(kernels: readonly [string, Kernel][], memory: WebAssembly.Memory): WebAssembly.ModuleImports {
  let view = new Uint8Array(memory.buffer);

  /**
   * Has the memory grown since? Then the view is not of all of it, or of nothing any more. (To ask it before each call
   * would cost as much as the call.)
   */
  function renewed(): boolean {
    const { buffer } = memory;
    if (view.buffer === buffer && view.length === buffer.byteLength) return false;
    view = new Uint8Array(buffer);
    return true;
  }

  const bind = (kernel: Kernel) => (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => {
    const answer = kernel(view, a, b, c, d, e, f, g);
    return answer === REFUSED && renewed() ? kernel(view, a, b, c, d, e, f, g) : answer;
  };
  return Object.fromEntries(kernels.map(([name, kernel]) => [name, bind(kernel)]));
}
