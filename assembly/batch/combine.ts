// What a batched write does to a value that is already there: keep, add, min, max, for each numeric kind.

import { valueWidth } from "../table/bucket";

// A code is operation * 8 + kind; below 8, 0 is replace and anything else keeps (put.ts).
export const ADD: u32 = 1;
const MIN: u32 = 2;
const MAX: u32 = 3;
export const UNSIGNED: u32 = 0;
const SIGNED: u32 = 1;
const FLOAT: u32 = 2;

/** `add` wraps as the kind does; `min` and `max` are Math.min and Math.max: NaN wins, -0 is less than 0. */
@inline
export function combine<V>(value: usize, into: usize, how: u32): void {
  if (valueWidth<V>() == 4) {
    const kind = how & 7;
    if (kind == FLOAT) apply<f32>(value, into, how >>> 3);
    else if (kind == SIGNED) apply<i32>(value, into, how >>> 3);
    else apply<u32>(value, into, how >>> 3);
  } else if (valueWidth<V>() == 8) {
    const kind = how & 7;
    if (kind == FLOAT) apply<f64>(value, into, how >>> 3);
    else if (kind == SIGNED) apply<i64>(value, into, how >>> 3);
    else apply<u64>(value, into, how >>> 3);
  }
}


@inline
function apply<T>(value: usize, into: usize, operation: u32): void {
  const a = load<T>(into);
  const b = load<T>(value);
  if (operation == ADD) store<T>(into, a + b);
  else if (operation == MIN) store<T>(into, min<T>(a, b));
  else if (operation == MAX) store<T>(into, max<T>(a, b));
}
