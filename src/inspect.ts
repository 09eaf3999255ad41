// What `console.log` and `util.inspect` of Node, Deno and Bun show of a map or set: what they show of a built-in one.

import { showBy } from './inspectable.js';
import { entriesOf, keysOf } from './iterate.js';
import { NO_VALUES } from './kinds.js';
import type { Store } from './store.js';

interface InspectOptions {
  readonly maxArrayLength?: number | null;
}
type Inspect = (x: unknown, options: InspectOptions & { readonly depth: number }) => string;

/** Entries that are shown where nobody says how many. */
const MOST_SHOWN = 100;

/** Gives maps or sets, which have stores and a prototype, the method that hosts look for. */
export function makeInspectable(prototype: object, storeOf: (x: unknown) => Store | undefined): void {
  showBy(prototype, function (depth, options, inspect) {
    const store = storeOf(this);
    if (store === undefined) return Object.prototype.toString.call(this); // the prototype itself
    return isDisposed(store) ? `${store.type} (disposed)` : textOf(store, depth, options, inspect as Inspect);
  });
}

function isDisposed(store: Store): boolean {
  try {
    return store.checkAlive();
  } catch {
    return true;
  }
}

function textOf(store: Store, depth: number, options: InspectOptions, inspect: Inspect | undefined): string {
  const { size, type, words } = store;
  const title = `${type}(${size})`;
  if (depth < 0) return `[${words.type}]`;
  if (inspect === undefined) return title;
  const most = options.maxArrayLength === null ? Infinity : (options.maxArrayLength ?? MOST_SHOWN);
  // One entry more than is shown: the host says that there is one, and here it is said how many there are.
  const some = inspect(firstOf(store, most + 1), { ...options, depth });
  const left = size - most;
  const all = left > 1 ? some.replace(/1 more item(?=\W*$)/, `${left} more items`) : some;
  return all.replace(/^\w+\(\d+\)/, title);
}

/** The first `most` entries, in a built-in map or set. */
function firstOf(store: Store, most: number): Map<unknown, unknown> | Set<unknown> {
  if (store.value === NO_VALUES) {
    const set = new Set<unknown>();
    for (const key of keysOf<unknown>(store)) if (set.add(key).size >= most) break;
    return set;
  }
  const map = new Map<unknown, unknown>();
  for (const [key, value] of entriesOf<unknown, unknown>(store)) if (map.set(key, value).size >= most) break;
  return map;
}
