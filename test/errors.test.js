import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses } from './support/check.js';
import { CapacityError, SnapshotError } from './support/tophash.js';

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
