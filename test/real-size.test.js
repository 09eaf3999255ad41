/**
 * Maps of 1e8 entries, and one that fills the 4 GiB of its memory: only with --full, as they take minutes and
 * gigabytes.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { child } from './support/child.js';
import { build, CapacityError, HashMap } from './support/tophash.js';

const test = behaviour('real-size');
const whole = budget(0, { full: 1 }) === 1 && build === 'release' ? test : test.skip;
const BLOCK = 1_000_000;

/** What holds of every run. */
function check(report) {
  assert.is(report.size, report.rows);
  assert.is(report.found, report.asked, 'every thousandth key');
  assert.is(report.overwritten, 0, 'no key was new');
  assert.is(report.wrong, 0, 'after overwriting');
  assert.is(report.deleted, BLOCK);
  assert.is(report.sizeAfterDelete, report.rows - BLOCK);
  assert.is(report.putAgain, BLOCK, 'as many fit as were deleted');
  assert.is(report.sizeAtEnd, report.rows);
  assert.ok(
    report.peak <= 1.2 * report.bytes,
    `the process took ${report.peak} bytes at most, the map ${report.bytes}`,
  );
  console.log(JSON.stringify(report));
}

whole('1e8 entries, u32 to u32', () => {
  const report = child('real-size.js', { args: ['u32', 'u32', 1e8] });
  check(report);
  assert.is(report.rows, 1e8);
  assert.ok(report.bytesPerEntry <= 15, `${report.bytesPerEntry} bytes an entry`);
});

whole('u64 to f64 until the memory ends: a CapacityError, near 4 GiB', () => {
  const report = child('real-size.js', { args: ['u64', 'f64', 4e8] });
  check(report);
  assert.is(report.refused, true);
  assert.ok(report.bytes > 2.5 * 2 ** 30, `${report.bytes} bytes`);
  assert.ok(report.rows >= 1.5e8, `${report.rows} entries`);
});

whole('keys of 64 MiB until the memory ends: a CapacityError each time, and the map goes on', () => {
  const map = new HashMap({ key: 'bytes', value: 'u32' });
  const key = new Uint8Array(2 ** 26);
  const name = (number) => {
    key[0] = number;
    return key;
  };
  let entries = 0;
  const fill = () => {
    for (let number = entries; ; number++) {
      map.set(name(number), number);
      entries++;
    }
  };
  const isFull = (error) => error instanceof CapacityError;
  assert.throws(fill, isFull);
  assert.ok(entries >= 58, `${entries} keys`);
  for (let round = 0; round < 3; round++) {
    assert.is(map.size, entries);
    for (let number = 0; number < entries; number++) assert.is(map.get(name(number)), number);
    assert.ok(map.delete(name(entries - 1)));
    entries--;
    assert.throws(fill, isFull);
  }
  map.dispose();
});

test.run();
