/**
 * Random programs over a few sets at once, against built-in Sets: everything that changes them, and algebra of any two.
 */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { behaviour, release, tracked } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { KeyMap, KeySet } from './support/byte-domains.js';
import { unhash } from './support/fmix32.js';
import { same } from './support/check.js';
import { keyKinds } from './support/kinds.js';
import { agreesWith, asking, keyNames, making, mapOf } from './support/sets.js';
import { HashSet } from './support/tophash.js';

const test = behaviour('set-programs');
const SETS = 4;
const most = budget(4000, { debug: 1300, badHash: 700 });

/** Integers that keys are made of: few, dense, spread, corners, and some that crowd one place under seed 1. */
const stocks = {
  few: (n) => n % 20,
  dense: (n) => n % 5000,
  spread: (n) => Math.imul(n % 20000, 0x9e3779b1),
  endless: (n) => Math.imul(n, 0x85ebca6b),
  crowd: (n) => unhash(((n % 600) * 2 ** 20 + 3) >>> 0, 1),
};

const stock = fc.constantFrom(...Object.keys(stocks));
const at = fc.noShrink(fc.nat(2 ** 31 - 1));
const which = fc.nat(SETS - 1);
const rows = fc.constantFrom(
  ...[0, 1, 2, 9, 52, 127, 129, 400, 512, 513, 1280, 2560, 3200, 3201, 3900].filter((size) => size <= most),
);
const source = fc.constantFrom('HashSet', 'HashMap', 'Set', 'Map');
const column = { op: fc.constantFrom('addAll', 'addAll', 'deleteAll', 'hasAll'), which, stock, at, rows };

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constantFrom('add', 'delete', 'has'), which, stock, at }) },
  { weight: 8, arbitrary: fc.record(column) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('addSet'), which, other: which, source }) },
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constantFrom(...Object.keys(making)), which, other: which, into: which, source }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom(...Object.keys(asking)), which, other: which, source }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('walk'), which, stock, at, rows }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('clear', 'reserve', 'agree'), which, at }) },
);

const options = fc.record({
  seed: fc.constantFrom(undefined, 1, 1, 1, 2),
  maxLoad: fc.constantFrom(undefined, 2, 8),
  capacity: fc.constantFrom(undefined, 100, 3000),
});

/** The other side of an operation, as one of the things that it may be. */
function operand(key, { set, model }, form) {
  switch (form) {
    case 'HashSet':
      return set;
    case 'HashMap':
      return mapOf(key, 'u32', model, { seed: 1 });
    case 'Set':
      return new KeySet(model);
    case 'Map':
      return new KeyMap([...model].map((x) => [x, x]));
  }
}

function run(key, optionsOfSets, commands) {
  const { Column, wrap } = keyKinds[key];
  const sides = optionsOfSets.map((one) => ({ set: tracked(new HashSet({ key, ...one })), model: new KeySet() }));
  const keysOf = ({ stock, at, rows = 1 }) =>
    Column.from({ length: rows }, (_, i) => wrap(stocks[stock](at + i * ((at % 7) + 1))));
  for (const step of commands) {
    const side = sides[step.which];
    const { set, model } = side;
    const other = sides[step.other];
    const operate = (act) => {
      const given = operand(key, other, step.source);
      const result = act(given);
      if (step.source === 'HashMap') given.dispose();
      return result;
    };
    if (step.op in making) {
      const result = operate((given) => tracked(set[step.op](given)));
      const expected = making[step.op](model, other.model);
      agreesWith(result, expected, [...model, ...other.model]);
      sides[step.into] = { set: result, model: expected };
      continue;
    }
    if (step.op in asking) {
      assert.is(
        operate((given) => set[step.op](given)),
        asking[step.op](model, other.model),
        step.op,
      );
      continue;
    }
    const keys = step.stock === undefined ? [] : keysOf(step);
    const before = model.size;
    switch (step.op) {
      case 'add':
        set.add(keys[0]);
        model.add(keys[0]);
        break;
      case 'delete':
        assert.is(set.delete(keys[0]), model.delete(keys[0]));
        break;
      case 'has':
        assert.is(set.has(keys[0]), model.has(keys[0]));
        break;
      case 'addAll':
        for (const x of keys) model.add(x);
        assert.is(set.addAll(keys), model.size - before);
        break;
      case 'deleteAll':
        for (const x of keys) model.delete(x);
        assert.is(set.deleteAll(keys), before - model.size);
        break;
      case 'hasAll':
        same(
          set.hasAll(keys),
          Uint8Array.from(keys, (x) => Number(model.has(x))),
        );
        break;
      case 'addSet':
        for (const x of [...other.model]) model.add(x);
        assert.is(
          operate((given) => set.addAll(given)),
          model.size - before,
        );
        break;
      case 'walk': {
        const owed = new KeySet(model);
        let row = 0;
        for (const x of set) {
          if (!model.has(x)) assert.unreachable(`${x} is not there`);
          owed.delete(x);
          if (row >= keys.length) continue;
          const changed = keys[row++];
          if (row % 2 === 0) {
            set.add(changed);
            model.add(changed);
          } else {
            assert.is(set.delete(changed), model.delete(changed));
            owed.delete(changed);
          }
        }
        assert.is(owed.size, 0, 'keys that were left out');
        break;
      }
      case 'clear':
        set.clear();
        model.clear();
        break;
      case 'reserve':
        set.reserve(step.at % 6000);
        break;
      default:
        agreesWith(set, model);
    }
    assert.is(set.size, model.size, step.op);
  }
  for (const { set, model } of sides) agreesWith(set, model);
}

for (const key of keyNames) {
  test(`programs over sets of ${key} do as over Sets`, () => {
    const program = fc.tuple(
      fc.array(options, { minLength: SETS, maxLength: SETS }),
      fc.array(command, { minLength: 1, maxLength: 120, size: 'max' }),
    );
    const property = fc.property(program, ([optionsOfSets, commands]) => {
      try {
        run(key, optionsOfSets, commands);
      } finally {
        release();
      }
    });
    fc.assert(property, { seed, numRuns: budget(60, { debug: 12, high: 24, badHash: 12 }), endOnFailure: false });
  });
}

test.run();
