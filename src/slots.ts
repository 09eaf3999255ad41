// Values of kind 'any'. They can't live in linear memory, so the table holds the number of a slot, and the slot the
// value.
//
// Slots come in chunks of a fixed size, so that growth never copies values. A free slot holds the number of the next
// free one, which also lets go of the value that it had. Slot 0 is nobody's: there an iterator at its end reads
// undefined, and no value that a host would take for a promise.

const CHUNK_BITS = 10;
const CHUNK_MASK = (1 << CHUNK_BITS) - 1;
/** The end of the list of free slots. */
const NONE = -1;

/** The slots of one map. A map that gives its memory back forgets them all: `clear`. */
export class Slots {
  /** All chunks are full size but the last, which grows up to it: small maps stay small. */
  #chunks: unknown[][] = [[undefined]];
  /** Slots ever taken, slot 0 included: those from here on have never been. */
  #end = 1;
  /** The first free slot among those before the end. */
  #free = NONE;

  /** Chunks that it has: what it takes of the heap. */
  get chunks(): number {
    return this.#chunks.length;
  }

  /** The value in a slot; undefined for slot 0. */
  get(slot: number): unknown {
    return this.#chunkOf(slot)[slot & CHUNK_MASK];
  }

  set(slot: number, value: unknown): void {
    this.#chunkOf(slot)[slot & CHUNK_MASK] = value;
  }

  /** Puts a value into a free slot; returns its number. */
  take(value: unknown): number {
    const slot = this.#free;
    if (slot === NONE) return this.#append(value);
    const chunk = this.#chunkOf(slot);
    this.#free = chunk[slot & CHUNK_MASK] as number;
    chunk[slot & CHUNK_MASK] = value;
    return slot;
  }

  /** Frees a slot. */
  release(slot: number): void {
    this.set(slot, this.#free);
    this.#free = slot;
  }

  /** Forgets all values. O(1). */
  clear(): void {
    this.#chunks = [[undefined]];
    this.#end = 1;
    this.#free = NONE;
  }

  #chunkOf(slot: number): unknown[] {
    return this.#chunks[slot >>> CHUNK_BITS] as unknown[];
  }

  #append(value: unknown): number {
    const slot = this.#end++;
    if (slot >>> CHUNK_BITS === this.#chunks.length) this.#chunks.push([]);
    this.#chunkOf(slot).push(value);
    return slot;
  }
}
