/** Native hashes are those of v128, whatever the length of a column, and wherever it stands. */
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { Random } from '../support/random.js';
import { Pair, kernels } from './pair.js';

const test = suite('native hashes');
const random = new Random(Number(process.env.TOPHASH_SEED ?? 1));
const rounds = Number(process.env.TOPHASH_ROUNDS ?? 6);

const PAGES = 1200;

function fill(pair, at, bytes) {
  pair.write(
    at,
    Uint32Array.from({ length: Math.ceil(bytes / 4) }, () => random.u32()),
  );
}

/** 0 to 2,000 rows, and now and then very many. */
const lengths = function* () {
  for (let rows = 0; rows < 70; rows++) yield rows;
  for (let round = 0; round < 20 * rounds; round++) yield random.below(2000);
  yield 1000000;
};

for (const [name, width] of [
  ['hashU32', 4],
  ['hashU64', 8],
]) {
  test(`${name}: columns of any length, anywhere, in place and not`, () => {
    const pair = new Pair('hasher', PAGES);
    for (const rows of lengths()) {
      const keys = 65536 + random.below(64);
      const out = random.below(2) ? keys : keys + rows * width + random.below(64);
      fill(pair, keys, rows * width);
      pair.call(name, keys, rows, random.u32(), out);
      pair.expectSame(65536, out + rows * width + 256, `${rows} keys`);
    }
    assert.ok(pair.calls[name] > 70, 'the kernel was called');
    assert.ok(pair.native.takeServed() > 1e6, 'and its rows are counted');
  });
}

/** Lengths of rows: short, about the stripes' borders, long, or all of these. */
const LENGTHS = {
  short: () => random.below(33),
  borders: () => Math.max(0, 32 * random.below(7) + random.below(3) - 1),
  long: () => 33 + random.below(2000),
  mixed: () => (random.below(4) ? random.below(40) : random.below(600)),
  empty: () => 0,
};

for (const [name, width] of [
  ['hashRows', 8],
  ['hashRowsLow', 4],
]) {
  test(`${name}: rows of any length, wherever they begin`, () => {
    const pair = new Pair('hasher', PAGES);
    for (const rows of lengths()) {
      const kind = rows > 10000 ? 'short' : random.pick(Object.keys(LENGTHS));
      const offsets = new Uint32Array(rows + 1);
      offsets[0] = random.below(100);
      for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row] + LENGTHS[kind]();
      const at = 65536 + random.below(64);
      const keys = at + offsets.byteLength + random.below(64);
      const out = keys + offsets[rows] + 64 + random.below(64);
      pair.write(at, offsets);
      fill(pair, keys, Math.min(offsets[rows], 1 << 20));
      pair.call(name, keys, at, rows, random.u32(), out);
      pair.expectSame(65536, out + rows * width + 256, `${rows} ${kind} rows`);
    }
    assert.ok(pair.calls[name] > 70, 'the kernel was called');
  });
}

test('a row that ends with the memory is hashed, and nothing behind it is read', () => {
  const pair = new Pair('hasher', PAGES);
  const end = PAGES * 65536;
  const offsets = Uint32Array.of(0, 5, 40, 200);
  const keys = end - 200;
  fill(pair, keys, 200);
  pair.write(65536, offsets);
  const native = new Uint8Array(pair.memories[1].buffer);
  assert.is(kernels.hashRows(native, keys, 65536, 3, 7, 65600), 0);
  const moved = 131072;
  pair.write(moved, native.slice(keys, end));
  pair.call('hashRows', moved, 65536, 3, 7, 65700);
  const hashes = (at) => Buffer.from(pair.memories[1].buffer, at, 24);
  assert.equal(hashes(65600), hashes(65700));
});

test('kernels and wasm agree on the layout of a memory', () => {
  const pair = new Pair('hasher', PAGES);
  assert.is(kernels.layout(new Uint8Array(8)), pair.native.layout() >>> 0);
});

test.run();
