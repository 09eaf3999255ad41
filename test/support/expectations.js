/** What samples in pages check by: see samples.js. */
import assert from 'node:assert/strict';

/** @returns the actual value */
export function $is(actual, expected, line) {
  try {
    assert.deepEqual(plain(actual), plain(expected));
  } catch (error) {
    error.message = `line ${line}: ${error.message}`;
    throw error;
  }
  return actual;
}

/** @returns the error */
export async function $throws(act, { name, message }, line) {
  let result;
  try {
    result = await act();
  } catch (error) {
    assert.equal(error.name, name, `line ${line}: expected ${name}; got ${error}`);
    assert.ok(error.message.startsWith(message), `line ${line}: expected "${message}..."; got "${error.message}"`);
    return error;
  }
  throw new Error(`line ${line}: expected ${name}; got ${String(result)}`);
}

/** Buffers of Node are byte arrays, and of these the contents count. */
function plain(x) {
  return Buffer.isBuffer(x) ? new Uint8Array(x) : x;
}
