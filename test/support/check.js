import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { isByteColumn, isSame } from './byte-domains.js';
import { CapacityError } from './tophash.js';

/** The error that `call` throws, which must be a `type` (or one of several) and neither a trap nor a full memory. */
export function refuses(call, type, what = String(call)) {
  const types = [type].flat();
  const name = types.map((t) => t.name).join(' or ');
  let thrown;
  try {
    const result = call();
    thrown = { message: `no error, but ${String(result)}` };
  } catch (error) {
    thrown = error;
  }
  const unasked = [CapacityError, WebAssembly.RuntimeError].filter((t) => !types.includes(t));
  const right = types.some((t) => thrown instanceof t) && !unasked.some((t) => thrown instanceof t);
  assert.ok(right, `${what}: expected ${name}, got ${thrown?.constructor?.name}: ${thrown?.message}`);
  return thrown;
}

/** As {@link refuses}, of a promise that `call` returns: nothing may be thrown before. */
export async function rejects(call, type, what = String(call)) {
  const promise = call();
  assert.instance(promise, Promise, `${what}: a promise`);
  let end = () => 'a result';
  try {
    await promise;
  } catch (error) {
    end = () => {
      throw error;
    };
  }
  return refuses(end, type, what);
}

/** The class that a column has in the library: of byte keys Array. */
export const classOf = (column) => (isByteColumn(column) ? Array : column?.constructor);

/**
 * Equal columns: class, length and every row by Object.is, byte arrays by their bytes. Says where they part instead of
 * printing a million rows.
 */
export function same(actual, expected, what = 'column') {
  assert.is(classOf(actual), classOf(expected), `${what}: class`);
  assert.is(actual.length, expected.length, `${what}: length`);
  for (let row = 0; row < expected.length; row++) {
    if (!isSame(actual[row], expected[row])) {
      assert.unreachable(
        `${what}: row ${row} of ${expected.length} is ${inspect(actual[row])}, expected ${inspect(expected[row])}`,
      );
    }
  }
}

/** `map` holds exactly what `model` holds, and none of the keys of `others` that `model` lacks. */
export function agrees(map, model, others = []) {
  assert.is(map.size, model.size, 'size');
  const keys = model.keyColumn();
  const all = map.getAll(keys);
  same(all.values, model.valueColumn(), 'values of all keys');
  assert.is(all.hits, keys.length, 'hits of all keys');
  assert.is(all.found.indexOf(0), -1, 'found of all keys');
  assert.is(map.hasAll(keys).indexOf(0), -1, 'hasAll of all keys');
  const absent = keys.constructor.from([...others].filter((key) => !model.has(key)));
  assert.is(map.hasAll(absent).indexOf(1), -1, 'hasAll of absent keys');
}
