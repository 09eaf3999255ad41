// Snapshots: a map or set as bytes, and back. snapshot/FORMAT.md defines the bytes, snapshot/write.ts and read.ts make
// and read them; here is how they go in and out, as one array or as a stream.

import { plainView } from './columns.js';
import { SnapshotError } from './errors.js';
import { isBytes, isObject, show } from './kinds.js';
import { checkRestoreOptions } from './options.js';
import { type Restoring, restoring, tooShort } from './snapshot/read.js';
import { checkHasSnapshot, headerOf, lengthOfSnapshot, MOST_PIECE, piecesOf } from './snapshot/write.js';
import type { Store } from './store.js';
import type { Snapshot } from './types.js';
import { transfer } from './wasm/transfer.js';

/** Bytes of a chunk of a stream at most. */
const CHUNK = 2 ** 20;

/**
 * All of a store as bytes.
 * @throws see {@link HashMap.snapshot}
 */
export function snapshotOf(store: Store): Snapshot {
  checkHasSnapshot(store);
  const header = headerOf(store);
  const bytes = arrayOf(lengthOfSnapshot(header));
  let at = 0;
  for (const piece of piecesOf(store, header)) {
    transfer(piece, bytes, at);
    at += piece.length;
  }
  return bytes;
}

function arrayOf(length: number): Snapshot {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    const bytes = length.toLocaleString('en');
    throw new RangeError(`snapshot: the host has no array of ${bytes} bytes; snapshotStream needs none`, { cause });
  }
}

/**
 * All of a store as a stream of bytes.
 * @throws see {@link HashMap.snapshotStream}
 */
export function snapshotStreamOf(store: Store): ReadableStream<Snapshot> {
  checkHasSnapshot(store);
  const begun = stateOf(store);
  let pieces: Generator<Uint8Array> | undefined;
  let piece: Uint8Array | undefined;
  return new ReadableStream<Snapshot>(
    {
      pull(controller) {
        const now = stateOf(store);
        if (begun.some((x, i) => x !== now[i])) {
          throw new Error(`snapshotStream: the ${store.words.noun} was changed while its snapshot was being read`);
        }
        pieces ??= piecesOf(store, headerOf(store));
        const chunk = new Uint8Array(CHUNK);
        let length = 0;
        // A piece may lie in the map's memory: it is copied before the next one is made, and before anyone else can do
        // anything.
        while (length + MOST_PIECE <= CHUNK) {
          piece = pieces.next().value as Uint8Array | undefined;
          if (piece === undefined) break;
          transfer(piece, chunk, length);
          length += piece.length;
        }
        if (length > 0) controller.enqueue(length === CHUNK ? chunk : chunk.slice(0, length));
        if (piece === undefined) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** What differs once a store's table has changed in any way: its entries, or where they stand. */
function stateOf(store: Store): readonly unknown[] {
  const { place, version } = store;
  if (place === undefined) return [version];
  const { layout, views } = place.instance;
  const moved = views.u64[(place.table + layout.MOVED) >>> 3];
  const pages = views.u32[(place.table + layout.PAGES) >>> 2];
  return [version, place, moved, pages];
}

/**
 * A store from the bytes of a snapshot.
 * @throws see {@link HashMap.restore}
 */
export function restoreStore(snapshot: unknown, options: unknown, isSet: boolean): Store {
  const asked = checkRestoreOptions(options, isSet);
  const bytes = bytesOf(snapshot, 'snapshot');
  const steps = restoring(asked, bytes.length);
  let at = 0;
  let step = steps.next();
  while (step.done !== true) {
    const part = bytes.subarray(at, at + step.value);
    at += step.value;
    step = steps.next(part);
  }
  return step.value;
}

/** @throws TypeError for what is neither a byte array nor a buffer, or has lost its bytes */
function bytesOf(snapshot: unknown, what: string): Uint8Array {
  if (isBytes(snapshot)) return plainView(snapshot, Uint8Array, what);
  if (Object.prototype.toString.call(snapshot) === '[object ArrayBuffer]') {
    try {
      return new Uint8Array(snapshot as ArrayBuffer);
    } catch {
      // neither a buffer that only says so, nor a detached one
    }
  }
  throw new TypeError(`${what}: expected a Uint8Array or an ArrayBuffer; got ${show(snapshot)}`);
}

/**
 * A store from a stream of the bytes of a snapshot.
 * @throws see {@link HashMap.restoreStream}
 */
export async function restoreStoreFrom(stream: unknown, options: unknown, isSet: boolean): Promise<Store> {
  const asked = checkRestoreOptions(options, isSet);
  if (!isObject(stream) || typeof (stream as ReadableStream).getReader !== 'function') {
    const isNodes = isObject(stream) && typeof (stream as { pipe?: unknown }).pipe === 'function';
    const hint = isNodes ? ' (of a stream of Node, Readable.toWeb makes one)' : '';
    throw new TypeError(`stream: expected a ReadableStream; got ${show(stream)}${hint}`);
  }
  const reader = (stream as ReadableStream<unknown>).getReader();
  const steps = restoring(asked, undefined);
  try {
    const store = await feed(steps, new Incoming(reader));
    reader.releaseLock();
    return store;
  } catch (error) {
    steps.return(undefined as never); // gives memory back
    reader.cancel(error).catch(() => undefined);
    reader.releaseLock();
    throw error;
  }
}

async function feed(steps: Restoring, incoming: Incoming): Promise<Store> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await incoming.take(step.value));
  try {
    await incoming.end();
    return step.value;
  } catch (error) {
    step.value.dispose();
    throw error;
  }
}

/** The bytes of a stream, in whatever chunks they come. */
class Incoming {
  readonly #reader: ReadableStreamDefaultReader<unknown>;
  #chunks: Uint8Array[] = [];
  #held = 0;
  #taken = 0;

  constructor(reader: ReadableStreamDefaultReader<unknown>) {
    this.#reader = reader;
  }

  /** The next bytes. @throws SnapshotError where the stream ends before */
  async take(wanted: number): Promise<Uint8Array> {
    while (this.#held < wanted) {
      if (!(await this.#read())) throw new SnapshotError(tooShort(this.#taken + this.#held));
    }
    // Who made the chunks may have transferred one, or cut it short, meanwhile.
    if (this.#chunks.reduce((sum, { length }) => sum + length, 0) !== this.#held) {
      throw new TypeError('a chunk of the stream: its buffer was detached or has shrunk before it was read');
    }
    this.#held -= wanted;
    this.#taken += wanted;
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= wanted) {
      this.#chunks[0] = first.subarray(wanted);
      return first.subarray(0, wanted);
    }
    return this.#gather(wanted);
  }

  /** Bytes of several chunks, which are there. */
  #gather(wanted: number): Uint8Array {
    const bytes = new Uint8Array(wanted);
    let length = 0;
    let used = 0;
    for (; length < wanted; used++) {
      const chunk = this.#chunks[used] as Uint8Array;
      const part = chunk.subarray(0, wanted - length);
      bytes.set(part, length);
      length += part.length;
      if (part.length < chunk.length) {
        this.#chunks[used] = chunk.subarray(part.length);
        break;
      }
    }
    this.#chunks = this.#chunks.slice(used);
    return bytes;
  }

  /** @throws SnapshotError where there is more */
  async end(): Promise<void> {
    while (this.#held === 0) if (!(await this.#read())) return;
    throw new SnapshotError('the snapshot is damaged: bytes follow its end');
  }

  /** Reads a chunk; false at the end. */
  async #read(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    const bytes = bytesOf(value, 'a chunk of the stream');
    if (this.#held === 0) this.#chunks = [];
    this.#chunks.push(bytes);
    this.#held += bytes.length;
    return true;
  }
}
