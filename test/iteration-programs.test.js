/** Random programs: a few iterators are open at any time, and everything that changes a map happens in between. */
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { Twin } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { Random } from './support/random.js';

const test = behaviour('iteration-programs');

/** Keys from a small, a larger and an endless stock, and some that crowd one place; of strings nobody knows which. */
const stocks = {
  few: (random, { wrap }) => wrap(random.below(40)),
  some: (random, { wrap }) => wrap(Math.imul(random.below(3000), 0x9e3779b1)),
  endless: (random, { wrap }) => wrap(random.u32()),
  crowd: (random, { wrap, withHash = wrap }) => withHash(random.below(300) * 2 ** 20 + 3, seed),
};

const commands = {
  step: 40,
  open: 6,
  loop: 1,
  set: 20,
  delete: 20,
  putAll: 6,
  deleteAll: 5,
  clear: 1,
  refill: 1,
  reserve: 1,
};

function run({ key, value }, random, length) {
  const twin = new Twin(key, value, { seed });
  const kind = keyKinds[key];
  const { Column } = kind;
  const rowsMost = random.pick([5, 60, 500, 1500]);
  const stock = () => stocks[random.pick(Object.keys(stocks))];
  const one = () => stock()(random, kind);
  const column = () => {
    const draw = stock();
    return Column.from({ length: random.below(rowsMost) }, () => draw(random, kind));
  };
  const present = () => {
    const keys = [...twin.model.keys()];
    const from = random.below(keys.length + 1);
    return Column.from(keys.slice(from, from + random.below(rowsMost)));
  };
  let walks = [];
  const run = {
    step() {
      const most = random.pick([3, 30, 300]);
      walks = walks.filter((walk) => {
        for (let i = random.below(most); i > 0; i--) if (walk.next() === undefined) return false;
        return true;
      });
    },
    open: () => walks.length < 6 && walks.push(twin.walk(random.pick(['keys', 'values', 'entries', 'for of']))),
    loop() {
      twin.each(random.pick(['forEach', 'entries']), (_, walk) => {
        if (walk.steps % 50 === 1) twin.putAll(column());
        if (walk.steps % 70 === 2) twin.deleteAll(present());
      });
    },
    set: () => twin.set(one()),
    delete: () => twin.delete(random.below(2) === 0 ? one() : (present()[0] ?? kind.wrap(1))),
    putAll: () => twin.putAll(random.below(4) === 0 ? present() : column()),
    deleteAll: () => twin.deleteAll(random.below(2) === 0 ? column() : present()),
    clear: () => twin.clear(),
    refill() {
      const keys = Column.from(twin.model.keys());
      twin.clear();
      twin.putAll(keys);
    },
    reserve: () => twin.map.reserve(random.below(8000)),
  };
  for (let i = 0; i < length; i++) run[random.weighted(commands)]();
  for (const walk of walks) walk.rest();
  twin.agrees();
  twin.map.dispose();
}

for (const pair of allPairs) {
  test(`${pair.key} -> ${pair.value}`, () => {
    const random = new Random(seed ^ Math.imul(allPairs.indexOf(pair) + 1, 0x9e3779b1));
    for (let program = budget(8, { debug: 2, badHash: 3 }); program > 0; program--) run(pair, random, 300);
  });
}

test.run();
