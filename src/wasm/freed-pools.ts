// Pools that were full and got blocks back, so that new tables find them. Held weakly: tables hold their pool, and so
// does nobody else.
//
// What a WeakRef names lives on until the end of the job that made or asked it. A job that makes pools by the hundred
// and drops their maps would so keep all of them, where Chromium has address space for some 125 memories. So a few alone
// are named of those that may be of the same job. Without a name the blocks of a pool are found by nobody, until one
// more comes back in a later job.

import type { MapInstance } from './map-instance.js';
import { turnsKnown } from './turns.js';

/** Of the pools that were made since the last turn of the event loop that is known: so many are named, of all modules. */
const MOST_NEW = 32;
let newOnes = 0;
let newSince = 0;

export class FreedPools {
  readonly #references = new Set<WeakRef<MapInstance>>();

  add(pool: MapInstance): void {
    pool.reference ??= referenceTo(pool);
    if (pool.reference !== undefined) this.#references.add(pool.reference);
  }

  delete(pool: MapInstance): void {
    if (pool.reference !== undefined) this.#references.delete(pool.reference);
  }

  /** Takes one after the other out. */
  *taken(): Generator<MapInstance, void> {
    for (const reference of this.#references) {
      this.#references.delete(reference);
      const pool = reference.deref();
      if (pool !== undefined) yield pool;
    }
  }
}

function referenceTo(pool: MapInstance): WeakRef<MapInstance> | undefined {
  if (typeof WeakRef !== 'function') return undefined; // workerd, by a compatibility date before 2025-05-05
  const now = turnsKnown();
  if (pool.madeIn === now) {
    if (newSince !== now) {
      newSince = now;
      newOnes = 0;
    }
    if (newOnes === MOST_NEW) return undefined;
    newOnes++;
  }
  return new WeakRef(pool);
}
