// The rows of a batch that a look-up found, or those that it did not find.

import * as kernels from "../native/kernels";
import { SELECT } from "../native/thresholds";
import { REFUSED, useKernel } from "../native/use";

/**
 * Moves the keys among `rows` whose found flag is `wanted` (0 or 1) to the front of the column, in their order; returns
 * how many. There is no branch on a flag.
 */
export function selectRows<K>(keys: usize, rows: u32, found: usize, wanted: u32): u32 {
  if (useKernel(rows, SELECT)) {
    const selected = kernels.selectRows<K>(keys, rows, found, wanted);
    if (selected != REFUSED) return selected;
  }
  let to = keys;
  for (let row: u32 = 0; row < rows; row++) {
    store<K>(to, load<K>(keys + <usize>row * sizeof<K>()));
    const isWanted = <usize>(load<u8>(found + row) == <u8>wanted);
    to += isWanted * sizeof<K>();
  }
  return <u32>((to - keys) / sizeof<K>());
}
