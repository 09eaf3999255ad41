/** Snapshots as streams: the same bytes in chunks, and back from chunks of any length. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { drawValues, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { makeSet } from './support/sets.js';
import { HEADER, read, sameEntries, streamOf, withFields } from './support/snapshots.js';
import { CapacityError, HashMap, HashSet, SnapshotError } from './support/tophash.js';

const test = behaviour('snapshot-streams');
const CHUNK = 2 ** 20;
const most = budget(150_000, { debug: 3000, high: 3000, badHash: 100, full: 400_000 });

function mapOf(key, value, rows) {
  const map = make(key, value);
  map.putAll(distinctKeys(rows, 2, keyKinds[key].Column), drawValues(value, rows, new Random(rows)));
  return map;
}

/** The error that a promise is rejected with. */
async function rejects(promise, Type, what) {
  let error;
  try {
    await promise;
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(
    error instanceof Type,
    `${what}: expected ${Type.name}, got ${error?.constructor?.name}: ${error?.message}`,
  );
  return error;
}

const subjects = () => [
  mapOf('u32', 'u32', 0),
  mapOf('u32', 'f64', 5),
  mapOf('u64', 'u32', 1500),
  mapOf('i32', 'i64', most),
  mapOf('string', 'f64', 5),
  mapOf('string', 'u32', most >> 2),
  mapOf('bytes', 'u64', 1500).set(new Uint8Array(3 * CHUNK).fill(1), 7n),
];

test('the same bytes as snapshot(), in chunks of a mebibyte at most', async () => {
  for (const map of subjects()) {
    const { bytes, chunks } = await read(map.snapshotStream());
    same(bytes, map.snapshot());
    for (const { length } of chunks) assert.ok(length > 0 && length <= CHUNK, `a chunk of ${length} bytes`);
  }
});

test('there and back, in chunks of any length', async () => {
  const random = new Random(1);
  const lengths = [() => CHUNK, () => 1 + random.below(3000), () => random.pick([0, 1, 7, 64, 100_000])];
  for (const map of subjects()) {
    for (const lengthOf of lengths) {
      const copy = tracked(await HashMap.restoreStream(streamOf(map.snapshot(), lengthOf)));
      sameEntries(copy, map);
      assert.is(copy.stats().seed, map.stats().seed);
    }
    sameEntries(tracked(await HashMap.restoreStream(map.snapshotStream())), map);
  }
  for (const map of [mapOf('u32', 'u32', 40), mapOf('bytes', 'f32', 40)])
    sameEntries(tracked(await HashMap.restoreStream(streamOf(map.snapshot(), () => 1))), map);
  for (const key of ['i32', 'string']) {
    const set = makeSet(key);
    set.addAll(distinctKeys(2000, 5, keyKinds[key].Column));
    sameEntries(tracked(await HashSet.restoreStream(set.snapshotStream(), { key })), set);
  }
});

test('a map that changes meanwhile: the stream errors', async () => {
  const changes = [
    (map) => map.set(1, 2),
    (map) => map.delete(keyOf(map)),
    (map) => map.clear(),
    (map) => map.dispose(),
    (map) => map.reserve(map.size * 4),
  ];
  for (const change of changes) {
    const map = mapOf('u32', 'u32', 3000);
    const reader = map.snapshotStream().getReader();
    change(map);
    assert.match((await rejects(reader.read(), Error, String(change))).message, /changed|disposed/);
  }
  const large = mapOf('u32', 'u32', most);
  if (large.snapshot().length < 2 * CHUNK) return;
  const reader = large.snapshotStream().getReader();
  assert.is((await reader.read()).done, false);
  large.set(1, 2);
  await rejects(reader.read(), Error, 'between two chunks');
});

const keyOf = (map) => map.keys().next().value;

test('a chunk that its maker takes back before it is read is refused', async () => {
  const snapshot = mapOf('u32', 'u32', 3000).snapshot();
  const takings = [(buffer) => structuredClone(buffer, { transfer: [buffer] }), (buffer) => buffer.resize(10)];
  for (const take of takings) {
    let at = 0;
    let last;
    const stream = new ReadableStream(
      {
        pull(controller) {
          if (last !== undefined) take(last);
          const part = snapshot.subarray(at, (at += 700));
          last = new ArrayBuffer(part.length, { maxByteLength: 1000 });
          new Uint8Array(last).set(part);
          controller.enqueue(new Uint8Array(last));
        },
      },
      { highWaterMark: 0 },
    );
    assert.match(
      (await rejects(HashMap.restoreStream(stream), TypeError, String(take))).message,
      /chunk of the stream/,
    );
  }
});

test('cut off, or with more behind it', async () => {
  for (const map of [mapOf('u32', 'u32', 30), mapOf('string', 'u32', 30)]) {
    const snapshot = map.snapshot();
    for (let length = 0; length < snapshot.length; length += 1 + (length >> 3))
      await rejects(HashMap.restoreStream(streamOf(snapshot.subarray(0, length), () => 100)), SnapshotError, length);
    const longer = new Uint8Array(snapshot.length + 1);
    longer.set(snapshot);
    for (const length of [1000, snapshot.length])
      await rejects(HashMap.restoreStream(streamOf(longer, () => length)), SnapshotError, 'a byte too many');
  }
});

test.measured('a header that lies takes no memory, and the source is told', async () => {
  const before = process.memoryUsage().rss;
  const body = (pages) => ({ bodyBytes: BigInt(pages) * 4096n });
  for (const [map, fields] of [
    [mapOf('u32', 'u32', 30), { groupLog: 18, pagesPerGroup: 3, bucketBits: 6, ...body(3 * 2 ** 18) }],
    [mapOf('string', 'u32', 30), { size: 2 ** 27, bodyBytes: 2n ** 31n }],
  ]) {
    const lie = withFields(map.snapshot(), fields);
    let cancelled;
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(lie.slice(0, HEADER + 1000)),
      pull: (controller) => controller.error(new Error('the source broke')),
      cancel: (reason) => (cancelled = reason),
    });
    assert.match((await rejects(HashMap.restoreStream(stream), Error, 'broken')).message, /broke/);
    assert.is(cancelled, undefined);
    await rejects(HashMap.restoreStream(streamOf(lie, () => 500)), SnapshotError, 'cut off');
  }
  assert.ok(process.memoryUsage().rss - before < 300e6, 'memory was taken');
  let reason;
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(500)),
    cancel: (why) => (reason = why),
  });
  const error = await rejects(HashMap.restoreStream(stream), SnapshotError, 'zeros');
  assert.is(reason, error);
});

test('arguments of another type', async () => {
  for (const no of [undefined, null, 1, 'tophash', {}, new Uint8Array(200)])
    await rejects(HashMap.restoreStream(no), TypeError, String(no));
  const map = mapOf('u32', 'u32', 5);
  await rejects(HashMap.restoreStream(map.snapshotStream(), { key: 'u1' }), TypeError, 'a kind');
  await rejects(HashMap.restoreStream(map.snapshotStream(), { key: 'i32' }), SnapshotError, 'another kind');
  await rejects(HashSet.restoreStream(map.snapshotStream()), SnapshotError, 'no set');
  await rejects(HashMap.restoreStream(map.snapshotStream(), { maxBytes: 64 }), CapacityError, 'maxBytes');
  const texts = new ReadableStream({
    start(controller) {
      controller.enqueue('text');
      controller.close();
    },
  });
  await rejects(HashMap.restoreStream(texts), TypeError, 'strings');
});

test.run();
