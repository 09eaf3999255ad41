// The checksum of a snapshot: block by block, each hashed by the kernel of byte keys, whatever pieces the bytes come in.

import { openHasher } from '../wasm/hasher.js';
import { transfer } from '../wasm/transfer.js';

/** Bytes of a block (assembly/snapshot/checksum.ts); it fits the hasher's staging. */
const BLOCK = 16384;

/** A module that sums bytes where they lie in its memory. */
interface Summing {
  addToChecksum(checksum: bigint, at: number, length: number): bigint;
}

export class Checksum {
  #state: bigint;
  /** The bytes of the block under way: other calls may use the staging before it is complete. */
  #begun: Uint8Array | undefined;
  #length = 0;

  /** @param before the checksum of what precedes these bytes */
  constructor(before: bigint) {
    this.#state = before;
  }

  /** Goes on with these bytes. */
  add(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const part = bytes.subarray(at, at + BLOCK - this.#length);
      at += part.length;
      if (part.length === BLOCK) {
        this.#addBlock(part);
        continue;
      }
      this.#begun ??= new Uint8Array(BLOCK);
      transfer(part, this.#begun, this.#length);
      this.#length += part.length;
      if (this.#length === BLOCK) this.end();
    }
  }

  /**
   * Goes on with these bytes, a view of the memory of a module, which sums whole blocks there: that spares a copy of
   * them.
   */
  addIn(exports: Summing, bytes: Uint8Array): void {
    const whole = this.#length === 0 ? bytes.length - (bytes.length % BLOCK) : 0;
    if (whole > 0) this.#addAt(exports, bytes.byteOffset, whole);
    this.add(bytes.subarray(whole));
  }

  /** The checksum of all bytes so far. A last block may be shorter. */
  end(): bigint {
    if (this.#length > 0) this.#addBlock((this.#begun as Uint8Array).subarray(0, this.#length));
    this.#length = 0;
    return this.#state;
  }

  #addBlock(block: Uint8Array): void {
    const { instance, staging } = openHasher();
    transfer(block, instance.views.u8, staging);
    this.#addAt(instance.exports, staging, block.length);
  }

  #addAt(exports: Summing, at: number, length: number): void {
    this.#state = BigInt.asUintN(64, exports.addToChecksum(this.#state, at, length));
  }
}
