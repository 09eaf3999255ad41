import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses } from './support/check.js';
import { CapacityError, hash, HashMap, HashSet, SnapshotError } from './support/tophash.js';

const test = behaviour('errors');

test('CapacityError is a RangeError with its rows', () => {
  const error = refuses(() => make('u32', 'u32', { maxBytes: 1 }).set(1, 1), CapacityError);
  assert.instance(error, RangeError);
  assert.is(error.name, 'CapacityError');
  assert.is(error.rows, 0);
  assert.ok(error.message.length > 0);
});

test('SnapshotError is an Error', () => {
  const error = new SnapshotError('why');
  assert.instance(error, Error);
  assert.is(error.name, 'SnapshotError');
  assert.is(error.message, 'why');
});

test('messages name the culprit', () => {
  const map = make('u32', 'f64');
  assert.match(refuses(() => map.set('abc', 1), TypeError).message, /u32/);
  assert.match(refuses(() => map.set(-7, 1), RangeError).message, /-7/);
  assert.match(refuses(() => map.putAll(new Int32Array(1), 1), TypeError).message, /Uint32Array/);
  map.dispose();
  assert.match(refuses(() => map.get(1), Error).message, /dispose/);
});

/** @type {[call: () => unknown, ...said: RegExp[]][]} */
const ONE_GLANCE = [
  // Of keys that are none, and values that are missing with them, the keys are named.
  ...[undefined, null, [[1, 2]], { a: 1 }, new Set([1])].flatMap((keys) => [
    [() => make('u32', 'u32').putAll(keys), /^keys: expected Uint32Array/],
    [
      () => make('string', 'u32').putAll(keys),
      Array.isArray(keys) ? /./ : /^keys: expected a string\[\] or a ByteColumn/,
    ],
  ]),
  [() => make('u32', 'u32').putAll(Uint32Array.of(1), null), /^values: .*an array or one value; got null/],
  [() => make('u32', 'u32').getAll(Uint32Array.of(1), []), /^into: expected an object with values.*got Array/],
  [() => make('u32', 'u32').getAll(Uint32Array.of(1), Uint32Array.of(1)), /^into: .*got Uint32Array/],
  [() => HashMap.from(null, { key: 'u32', value: 'u32' }), /^entries: expected an iterable of .*got null/],
  [() => HashSet.from(5, { key: 'u32' }), /^keys: expected an iterable of .*got 5/],
  [() => hash.u32(new Float64Array(1)), /Uint32Array, Int32Array; got Float64Array/],
  [() => hash.u64(new Uint32Array(1)), /BigUint64Array, BigInt64Array, Float64Array; got Uint32Array/],
  [() => hash.u64(new Float64Array(1), 0, new BigInt64Array(1)), /^out: expected Uint32Array or BigUint64Array/],
  [() => hash.strings('abc'), /string\[\] or a ByteColumn; got "abc"/],
  [() => hash.bytes(5), /a Uint8Array or a string; got 5/],
  [() => make('bytes', 'u32').set(detached(), 1), /detached/],
  [() => make('bytes', 'u32').putAll([detached()], 1), /^keys\[0\]: .*detached/],
  [() => HashMap.restore(detached()), /^snapshot: .*detached/],
];

function detached() {
  const bytes = new Uint8Array(3);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

test('messages say which argument is wrong, and all that it may be', () => {
  for (const [call, said] of ONE_GLANCE) assert.match(refuses(call, TypeError).message, said);
  const { message } = refuses(() => make('u32', 'u32').reserve(2 ** 32 - 1), CapacityError);
  assert.match(message, '4 GiB');
  assert.not.match(message, 'maxBytes');
});

test('what is no stream, or streams no bytes, is named', async () => {
  const rejected = async (stream) => (await HashMap.restoreStream(stream).catch((error) => error)).message;
  assert.match(await rejected({ pipe() {} }), 'Readable.toWeb');
  const texts = new ReadableStream({ start: (controller) => controller.enqueue('text') });
  assert.match(await rejected(texts), /chunk of the stream: .*got "text"/);
});

test('what no message can name is refused all the same', () => {
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const hostile = [
    revoked,
    new Proxy(
      {},
      {
        get() {
          throw new EvalError('asked');
        },
      },
    ),
    {
      get [Symbol.toStringTag]() {
        throw new EvalError('asked');
      },
    },
  ];
  const map = make('u32', 'u32');
  for (const x of hostile) {
    refuses(() => map.set(x, 1), TypeError);
    refuses(() => map.set(1, x), TypeError);
    refuses(() => map.reserve(x), TypeError);
    refuses(() => map.scan(x), TypeError);
    refuses(() => map.forEach(x), TypeError);
    refuses(() => make(x, 'u32'), TypeError);
  }
  assert.is(map.size, 0);
});

test.run();
