// New maps and sets that have something to hold.

import { show } from './kinds.js';

/** Fills a new map or set. Where that throws nobody will have it, and it gives its memory back. */
export function filled<T extends { dispose(): void }>(empty: T, fill: (empty: T) => void): T {
  try {
    fill(empty);
    return empty;
  } catch (error) {
    empty.dispose();
    throw error;
  }
}

/** @throws TypeError for what can't be iterated over; its message says of what one was expected */
export function checkIterable(x: unknown, what: string, ofWhat: string): void {
  if (typeof (x as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] === 'function') return;
  throw new TypeError(`${what}: expected an iterable of ${ofWhat}; got ${show(x)}`);
}
