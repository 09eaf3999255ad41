import { inspect } from 'node:util';
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { pairs } from './support/kinds.js';
import { execute, generate, shrink } from './support/program.js';
import { Random } from './support/random.js';

const test = behaviour('model');
const programs = budget(10, { debug: 5, high: 4 });
const size = { length: 400, rows: 3600 };
const seeds = new Random(seed);

for (const { key, value } of pairs) {
  test(`random programs over ${key} -> ${value} agree with Map`, () => {
    for (let i = 0; i < programs; i++) {
      const program = generate(key, value, seeds.u32(), size);
      const error = failure(program);
      if (error) throw report(program, error);
    }
  });
}

function failure(program) {
  try {
    execute(program);
  } catch (error) {
    return error;
  }
}

function report(program, error) {
  const { options, commands } = shrink(program, failure);
  const listing = commands.map((command) => inspect(command, { breakLength: Infinity })).join(',\n');
  error.message += `\n${inspect(options)}\n${listing}`;
  return error;
}

test.run();
