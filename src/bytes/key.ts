// One key of bytes.

import { lengthOfArray } from '../kinds.js';

/** The longest key (assembly/bytes/record.ts). */
export const MOST_KEY_BYTES = 0x3fff_ffff;

/** @throws RangeError for a key that is too long */
export function checkKeyBytes(bytes: number, what: string): void {
  if (bytes > MOST_KEY_BYTES) {
    throw new RangeError(`${what}: expected a key of at most ${MOST_KEY_BYTES} bytes; got ${bytes}`);
  }
}

/** Up to so many bytes a loop is faster than a call. */
const SHORT = 24;

/** Bytes of a key, whatever a subclass says: `set` copies so many. */
export function lengthOfBytes(key: Uint8Array): number {
  return lengthOfArray.call(key);
}

/** A copy of a key that may be changed. */
export function copyOfBytes(key: Uint8Array): Uint8Array {
  const copy = new Uint8Array(lengthOfBytes(key));
  writeBytes(key, copy, 0, copy.length);
  return copy;
}

/** Writes a key to the `room` bytes at `at`; returns how many bytes, or -1 where they don't fit. */
export function writeBytes(key: Uint8Array, bytes: Uint8Array, at: number, room: number): number {
  const length = lengthOfBytes(key);
  if (length > room) return -1;
  if (length > SHORT) bytes.set(key, at);
  else for (let i = 0; i < length; i++) bytes[at + i] = key[i] as number;
  return length;
}
