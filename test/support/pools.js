/** What the tests of pools share: maps that live in them. */
import { HashMap } from './tophash.js';

const { Memory } = WebAssembly;

/** Entries of about the largest map that lives in a pool: some 150 of them fill one. */
export const poolRows = 1000;

/** One that nobody disposes of at the end of a test, as it may be dropped before. */
export function makeSmall() {
  const map = new HashMap({ key: 'u32', value: 'u32' });
  map.reserve(poolRows);
  return map;
}

/** How many memories are made meanwhile. */
export function memoriesOf(call) {
  let made = 0;
  WebAssembly.Memory = class {
    constructor(descriptor) {
      made++;
      return new Memory(descriptor);
    }
  };
  try {
    call();
  } finally {
    WebAssembly.Memory = Memory;
  }
  return made;
}

/** Maps that live at a time. */
const LIVE = 40;

/** Makes maps and drops them; of every second one it disposes some time later, when their pool may be full. */
export function turnOver(maps, keys = new Uint32Array()) {
  const live = [];
  for (let i = 0; i < maps; i++) {
    const map = makeSmall();
    map.putAll(keys, 1);
    live.push(map);
    if (live.length <= LIVE) continue;
    const last = live.shift();
    if (i % 2 === 0) last.dispose();
  }
}

/**
 * Waits until the collector has told of a turn of the event loop: what files before this one did in the same job counts
 * no more.
 */
export async function knownTurn() {
  if (typeof FinalizationRegistry !== 'function') return;
  let isKnown = false;
  const registry = new FinalizationRegistry(() => (isKnown = true));
  registry.register({}, undefined);
  for (let i = 0; i < 200 && !isKnown; i++) {
    new Uint8Array(32e6); // which the collector counts
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
