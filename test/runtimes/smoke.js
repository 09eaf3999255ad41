/** Runs unchanged in every runtime: fills, reads, changes and empties maps, and prints `ok` if all of it was right. */
import { capabilities, HashMap, hash } from '../../dist/index.js';

const rows = 300000;
const keys = Uint32Array.from({ length: rows }, (_, i) => Math.imul(i, 0x9e3779b1));

function check(condition, what) {
  if (!condition) throw new Error(`${what} went wrong`);
}

const batch = new HashMap({ key: 'u32', value: 'f64' });
check(
  batch.putAll(
    keys,
    Float64Array.from(keys, (key) => key / 2),
  ) === rows,
  'putAll',
);
check(batch.putAll(keys, 1, 'add') === 0, 'putAll, add');
check(
  batch.getAll(keys).values.every((value, i) => value === keys[i] / 2 + 1),
  'getAll',
);
check(batch.deleteAll(keys.subarray(0, rows / 3)) === rows / 3, 'deleteAll');
check(batch.hasAll(keys).indexOf(1) === rows / 3 && batch.size === (rows / 3) * 2, 'hasAll');

const single = new HashMap({ key: 'i32', value: 'i64' });
for (let i = 0; i < rows; i++) single.set(i - rows / 2, BigInt(-i));
for (let i = 0; i < rows; i++) check(single.get(i - rows / 2) === BigInt(-i), 'get');
for (let i = 0; i < rows; i += 2) check(single.delete(i - rows / 2), 'delete');
check(single.size === rows / 2 && single.has(1 - rows / 2) && !single.has(-rows / 2), 'has');
check(single.stats().maxMovedPerOp <= 1536, 'bounded work');

const many = Array.from({ length: 300 }, (_, i) => new HashMap({ key: 'u32', value: 'u32' }).set(i, i));
check(
  many.every((map, i) => map.get(i) === i),
  'small maps',
);

check(hash.u32(Uint32Array.of(1))[0] === 0x514e28b7, 'hash.u32');
const { order, offsets } = hash.partition(hash.u32(keys), 8);
check(order.length === rows && offsets.length === 257 && offsets[256] === rows, 'hash.partition');
check(capabilities().simd, 'capabilities');

for (const map of [batch, single, ...many]) map.dispose();
console.log('ok');
