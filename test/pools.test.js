/** The memories that small maps share: blocks that are given back are found again, and what was dropped goes. */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { knownTurn, makeSmall, memoriesOf, poolRows, turnOver } from './support/pools.js';
import { distinctKeys } from './support/random.js';
import { HashSet } from './support/tophash.js';

const test = behaviour('pools');
const keys = distinctKeys(poolRows, 1);

test('blocks of full pools are found again', async () => {
  await knownTurn();
  const maps = [];
  const made = memoriesOf(() => {
    for (let i = 0; i < 1500; i++) maps.push(makeSmall());
  });
  assert.ok(made >= 5, `1,500 maps are in ${made} pools`);
  for (let i = 0; i < maps.length; i += 2) maps[i].dispose();
  const again = memoriesOf(() => {
    for (let i = 0; i < maps.length; i += 2) maps[i] = makeSmall();
  });
  assert.is(again, 0);
  for (const map of maps) assert.is(map.putAll(keys, 1), poolRows);
  for (const map of maps) map.dispose();
});

test.layout('what a program makes and disposes of in turns stays in the pools that it has', () => {
  const turn = () => {
    const maps = Array.from({ length: 200 }, () => makeSmall());
    for (const map of maps) assert.is(map.putAll(keys, 1), poolRows);
    for (const map of maps) map.dispose();
  };
  turn();
  const made = memoriesOf(() => {
    for (let i = 0; i < 10; i++) turn();
  });
  assert.is(made, 0);
});

const bytes = (from, to, length) =>
  Array.from({ length: to - from }, (_, i) => new TextEncoder().encode(String(from + i).padStart(length, '.')));

// At this load a page of two may get more of 1,000 entries than the 512 that it holds; three have room.
test('a table that moves to another pool, as its bytes have no room in this one, keeps its pages', () => {
  const [first, longer] = [bytes(0, 1000, 8), bytes(1000, 1020, 200)];
  for (let seed = 1; seed <= 8; seed++) {
    const set = new HashSet({ key: 'bytes', maxLoad: 8, seed });
    set.reserve(1300);
    set.addAll(first);
    const others = [];
    const addSmall = () => {
      const other = new HashSet({ key: 'bytes', seed });
      other.addAll(bytes(0, 20, 20));
      others.push(other);
    };
    while (memoriesOf(addSmall) === 0); // until the pool is full
    for (const key of longer) set.add(key);
    assert.is(set.size, 1020);
    assert.is(set.hasAll([...first, ...longer]).indexOf(0), -1);
    for (const one of [set, ...others]) one.dispose();
  }
});

// Chromium has address space for 125 memories and asks its collector before it refuses one.
test('one job can make and drop more than a host has address space for', () => {
  const pools = memoriesOf(() => void turnOver(50_000));
  assert.ok(pools > 200, `${pools} pools are too few for this test`);
});

// As in workerd by a compatibility date before 2025-05-05: freed blocks are not found again then, and that is all.
test('a host without weak references serves, too', () => {
  const { WeakRef, FinalizationRegistry } = globalThis;
  Object.assign(globalThis, { WeakRef: undefined, FinalizationRegistry: undefined });
  try {
    const pools = memoriesOf(() => void turnOver(1500, keys));
    assert.ok(pools > 5, `${pools} pools are too few for this test`);
  } finally {
    Object.assign(globalThis, { WeakRef, FinalizationRegistry });
  }
});

test.run();
