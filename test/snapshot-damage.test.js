/** Snapshots that are damaged, or were made to do damage: each is refused, or is what it says. */
import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { hasBadHash } from './support/builds.js';
import { refuses } from './support/check.js';
import { drawValues, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { makeSet } from './support/sets.js';
import { entriesOf, fieldOf, HEADER, restored, sameEntries, sign, viewOf, withFields } from './support/snapshots.js';
import { build, HashMap, HashSet, SnapshotError } from './support/tophash.js';

const test = behaviour('snapshot-damage');
const SEED = 5;
const keyNames = Object.keys(keyKinds);
const LONGEST = 43_000;

function mapOf(key, value, rows, options) {
  const map = make(key, value, { seed: SEED, ...options });
  const keys = distinctKeys(rows, 2, keyKinds[key].Column);
  map.putAll(keys, drawValues(value, rows, new Random(rows)));
  return map;
}

/** `call` throws SnapshotError, and nothing else. */
const refused = (snapshot, what) => refuses(() => restored(snapshot), SnapshotError, what);

/** Restores a snapshot: undefined where it is refused, which must be by a SnapshotError. */
function tried(snapshot) {
  try {
    return restored(snapshot);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return undefined;
  }
}

/**
 * What a snapshot was accepted for is what it says: it says the same of the map that it became, which holds every key
 * once.
 */
function isWhatItSays(map, snapshot) {
  const entries = entriesOf(map);
  assert.is(entries.length, fieldOf(snapshot, 'size'));
  const keys = entries.map(([key]) => key);
  const found =
    map instanceof HashMap ? map.getAll(columnOf(keys, snapshot)).found : map.hasAll(columnOf(keys, snapshot));
  assert.is(found.indexOf(0), -1, 'a key that iteration gives is not found');
  const again = map.snapshot();
  if (fieldOf(snapshot, 'key') >= 5) assert.is(again.length, snapshot.length);
  else if (fieldOf(snapshot, 'spilled') === 0) tidiedEqual(again, snapshot);
}

const columnOf = (keys, snapshot) => keyKinds[keyNames[fieldOf(snapshot, 'key')]].Column.from(keys);

/** Equal but for the values of empty slots, which a snapshot may have and nobody sees. */
function tidiedEqual(again, snapshot) {
  const view = viewOf(snapshot);
  const key = fieldOf(snapshot, 'key') < 2 ? 4 : 8;
  const value = [0, 4, 4, 4, 8, 8, 8][fieldOf(snapshot, 'value')];
  const bucket = 8 * (key + value);
  for (let at = HEADER; at + bucket <= snapshot.length - 8; at += bucket) {
    for (let slot = 0; slot < 8; slot++) {
      const k = at + slot * key;
      const v = at + 8 * key + slot * value;
      const taken = key === 4 ? view.getUint32(k, true) !== 0 : view.getBigUint64(k, true) !== 0n;
      const same = (from, bytes) =>
        Buffer.compare(again.subarray(from, from + bytes), snapshot.subarray(from, from + bytes)) === 0;
      if (!same(k, key) || (taken && !same(v, value))) assert.unreachable(`the bucket at ${at} is another one`);
    }
  }
}

const smalls = () => [
  mapOf('u32', 'u32', 9).snapshot(),
  mapOf('f64', 'u64', 3).snapshot(),
  mapOf('string', 'f32', 4).snapshot(),
  makeSet('bytes', { seed: SEED })
    .add(Uint8Array.of(1, 2, 3))
    .snapshot(),
  make('i64', 'i32').snapshot(),
];

test('cut off at any length', () => {
  for (const snapshot of smalls()) {
    for (let length = 0; length < snapshot.length; length++) refused2(snapshot, length);
    const longer = new Uint8Array(snapshot.length + 1);
    longer.set(snapshot);
    refused(longer, 'a byte too many');
  }
});

function refused2(snapshot, length) {
  const Type = fieldOf(snapshot, 'value') === 0 ? HashSet : HashMap;
  refuses(() => Type.restore(snapshot.slice(0, length)), SnapshotError, `${length} bytes`);
}

test('any single bit flipped', () => {
  for (const snapshot of smalls()) {
    for (let bit = 0; bit < 8 * snapshot.length; bit++) {
      const flipped = snapshot.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      refused(flipped, `bit ${bit}`);
    }
  }
});

test('any single bit flipped, and the checksums made right', () => {
  for (const snapshot of smalls()) {
    for (let bit = 0; bit < 8 * snapshot.length; bit++) {
      const flipped = snapshot.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      const map = tried(sign(flipped));
      if (map !== undefined) {
        isWhatItSays(map, flipped);
        map.dispose();
      }
    }
  }
});

test('fields of the header', () => {
  const one = mapOf('u32', 'u32', 30).snapshot();
  const large = mapOf('u64', 'f64', 3000).snapshot();
  const text = mapOf('string', 'u32', 30).snapshot();
  const wrong = {
    version: [1, 2, 2 ** 32 - 1],
    headerBytes: [0, 64, 136, 2 ** 32 - 1],
    hashId: [0, 0x55],
    key: [7, 255],
    value: [7, 255],
    flags: [0, 4, 255],
    bucketBits: [7, 31, 255],
    groupLog: [21, 31, 32, 255],
    pagesPerGroup: [4, 255],
    load: [0, 513, 65535],
    splitNext: [2 ** 31, 2 ** 32 - 1],
    size: [1, 2 ** 32 - 1],
    spilled: [1, 2 ** 32 - 1],
    zero: [1, 2n ** 63n],
    bodyBytes: [0, 1, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n],
    reserved: [1],
  };
  for (const snapshot of [one, large, text]) {
    assert.ok(tried(withFields(snapshot, {})), 'nothing is wrong with it');
    for (const [name, values] of Object.entries(wrong))
      for (const value of values)
        if (fieldOf(snapshot, name) !== Number(value))
          refused(withFields(snapshot, { [name]: value }), `${name} ${value}`);
  }
  assert.match(refused(withFields(one, { version: 7 })).message, /version 7/);
  for (const form of [
    { groupLog: 20, pagesPerGroup: 3, bucketBits: 6 },
    { groupLog: 0, pagesPerGroup: 1, splitNext: 1 },
    { groupLog: 1, pagesPerGroup: 1, bucketBits: 6 },
    { bucketBits: 6 },
  ])
    refused(withFields(one, form), inspect(form));
  // A few bytes must not ask for gigabytes.
  for (const form of [
    { groupLog: 18, pagesPerGroup: 3, bucketBits: 6, bodyBytes: 3n * 2n ** 18n * 4096n },
    { groupLog: 19, pagesPerGroup: 3, bucketBits: 6, bodyBytes: 3n * 2n ** 19n * 4096n },
  ])
    refused(withFields(one, form), inspect(form));
  refused(withFields(text, { size: 2 ** 30, bodyBytes: 2n ** 33n }), 'records that are not there');
});

/** A page of a u32 set with these buckets, each a list of hashes. */
function pageOf(buckets, bits = 6, key = 'u32') {
  const empty = makeSet(key, { seed: SEED }).snapshot();
  const width = key === 'u32' ? 4 : 8;
  const bytes = new Uint8Array(empty.length + 8 * width * 2 ** bits);
  bytes.set(empty.subarray(0, HEADER));
  const view = viewOf(bytes);
  for (const [number, hashes] of Object.entries(buckets)) {
    hashes.forEach((hash, slot) => {
      const at = HEADER + (Number(number) * 8 + slot) * width;
      if (width === 4) view.setUint32(at, hash, true);
      else view.setBigUint64(at, BigInt(hash), true);
    });
  }
  const size = Object.values(buckets)
    .flat()
    .filter((hash) => hash !== 0 && hash !== 0n).length;
  return withFields(bytes, { bucketBits: bits, pagesPerGroup: 1, size, bodyBytes: bytes.length - HEADER - 8 });
}

/** A hash whose home is bucket `b` of a page of 64. */
const at = (b, i = 0) => b * 2 ** 25 + i * 2 + 1;
const full = (b, from = 0) => Array.from({ length: 8 }, (_, i) => at(b, from + i));

test.layout('pages that no table has', () => {
  const good = [
    { 3: [at(3)] },
    { 3: full(3), 4: [at(3, 9)] },
    { 63: full(63), 0: [at(63, 9), at(0)] },
    { 3: full(3), 4: full(3, 8), 5: [at(3, 20), at(4), at(5)] },
    Object.fromEntries(Array.from({ length: 64 }, (_, b) => [b, full(b)])),
    Object.fromEntries(Array.from({ length: 64 }, (_, b) => [b, full(0, 8 * b)])),
  ];
  for (const buckets of good) isWhatItSays(restored(pageOf(buckets)), pageOf(buckets));
  const bad = {
    'an entry before its home': { 3: [at(4)] },
    'an entry behind a bucket with room': { 3: [at(3)], 4: [at(3, 1)] },
    'an entry behind an empty bucket': { 4: [at(3)] },
    'an entry that went past one nearer to its home': { 3: full(3), 4: full(4), 5: [at(3, 9)] },
    'a hash twice in a bucket': { 3: [at(3), at(3, 1), at(3)] },
    'a hash twice, at the ends': { 3: [...full(3).slice(0, 7), at(3)] },
    'a hash twice, in two buckets': { 3: full(3), 4: [at(3, 2)] },
    'a hash twice, two buckets on': { 3: full(3), 4: full(3, 8), 5: [at(3, 3)] },
    'a gap': { 3: [0, at(3)] },
    'a gap among others': { 3: [at(3), 0, at(3, 1)] },
    'a gap before an entry from home': { 3: [...full(3).slice(0, 7), 0], 4: [at(3, 9)] },
    'around the ring': { 63: [at(63)], 0: [at(63, 9)] },
  };
  for (const [name, buckets] of Object.entries(bad)) refused(pageOf(buckets), name);
  for (let first = 0; first < 8; first++) {
    for (let second = 0; second < first; second++) {
      for (const key of ['u32', 'u64']) {
        const hashes = full(7).map((hash) => (key === 'u32' ? hash : (BigInt(hash) << 32n) | 5n));
        hashes[first] = hashes[second];
        refused(pageOf({ 7: hashes }, 6, key), `slots ${second} and ${first}`);
      }
    }
  }
});

test.layout('pages that change places', () => {
  for (const [key, rows] of [
    ['u32', 900],
    ['u32', 1300],
    ['u64', 1900],
    ['f64', 3100],
  ]) {
    const snapshot = mapOf(key, 'u32', rows).snapshot();
    const groups = 2 ** fieldOf(snapshot, 'groupLog');
    const pages = fieldOf(snapshot, 'pagesPerGroup') * groups + fieldOf(snapshot, 'splitNext');
    const bytes = 64 * 8 * (key === 'u32' ? 8 : 12);
    assert.ok(pages > 2, `${pages} pages`);
    const pageAt = (of, page) => of.subarray(HEADER + page * bytes, HEADER + (page + 1) * bytes);
    for (let first = 0; first < pages; first++) {
      for (let second = 0; second < first; second++) {
        const changed = snapshot.slice();
        pageAt(changed, first).set(pageAt(snapshot, second));
        pageAt(changed, second).set(pageAt(snapshot, first));
        refused(sign(changed), `pages ${second} and ${first} of ${pages}, ${key}`);
        pageAt(changed, second).set(pageAt(snapshot, second));
        refused(sign(changed), `page ${second} twice, ${key}`);
      }
    }
  }
});

test.layout('pages full of entries of one home, one of them twice', () => {
  const all = Array.from({ length: 512 }, (_, i) => at(9, i));
  const buckets = (list) =>
    Object.fromEntries(Array.from({ length: 64 }, (_, b) => [(b + 9) % 64, list.slice(8 * b, 8 * b + 8)]));
  assert.is(restored(pageOf(buckets(all))).size, 512);
  for (const [i, j] of [
    [0, 511],
    [100, 300],
    [7, 8],
    [510, 511],
  ]) {
    const twice = all.slice();
    twice[j] = twice[i];
    refused(pageOf(buckets(twice)), `${i} and ${j}`);
  }
});

test.layout('keys of kind f64 that none has: -0, and NaNs but one', () => {
  const set = makeSet('f64', { seed: SEED });
  for (const x of [0, 1, NaN]) set.add(x);
  sameEntries(restored(set.snapshot()), set);
  const strange = makeSet('u64', { seed: SEED });
  for (const bits of [2n ** 63n, 0x7ff8000000000001n, 0xfff8000000000000n, 0x7ff0000000000001n]) {
    strange.clear();
    strange.add(bits);
    refused(withFields(strange.snapshot(), { key: 4 }), bits.toString(16));
  }
});

test('the key whose hash is 0, where none is there', () => {
  const bytes = mapOf('u32', 'u32', 3).snapshot();
  const with0 = withFields(bytes, { flags: 3, size: 4, zero: 9 });
  assert.is([...restored(with0).values()].includes(9), true);
  refused(withFields(bytes, { flags: 3, zero: 9 }), 'not counted');
  refused(withFields(bytes, { flags: 3, size: 4, zero: 2n ** 32n }), 'a value out of range');
  refused(withFields(bytes, { flags: 2, size: 4 }), 'without a seed');
});

/** A position in the order of the spill, of 32-bit hashes. */
function positionOf(hash) {
  return Number.parseInt(hash.toString(2).padStart(32, '0').split('').reverse().join(''), 2);
}

/** Where a row begins, and a hash of a page that may stand there without disturbing the order of rows. */
function rowAndHash(view, rows, count, isWanted) {
  const at = (row) => view.getUint32(rows + 8 * row, true);
  for (let bucket = HEADER; bucket < rows; bucket += 64) {
    for (let slot = bucket; slot < bucket + 32; slot += 4) {
      const hash = view.getUint32(slot, true);
      if (hash === 0 || !isWanted(hash)) continue;
      for (let row = 1; row < count - 1; row++) {
        const position = positionOf(hash);
        if (positionOf(at(row - 1)) < position && position < positionOf(at(row + 1))) return [rows + 8 * row, hash];
      }
      if (positionOf(hash) < positionOf(at(1))) return [rows, hash];
    }
  }
  throw new Error('no such hash');
}

test.layout('rows of the spill', () => {
  const { Column, withHash } = keyKinds.u32;
  const map = make('u32', 'u32', { seed: SEED });
  map.putAll(
    Column.from({ length: 900 }, (_, i) => withHash(2 ** 29 + i * 2 ** 17 + 3, SEED)),
    7,
  );
  map.putAll(distinctKeys(900, 1), 7);
  const snapshot = map.snapshot();
  const spilled = fieldOf(snapshot, 'spilled');
  assert.ok(spilled > 10, `${spilled} entries in the spill`);
  const rows = snapshot.length - 8 - 8 * spilled;
  const view = viewOf(snapshot);
  const change = (how) => {
    const copy = snapshot.slice();
    how(viewOf(copy));
    return sign(copy);
  };
  refused(
    change((v) => v.setUint32(rows, 0, true)),
    'a hash of 0',
  );
  refused(
    change((v) => v.setUint32(rows, v.getUint32(rows + 8, true), true)),
    'a row twice',
  );
  // In order, but in a page as well: of the crowd, whose rows are looked up in a filter, and of another group.
  const crowd = rowAndHash(view, rows, spilled, (hash) => (hash & 0xffff) === 3);
  const others = rowAndHash(view, rows, spilled, (hash) => (hash & 0xffff) !== 3);
  for (const [row, hash] of [crowd, others])
    refused(
      change((v) => v.setUint32(row, hash, true)),
      'a row that is in a page',
    );
  refused(
    change((v) => {
      const first = v.getBigUint64(rows, true);
      v.setBigUint64(rows, v.getBigUint64(rows + 8, true), true);
      v.setBigUint64(rows + 8, first, true);
    }),
    'rows out of order',
  );
  // A row that has room in its page is one of the table's all the same. The last position is that of all bits set.
  const other = change((v) => v.setUint32(snapshot.length - 16, 0xffffffff, true));
  const again = restored(other);
  assert.is(again.size, map.size);
  assert.is(again.get(withHash(0xffffffff, SEED)), 7);
});

/** A snapshot of records, each [key bytes, value]. */
function recordsOf(kind, records) {
  const head = makeSet(kind, { seed: SEED }).snapshot().subarray(0, HEADER);
  const body = Buffer.concat(
    records.map((record) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(record.claimed ?? record.length);
      return Buffer.concat([length, record]);
    }),
  );
  const bytes = new Uint8Array(HEADER + body.length + 8);
  bytes.set(head);
  bytes.set(body, HEADER);
  return withFields(bytes, { size: records.length, bodyBytes: body.length });
}

const claiming = (bytes, claimed) => Object.assign(Uint8Array.from(bytes), { claimed });

test('records that no table has', () => {
  const [a, b, long] = [Uint8Array.of(1), Uint8Array.of(2, 3), new Uint8Array(LONGEST * 2)];
  for (const good of [[a], [a, b], [new Uint8Array(0)], [long, a], [b, long]]) {
    const set = restored(recordsOf('bytes', good));
    assert.is(set.hasAll(good).indexOf(0), -1);
  }
  for (const bad of [
    [a, a],
    [a, b, a],
    [long, long],
    [long, a, long],
    [claiming(a, 2)],
    [a, claiming(b, 3)],
    [a, claiming(b, 1)],
    [claiming(a, 2 ** 30)],
    [claiming(a, 2 ** 31 + 1)],
    [claiming(a, 2 ** 32 - 1)],
    [claiming(long, LONGEST * 2 + 1)],
    [claiming(long, 2 ** 29)],
  ])
    refused(recordsOf('bytes', bad), JSON.stringify(bad.map(({ length, claimed }) => [length, claimed])));
});

test('chains: keys of one hash stand side by side, none of them twice', () => {
  const key = (twin) => keyKinds.bytes.withHash(99, SEED, twin);
  const chain = Array.from({ length: budget(700, { badHash: 100 }) }, (_, twin) => key(twin));
  assert.is(restored(recordsOf('bytes', chain)).size, chain.length);
  const other = keyKinds.bytes.withHash(100, SEED);
  refused(recordsOf('bytes', [...chain, chain[3]]), 'a key twice');
  refused(recordsOf('bytes', [key(0), key(0)]), 'the first one twice');
  refused(recordsOf('bytes', [key(1), key(0), key(1)]), 'with another between');
  if (!hasBadHash(build)) refused(recordsOf('bytes', [key(1), other, key(0)]), 'a chain in two parts');
  assert.is(restored(recordsOf('bytes', [other, key(1), key(0)])).size, 3);
});

test('strings that are none', () => {
  const text = (...bytes) => recordsOf('string', [Uint8Array.from(bytes)]);
  const good = {
    a: [0x61],
    ä: [0xc3, 0xa4],
    '\u{1f600}': [0xf0, 0x9f, 0x98, 0x80],
    '\ud800': [0xed, 0xa0, 0x80],
    '\udc00\ud800': [0xed, 0xb0, 0x80, 0xed, 0xa0, 0x80],
    '\ud800a\udc00': [0xed, 0xa0, 0x80, 0x61, 0xed, 0xb0, 0x80],
    '\ud800ä\udc00': [0xed, 0xa0, 0x80, 0xc3, 0xa4, 0xed, 0xb0, 0x80],
  };
  for (const [key, bytes] of Object.entries(good)) assert.equal([...restored(text(...bytes))], [key]);
  const bad = [
    [0x80],
    [0xff],
    [0xc0, 0x80],
    [0xc3],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0],
    [0xf0, 0x80, 0x80, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
    [0x61, 0xed, 0xaf, 0xbf, 0xed, 0xbf, 0xbf],
    [0xed, 0xa0, 0x80, 0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
  ];
  for (const bytes of bad) refused(text(...bytes), Buffer.from(bytes).toString('hex'));
});

test('thousands of damaged snapshots', () => {
  const sources = [
    mapOf('u32', 'u32', 900),
    mapOf('u32', 'f64', 1800),
    mapOf('i64', 'u64', 300),
    mapOf('f64', 'f32', 700),
    mapOf('string', 'u32', 400),
    mapOf('bytes', 'i64', 150),
    mapOf('i32', 'i64', 40, { maxLoad: 8 }),
  ].map((map) => map.snapshot());
  const random = new Random(4711);
  const rounds = budget(2000, { debug: 400, badHash: 400, full: 100_000 });
  let accepted = 0;
  for (let round = 0; round < rounds; round++) {
    const snapshot = random.pick(sources).slice();
    for (let hit = 1 + random.below(3); hit > 0; hit--) damage(snapshot, random);
    const map = tried(round % 2 === 0 ? sign(snapshot) : snapshot);
    if (map === undefined) continue;
    accepted++;
    isWhatItSays(map, snapshot);
    map.dispose();
  }
  // Damage to values is what the checksum alone can tell.
  assert.ok(accepted > rounds / 100, `${accepted} of ${rounds} were accepted`);
});

function damage(bytes, random) {
  const from = random.below(3) === 0 ? random.below(HEADER) : random.below(bytes.length - 8);
  switch (random.below(5)) {
    case 0:
      bytes[from] ^= 1 << random.below(8);
      break;
    case 1:
      bytes[from] = random.u32();
      break;
    case 2:
      bytes.fill(random.pick([0, 255]), from, from + random.below(64));
      break;
    case 3: // a piece stands elsewhere as well
      bytes.copyWithin(from, HEADER + random.below(bytes.length - HEADER), HEADER + random.below(bytes.length));
      break;
    default: // two words change places
      swapWords(viewOf(bytes), from & ~7, HEADER + (random.below(bytes.length - HEADER - 16) & ~7));
  }
}

function swapWords(view, a, b) {
  if (Math.max(a, b) + 8 > view.byteLength) return;
  const word = view.getBigUint64(a);
  view.setBigUint64(a, view.getBigUint64(b));
  view.setBigUint64(b, word);
}

(hasBadHash(build) ? test.skip : test)(
  'a page all around of entries away from home, one of which would have the others move',
  () => {
    const [buckets, slots, away] = [64, 8, 63];
    const empty = make('u32', 'u32', { seed: SEED }).snapshot();
    const image = new Uint8Array(HEADER + buckets * 64 + 8);
    image.set(empty.subarray(0, HEADER));
    const snapshot = withFields(image, {
      flags: 1,
      seed: SEED,
      bucketBits: 6,
      pagesPerGroup: 1,
      load: buckets * slots,
      size: buckets * slots,
      bodyBytes: BigInt(buckets * 64),
    });
    const view = viewOf(snapshot);
    const fill = (distance) => {
      for (let bucket = 0; bucket < buckets; bucket++) {
        const home = (bucket + buckets - distance) % buckets;
        for (let slot = 0; slot < slots; slot++) {
          view.setUint32(HEADER + bucket * 64 + slot * 4, (home << 25) | (slot << 3) | 1, true);
        }
      }
      return sign(snapshot);
    };
    assert.is(restored(fill(0)).size, buckets * slots);
    refused(fill(1), 'each a bucket away');
    refused(fill(away), 'each as far as can be');
  },
);

test.run();
