/** Keys of which the table keeps the same 32 bits of hash: they share a slot, and form a chain behind it. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteColumn, byteKinds, fewer, keyOf, keysOf, textOf } from './support/byte-keys.js';
import { same } from './support/check.js';
import { Random } from './support/random.js';
import { hash, HashMap, HashSet } from './support/tophash.js';

const test = behaviour('bytes-equal-hash');
const SEED = 1;

/** Pairs of texts that hash alike under SEED, found by trying: of 2^18 texts about eight pairs. */
function findPairs() {
  const texts = Array.from({ length: 2 ** 18 }, (_, i) =>
    i % 3 === 0 ? `key ${i}` : `${i} ${'a longer key '.repeat(i % 8)}`,
  );
  const firsts = new Map();
  const found = [];
  hash.strings(texts, SEED).forEach((h, row) => {
    if (firsts.has(h)) found.push([firsts.get(h), texts[row]]);
    else firsts.set(h, texts[row]);
  });
  return found;
}

const pairs = findPairs();
/**
 * Under a test build's constant hash everything is one chain; else these come as pairs. With the others between them
 * pages split and the arena grows.
 */
const crowd = budget(300, { debug: 100, full: 300 });
const others = Array.from({ length: crowd }, (_, i) => `other ${i} ${'.'.repeat(i % 50)}`);
const orders = [
  [0, 1],
  [1, 0],
];

test('there are such keys', () => {
  assert.ok(pairs.length >= 2, `${pairs.length} pairs`);
  for (const [a, b] of pairs) {
    assert.is.not(a, b);
    assert.is(hash.bytes(a, SEED), hash.bytes(b, SEED));
  }
});

for (const kind of byteKinds) {
  const key = (text) => keyOf(kind, text);

  test(`${kind}: one of a pair is not the other`, () => {
    for (const pair of pairs) {
      for (const [first, second] of orders.map((order) => order.map((i) => pair[i]))) {
        const map = make(kind, 'u32', { seed: SEED }).set(key(first), 1);
        assert.is(map.has(key(second)), false);
        assert.is(map.get(key(second)), undefined);
        assert.is(map.delete(key(second)), false);
        same(map.hasAll(keysOf(kind, [second, first])), Uint8Array.of(0, 1));
        assert.is(map.deleteAll(keysOf(kind, [second])), 0);
        assert.is(map.getOrInsert(key(second), 2), 2);
        agreesWith(
          map,
          kind,
          new Map([
            [first, 1],
            [second, 2],
          ]),
        );
      }
    }
  });

  test(`${kind}: pairs set, overwritten and deleted in every order, in small and large maps`, () => {
    for (const size of [0, 40, fewer(crowd * 10, 80)]) {
      const map = make(kind, 'f64', { seed: SEED });
      const texts = Array.from({ length: size }, (_, i) => `more ${i}`);
      map.putAll(keysOf(kind, texts), 0.5);
      for (const added of orders) {
        for (const deleted of orders) {
          for (const pair of pairs) {
            for (const i of added) map.set(key(pair[i]), i);
            for (const i of [1, 0, 1]) map.set(key(pair[i]), i + 0.25);
            assert.equal([map.get(key(pair[0])), map.get(key(pair[1]))], [0.25, 1.25]);
          }
          assert.is(map.size, size + 2 * pairs.length);
          const seen = [...map.keys()].map(textOf);
          assert.is(new Set(seen).size, map.size);
          for (const text of pairs.flat()) assert.ok(seen.includes(text));
          for (const pair of pairs) {
            assert.is(map.delete(key(pair[deleted[0]])), true);
            assert.is(map.delete(key(pair[deleted[0]])), false);
            assert.is(map.get(key(pair[deleted[0]])), undefined);
            assert.is(map.get(key(pair[deleted[1]])), deleted[1] + 0.25);
            map.set(key(pair[deleted[0]]), 9);
            assert.is(map.delete(key(pair[deleted[1]])), true);
            assert.is(map.get(key(pair[deleted[0]])), 9);
            assert.is(map.delete(key(pair[deleted[0]])), true);
          }
          assert.is(map.size, size);
          assert.is(map.getAll(keysOf(kind, texts)).hits, size);
        }
      }
      map.dispose();
    }
  });

  test(`${kind}: pairs in batches`, () => {
    const all = pairs.flat();
    for (const texts of [
      all,
      all.toReversed(),
      [...pairs.map(([a]) => a), ...pairs.map(([, b]) => b)],
      [...others, ...all],
    ]) {
      for (const column of [keysOf(kind, texts), byteColumn(texts)]) {
        const map = make(kind, 'u32', { seed: SEED });
        const values = Uint32Array.from(texts.keys());
        assert.is(map.putAll(column, values), texts.length);
        assert.is(map.putAll(column, values, 'add'), 0);
        const model = new Map(texts.map((text, i) => [text, 2 * i]));
        agreesWith(map, kind, model);
        const { keys, values: got } = map.columns();
        assert.equal(new Map(keys.map((k, row) => [textOf(k), got[row]])), model);
        const firsts = pairs.map(([a]) => a);
        assert.is(map.deleteAll(keysOf(kind, firsts)), firsts.length);
        for (const text of firsts) model.delete(text);
        agreesWith(map, kind, model, all);
        assert.is(map.putAll(byteColumn(firsts), 5), firsts.length);
        for (const text of firsts) model.set(text, 5);
        agreesWith(map, kind, model);
        assert.is(map.deleteAll(column), texts.length);
        assert.is(map.size, 0);
      }
    }
  });

  test(`${kind}: pairs in loops that write`, () => {
    const texts = [...pairs.flat(), ...others];
    for (const act of ['delete the other', 'delete this', 'renew this', 'overwrite the other']) {
      const map = make(kind, 'u32', { seed: SEED });
      map.putAll(keysOf(kind, texts), 1);
      const partner = new Map(
        pairs.flatMap(([a, b]) => [
          [a, b],
          [b, a],
        ]),
      );
      const produced = [];
      for (const [k, value] of map) {
        const text = textOf(k);
        produced.push(text);
        const other = partner.get(text);
        if (other === undefined) continue;
        if (act === 'delete the other') assert.is(map.delete(key(other)), true);
        else if (act === 'delete this') assert.is(map.delete(k), true);
        else if (act === 'renew this') {
          assert.is(map.delete(k), true);
          map.set(k, 1);
        } else {
          assert.is(value, produced.includes(other) ? 2 : 1);
          map.set(key(other), 2);
        }
      }
      const gone = act === 'delete the other' ? pairs.length : 0;
      assert.is(produced.length, texts.length - gone);
      assert.is(new Set(produced).size, produced.length);
      assert.is(map.size, texts.length - (act === 'delete this' ? 2 * pairs.length : gone));
    }
  });

  test(`${kind}: values of every width, and sets`, () => {
    const texts = pairs.flat();
    const object = {};
    for (const [value, sample] of Object.entries({ u32: 1, f64: 0.1, i64: -5n, any: object })) {
      const map = tracked(
        HashMap.fromColumns(
          keysOf(kind, texts),
          texts.map(() => sample),
          { key: kind, value, seed: SEED },
        ),
      );
      for (const text of texts) assert.is(map.get(key(text)), sample);
      assert.is(
        map.deleteAll(
          keysOf(
            kind,
            pairs.map(([a]) => a),
          ),
        ),
        pairs.length,
      );
      for (const [a, b] of pairs) assert.equal([map.get(key(a)), map.get(key(b))], [undefined, sample]);
    }
    const [firsts, seconds] = [0, 1].map((i) =>
      tracked(
        HashSet.fromColumn(
          keysOf(
            kind,
            pairs.map((pair) => pair[i]),
          ),
          { key: kind, seed: SEED },
        ),
      ),
    );
    assert.is(firsts.isDisjointFrom(seconds), true);
    assert.is(tracked(firsts.intersection(seconds)).size, 0);
    const union = tracked(firsts.union(seconds));
    assert.is(union.size, texts.length);
    assert.equal([...tracked(union.difference(firsts))].map(textOf).sort(), pairs.map(([, b]) => b).sort());
    assert.is(firsts.isSubsetOf(union), true);
  });

  // With a constant hash: a chain of all keys.
  test(`${kind}: the first, the last and any of a chain goes, comes back and is written to`, () => {
    const random = new Random(3);
    for (const size of [1, 2, 3, 10, crowd]) {
      const texts = others.slice(0, size);
      for (const pick of [() => 0, (n) => n - 1, (n) => n >> 1, (n) => random.below(n)]) {
        const map = make(kind, 'u32');
        const model = new Map();
        texts.forEach((text, i) => {
          map.set(key(text), i);
          model.set(text, i);
        });
        const left = texts.slice();
        for (let i = 0; left.length > size / 2; i++) {
          const [text] = left.splice(pick(left.length), 1);
          assert.is(map.delete(key(text)), true);
          model.delete(text);
          if (left.length > 0) {
            map.set(key(left[0]), i + 1000);
            model.set(left[0], i + 1000);
          }
        }
        agreesWith(map, kind, model, texts);
        texts.forEach((text, i) => {
          map.set(key(text), i);
          model.set(text, i);
        });
        agreesWith(map, kind, model);
        map.clear();
        agreesWith(map, kind, new Map(), texts);
        map.set(key(texts[0]), 1);
        agreesWith(map, kind, new Map([[texts[0], 1]]), texts);
        map.dispose();
      }
    }
  });

  test(`${kind}: a chain that grows out of the pool, and churns`, () => {
    const rounds = budget(2000, { debug: 300 });
    const random = new Random(4);
    const map = make(kind, 'u32');
    const model = new Map();
    const held = [];
    for (let i = 0; i < rounds; i++) {
      if (held.length === crowd) {
        const [gone] = held.splice(random.below(crowd), 1);
        assert.is(map.delete(key(gone)), true);
        model.delete(gone);
      }
      const text = `${i} ${'chain '.repeat(random.below(60))}`;
      held.push(text);
      map.set(key(text), i);
      model.set(text, i);
      if (i % 500 === 100) agreesWith(map, kind, model);
    }
    agreesWith(map, kind, model);
    assert.is(map.deleteAll(keysOf(kind, held)), held.length);
    agreesWith(map, kind, new Map(), held);
  });

  test(`${kind}: a look-up of a long key beside short ones`, () => {
    const map = make(kind, 'u32');
    for (const text of others) map.set(key(text), 1);
    const longs = [45_000, 200_000, 3_000_000].map((length) => 'x'.repeat(length));
    for (const long of longs) {
      assert.is(map.has(key(long)), false);
      same(map.hasAll(keysOf(kind, [long, others[0]])), Uint8Array.of(0, 1));
      assert.is(map.deleteAll(keysOf(kind, [long])), 0);
      map.set(key(long), 2);
      same(map.getAll(keysOf(kind, [...longs, others[0]])).values.slice(-1), Uint32Array.of(1));
    }
    same(map.hasAll(keysOf(kind, [...longs, ...others])), new Uint8Array(crowd + 3).fill(1));
    assert.is(map.deleteAll(keysOf(kind, longs)), 3);
    same(map.hasAll(keysOf(kind, [...longs, others[0]])), Uint8Array.of(0, 0, 0, 1));
  });
}

test.run();
