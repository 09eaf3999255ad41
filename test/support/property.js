/** The property that a HashMap does as its model does, and what is printed where it doesn't. */
import fc from 'fast-check';
import { inspect } from 'node:util';
import { execute, programs } from './program.js';
import { replayLine } from './replay.js';
import { build } from './tophash.js';

/** Checks programs of a profile; `settings` are those of fast-check. */
export function check(profile, counts, settings, before = () => {}) {
  const property = fc.property(programs(profile), (program) => {
    before();
    execute(program, counts);
  });
  return fc.check(property, settings);
}

/** The error of a failed check, its program, and how to have it again. */
export function report({ counterexample, errorInstance, seed, counterexamplePath: path }, profile) {
  const [program] = counterexample;
  const inALine = (x) => inspect(x, { breakLength: Infinity });
  return [
    errorInstance.message,
    errorInstance.cause.stack,
    inALine(program.options),
    ...program.commands.map(inALine),
    replayLine({ seed, path, profile, build }),
  ].join('\n');
}
