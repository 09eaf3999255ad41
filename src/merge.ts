// How `putAll` merges, as the kernel's code (assembly/batch/combine.ts): operation * 8 + arithmetic.

import { type Kind, show } from './kinds.js';
import type { How } from './types.js';

export const REPLACE = 0;
export const KEEP = 1;
const OPERATIONS: Readonly<Record<Exclude<How, 'replace' | 'keep'>, number>> = { add: 1, min: 2, max: 3 };

/** @throws TypeError for anything but a {@link How} */
export function combineCode(how: unknown, value: Kind): number {
  if (how === undefined || how === 'replace') return REPLACE;
  if (how === 'keep') return KEEP;
  if (value.arithmetic === undefined) {
    throw new TypeError(`how: expected 'replace' or 'keep' for values of kind ${value.name}; got ${show(how)}`);
  }
  if (how === 'add' || how === 'min' || how === 'max') return OPERATIONS[how] * 8 + value.arithmetic;
  throw new TypeError(`how: expected 'replace', 'keep', 'add', 'min' or 'max'; got ${show(how)}`);
}
