// An instance of a module with its memory, and the views of that memory.

import { CapacityError } from '../errors.js';
import { instantiateSync } from './loader.js';
import { moduleFor } from './module.js';
import type { Native } from './native.js';
import type { Source } from './source.js';

/** One less than wasm allows: sizes in bytes fit 32 bits. */
const MOST_PAGES = 65535;

/** Typed arrays over a whole memory. */
export interface Views {
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly u64: BigUint64Array;
  readonly i64: BigInt64Array;
}

function viewsOf(buffer: ArrayBufferLike): Views {
  return {
    u8: new Uint8Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
    u64: new BigUint64Array(buffer),
    i64: new BigInt64Array(buffer),
  };
}

export class Instance<Exports> {
  readonly exports: Exports;
  readonly memory: WebAssembly.Memory;
  #views: Views;

  /**
   * @param pages wasm pages beyond the module's least
   * @param native where the source is one of its modules
   * @throws CapacityError where the host has no memory left
   */
  constructor(source: Source, pages: number, shared: boolean, native?: Native) {
    const module = moduleFor(source, shared);
    try {
      this.memory = new WebAssembly.Memory({ initial: source.pages + pages, maximum: MOST_PAGES, shared });
    } catch (cause) {
      throw new CapacityError(`the host has no memory left for another map (${(cause as Error).message})`);
    }
    // The loader wraps what it exports in functions with rest parameters: the bare exports are several times as fast.
    const link = native?.link(this.memory);
    const { instance } = instantiateSync(module, { env: { memory: this.memory }, ...link?.imports });
    link?.start(instance);
    this.exports = instance.exports as Exports;
    this.#views = viewsOf(this.memory.buffer);
  }

  /**
   * The views of the memory as it was when last renewed: at least of the fixed part, unless the memory grew unshared.
   */
  get views(): Views {
    // A grown unshared memory leaves views of length 0 behind. (`memory.buffer` itself is slow to ask for.)
    return this.#views.u8.length === 0 ? this.renewViews() : this.#views;
  }

  /** The views of all the memory there is now. */
  renewViews(): Views {
    this.#views = viewsOf(this.memory.buffer);
    return this.#views;
  }

  /** The view of a kind that reaches to the element before `end` at least. */
  viewTo<K extends keyof Views>(kind: K, end: number): Views[K] {
    const view = this.#views[kind];
    return end <= view.length ? view : this.renewViews()[kind];
  }
}
