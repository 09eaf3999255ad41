/** A side of `npm run bench:native`: a thread with the library, with native kernels or without. It measures what it is asked for, and answers in CPU nanoseconds a row. */
import { parentPort, workerData } from 'node:worker_threads';
import { HashMap, hash } from 'tophash';
import { integers, numbersFrom } from '../keys.js';
import { cpuMicros } from '../pauses/clock.js';

/** Rows that a sample has at least: a short batch is called again and again. */
const ROWS = 2e6;

const STRING_BYTES = 32;

/** @typedef {{ run: () => unknown, end?: () => void }} Work what is measured, and what is not, behind it */

/**
 * Kinds of batches; each gives, for a size, what one call of it is.
 * @type {Record<string, (n: number) => () => Work>}
 */
const KINDS = {
  'hash u32': (n) => {
    const keys = integers(1, numbersFrom(0, n));
    const into = new Uint32Array(n);
    return () => ({ run: () => hash.u32(keys, 1, into) });
  },
  'hash u64': (n) => {
    const keys = BigUint64Array.from(integers(1, numbersFrom(0, n)), (key) => BigInt(key) << 17n);
    const into = new BigUint64Array(n);
    return () => ({ run: () => hash.u64(keys, 1, into) });
  },
  'hash strings of 32 bytes': (n) => {
    const bytes = new Uint8Array(integers(1, numbersFrom(0, (n * STRING_BYTES) / 4)).buffer);
    const offsets = Uint32Array.from({ length: n + 1 }, (_, row) => row * STRING_BYTES);
    const into = new Uint32Array(n);
    return () => ({ run: () => hash.strings({ bytes, offsets }, 1, into) });
  },
  'getAll, all hits': (n) => {
    const { map, keys } = filled(n);
    const into = { values: new Uint32Array(n), found: new Uint8Array(n) };
    return () => ({ run: () => map.getAll(keys, into) });
  },
  'getAll, all misses': (n) => {
    const { map } = filled(n);
    const keys = integers(1, numbersFrom(n, n));
    const into = { values: new Uint32Array(n), found: new Uint8Array(n) };
    return () => ({ run: () => map.getAll(keys, into) });
  },
  'putAll, presized': (n) => {
    const keys = integers(1, numbersFrom(0, n));
    return () => {
      const map = new HashMap({ key: 'u32', value: 'u32', capacity: n });
      return { run: () => map.putAll(keys, keys), end: () => map.dispose() };
    };
  },
};

/** @param {number} n */
function filled(n) {
  const keys = integers(1, numbersFrom(0, n));
  const map = new HashMap({ key: 'u32', value: 'u32', capacity: n });
  map.putAll(keys, keys);
  return { map, keys };
}

if (workerData.native) {
  const { useNative } = await import('tophash/native');
  const { backend, reason } = await useNative();
  if (backend !== 'avx512') parentPort?.postMessage({ reason });
}

/** @type {Map<string, () => Work>} */
const made = new Map();

parentPort?.on('message', ({ kind, n, done }) => {
  const id = `${kind} ${n}`;
  if (done) {
    made.delete(id);
    return;
  }
  const create = made.get(id) ?? KINDS[kind](n);
  made.set(id, create);
  let micros = 0;
  const calls = Math.ceil(ROWS / n);
  for (let call = 0; call < calls; call++) {
    const { run, end } = create();
    if (calls === 1 || end !== undefined) {
      const start = cpuMicros();
      run();
      micros += cpuMicros() - start;
      end?.();
      continue;
    }
    // All calls in one: the clock takes longer than a short one.
    const start = cpuMicros();
    for (let i = 0; i < calls; i++) run();
    micros += cpuMicros() - start;
    break;
  }
  parentPort?.postMessage({ nanos: (micros * 1000) / (calls * n) });
});
parentPort?.postMessage({ kinds: Object.keys(KINDS) });
