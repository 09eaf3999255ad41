// Two instances of a module that do the same, one of them with its kernels switched off: what the self-test compares.

import type { ColumnKernels, Host } from '../wasm/column-kernels.js';
import type { MapExports } from '../wasm/map-instance.js';
import type { Native, NativeExports } from '../wasm/native.js';
import type { Source } from '../wasm/source.js';
import { Unavailable } from './host.js';
import type { Columns } from './self-test-columns.js';

/** What a module for servers exports besides (assembly/native/reactor.ts). */
interface ReactorExports extends NativeExports {
  setCapabilities(mask: number): void;
  layout(): number;
  drawSeed(): number;
  now(): number;
  warn(length: number): void;
}

interface HasherExports {
  hashU32(keys: number, count: number, seed: number, out: number): void;
  hashU64(keys: number, count: number, seed: number, out: number): void;
  makeCanonical(keys: number, count: number): void;
  lowWords(hashes: number, count: number, out: number): void;
  hashRows(bytes: number, offsets: number, rows: number, seed: number, out: number): void;
  hashRowsLow(bytes: number, offsets: number, rows: number, seed: number, out: number): void;
}

type Constants = Readonly<Record<string, WebAssembly.Global | undefined>>;

/** In the mask of an instance: batches of any length go to kernels (assembly/native/use.ts). */
const ALWAYS = 0x8000_0000;

const MOST_PAGES = 65535;
/** Room for what the hasher's tests use. */
const MORE_PAGES = 16;
/** What builds that check their invariants call where one does not hold. */
function broken(): never {
  throw new Error('an invariant of the table does not hold');
}

/** An instance, and its memory as bytes. */
class Side {
  readonly exports: ReactorExports & MapExports & HasherExports;
  readonly memory: WebAssembly.Memory;
  #u8: Uint8Array;

  constructor(native: Native, source: Source, module: WebAssembly.Module, mask: number) {
    this.memory = new WebAssembly.Memory({ initial: source.pages + MORE_PAGES, maximum: MOST_PAGES });
    const link = native.link(this.memory);
    const env = { memory: this.memory, abort: broken };
    const instance = new WebAssembly.Instance(module, { env, ...link.imports });
    link.start(instance);
    this.exports = instance.exports as unknown as Side['exports'];
    this.exports.setCapabilities(mask);
    this.#u8 = new Uint8Array(this.memory.buffer);
  }

  get u8(): Uint8Array {
    if (this.#u8.length === 0) this.#u8 = new Uint8Array(this.memory.buffer);
    return this.#u8;
  }

  get views() {
    return this.renewViews();
  }

  renewViews() {
    return { u8: this.u8, u32: new Uint32Array(this.memory.buffer) };
  }

  constant(name: string): number {
    return (this.exports as unknown as Constants)[name]?.value >>> 0;
  }
}

/** Both sides of a module. What is staged is staged for both; what is called must answer the same. */
export class Pair {
  readonly #native: Side;
  readonly #simd: Side;
  readonly #random: () => number;
  readonly kernels: ColumnKernels;
  readonly staging: number;
  #served = 0;

  constructor(native: Native, source: Source, caps: number) {
    const module = source.compile(false);
    this.#native = new Side(native, source, module, caps | ALWAYS);
    this.#simd = new Side(native, source, module, 0);
    this.#random = randomFrom(this.#native.exports.drawSeed());
    this.kernels = native.columns;
    this.staging = this.constant('STAGING');
  }

  constant(name: string): number {
    return this.#native.constant(name);
  }

  get now(): number {
    const ms = this.#native.exports.now();
    this.stage(this.staging, new Uint8Array(8)); // where the host has answered
    return ms;
  }

  get layout(): number {
    return this.#native.exports.layout() >>> 0;
  }

  /** Rows that kernels have served. */
  get served(): number {
    this.#served += this.#native.exports.takeServed();
    return this.#served;
  }

  below(end: number): number {
    return this.#random() % end;
  }

  u32(): number {
    return this.#random();
  }

  /** Stages bytes. */
  stage(at: number, bytes: Uint8Array): void {
    this.#native.u8.set(bytes, at);
    this.#simd.u8.set(bytes, at);
  }

  /** Stages numbers of 32 bits, the low bytes first. */
  stageWords(at: number, count: number, word: (index: number) => number): void {
    const words = new Uint8Array(count * 4);
    const view = new DataView(words.buffer);
    for (let i = 0; i < count; i++) view.setUint32(i * 4, word(i), true);
    this.stage(at, words);
  }

  /** What both sides answer. */
  call(what: string, rows: number, run: (exports: Side['exports']) => unknown): number {
    const answers = [this.#native, this.#simd].map(({ exports }) => Number(run(exports) ?? 0) >>> 0);
    if (answers[0] !== answers[1]) this.fail(`${what} of ${rows} rows answered ${answers.join(', in v128 ')}`);
    return answers[0] as number;
  }

  /** Are bytes of both memories the same? */
  compare(what: string, rows: number, from: number, to: number): void {
    const [a, b] = [this.#native.u8, this.#simd.u8];
    for (let at = from; at < to; at++) {
      if (a[at] !== b[at]) this.fail(`${what} of ${rows} rows left other bytes at ${at}`);
    }
  }

  /** A copy of bytes of the memory in v128. */
  copyOf(from: number, bytes: number): Uint8Array {
    return this.#simd.u8.slice(from, from + bytes);
  }

  /** Are bytes those of the memory in v128? */
  expect(what: string, rows: number, bytes: Uint8Array, from: number): void {
    const expected = this.#simd.u8.subarray(from, from + bytes.length);
    if (bytes.some((byte, i) => byte !== expected[i])) this.fail(`${what} of ${rows} rows gave other bytes`);
  }

  /** The native side, for kernels that work on the caller's columns. */
  hostOf({ keyBytes, valueBytes, keys, values, offsets, room }: Columns): Host {
    const layout = {
      ORIGIN: this.constant('ORIGIN'),
      PENDING: this.constant('PENDING'),
      widths: { key: keyBytes, value: valueBytes },
      staging: { keys, values, offsets, room },
    };
    const side = this.#native;
    return {
      exports: side.exports,
      layout,
      get views() {
        return side.views;
      },
      renewViews: () => side.renewViews(),
    };
  }

  /** Writes staged rows, natively by `run`, which returns how many. */
  put(columns: Columns, table: number, rows: number, how: number, run: (host: Host) => number): void {
    const { keys, values } = columns;
    const written = run(this.hostOf(columns));
    const expected = this.#simd.exports.putRows(table, keys, values, rows, how) >>> 0;
    if (written !== expected) this.fail(`putColumn of ${rows} rows answered ${written}, in v128 ${expected}`);
  }

  /** Are the tables the same, with all that belongs to them? */
  compareTables(what: string): void {
    const [a, b] = [wordsOf(this.#native), wordsOf(this.#simd)];
    if (a.length !== b.length) this.fail(`${what} took another amount of memory`);
    for (let at = this.constant('CONTROL') >>> 2; at < a.length; at++) {
      if (a[at] !== b[at]) this.fail(`${what} left another table`);
    }
  }

  fail(what: string): never {
    const line = `tophash: native kernels are not used: ${what}\n`;
    this.#native.u8.set(new TextEncoder().encode(line), this.staging);
    this.#native.exports.warn(line.length);
    throw new Unavailable(`self-test failed: ${what}`);
  }
}

function wordsOf({ memory }: Side): Uint32Array {
  return new Uint32Array(memory.buffer);
}

/** Numbers of 32 bits that follow from a seed: SplitMix32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}
