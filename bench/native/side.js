/**
 * A side of `npm run bench:native`: a thread with the library, with native kernels or without. It measures what it is
 * asked for, and answers in CPU nanoseconds a row.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { HashMap, hash } from 'tophash';
import { integers, numbersFrom, shuffle, texts } from '../keys.js';
import { cpuMicros } from '../pauses/clock.js';

/** Rows that a sample has at least: a short batch is called again and again. */
const ROWS = 2e6;

const STRING_BYTES = 32;

/** @typedef {{ run: (call: number) => unknown, end?: () => void }} Work what is measured, and what is not, behind it */

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
  'getAll, all hits': (n) => lookUps(n, 0),
  'getAll, all misses': (n) => lookUps(n, n),
  'putAll, presized': (n) => {
    const keys = integers(1, numbersFrom(0, n));
    return () => {
      const map = new HashMap({ key: 'u32', value: 'u32', capacity: n });
      return { run: () => map.putAll(keys, keys), end: () => map.dispose() };
    };
  },
};

/** Calls of a sample. @param {number} n */
const callsOf = (n) => Math.ceil(ROWS / n);

let order = 1;
/**
 * Columns of the keys number `from` and the `n - 1` behind it, one for each call of a sample, each in an order that no
 * call has had before: no branch predictor knows it.
 * @template T
 * @param {number} n @param {number} from @param {(numbers: Uint32Array) => T} column
 */
function columnsOf(n, from, column) {
  return Array.from({ length: callsOf(n) }, () => column(shuffle(numbersFrom(from, n), order++)));
}

/** Look-ups of u32 keys. @param {number} n @param {number} from @returns {() => Work} */
function lookUps(n, from) {
  const keys = integers(1, numbersFrom(0, n));
  const map = new HashMap({ key: 'u32', value: 'u32', capacity: n });
  map.putAll(keys, keys);
  const into = { values: new Uint32Array(n), found: new Uint8Array(n) };
  return () => {
    const columns = columnsOf(n, from, (numbers) => integers(1, numbers));
    return { run: (call) => map.getAll(columns[call], into) };
  };
}

/** A column of keys of 16 to 48 bytes. @param {Uint32Array} numbers of the keys */
const bytes = (numbers) => texts(1, numbers);

/** The same as an array of strings. @param {Uint32Array} numbers */
function strings(numbers) {
  const { bytes, offsets } = texts(1, numbers);
  const all = Buffer.from(bytes.buffer).toString('latin1');
  return Array.from(numbers, (_, row) => all.slice(offsets[row], offsets[row + 1]));
}

/** @typedef {(numbers: Uint32Array) => any} Column */

/** @type {Record<string, Column>} */
const BYTE_COLUMNS = { 'byte keys': bytes, 'string[]': strings };
for (const [name, column] of Object.entries(BYTE_COLUMNS)) {
  const key = column === bytes ? 'bytes' : 'string';
  /** @param {number} n @param {number} [capacity] */
  const fill = (n, capacity = n) => {
    const numbers = numbersFrom(0, n);
    const [keys, values] = [column(numbers), numbers];
    return () => {
      const map = new HashMap({ key, value: 'u32', capacity });
      return { run: () => map.putAll(keys, values), end: () => map.dispose(), map };
    };
  };
  /** Their columns take long to make: they are the same in every sample. @param {number} n */
  const asked = (n, from = 0) => {
    const { run, map } = fill(n)();
    run();
    const columns = columnsOf(n, from, column);
    return { map, columns, into: { values: new Uint32Array(n), found: new Uint8Array(n) } };
  };
  /** @param {number} from of the first key asked for, in keys of the map @returns {(n: number) => () => Work} */
  const gets = (from) => (n) => {
    const { map, columns, into } = asked(n, from * n);
    return () => ({ run: (call) => map.getAll(columns[call], into) });
  };
  Object.assign(KINDS, {
    [`getAll of ${name}, all hits`]: gets(0),
    [`getAll of ${name}, all misses`]: gets(1),
    [`hasAll of ${name}, all hits`]: (/** @type {number} */ n) => {
      const { map, columns, into } = asked(n);
      return () => ({ run: (call) => map.hasAll(columns[call], into.found) });
    },
    [`putAll of ${name}, from empty`]: (/** @type {number} */ n) => fill(n, 0),
    [`putAll of ${name}, presized`]: fill,
  });
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
  const calls = callsOf(n);
  for (let call = 0; call < calls; call++) {
    const { run, end } = create();
    if (calls === 1 || end !== undefined) {
      const start = cpuMicros();
      run(call);
      micros += cpuMicros() - start;
      end?.();
      continue;
    }
    // All calls in one: the clock takes longer than a short one.
    const start = cpuMicros();
    for (let i = 0; i < calls; i++) run(i);
    micros += cpuMicros() - start;
    break;
  }
  parentPort?.postMessage({ nanos: (micros * 1000) / (calls * n) });
});
parentPort?.postMessage({ kinds: Object.keys(KINDS) });
