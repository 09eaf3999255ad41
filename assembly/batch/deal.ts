// Rows dealt like cards: src/deal.ts says what for. In the hasher's memory, which has no table:
//
//   DEAL         rows to be dealt of one column, DEAL_BYTES of them, then of another one
//   DEALT        the parts of one of them

import { DISPLACED } from "../memory/layout";

export const DEAL: usize = DISPLACED;
export const DEAL_BYTES: usize = 16384;
export const DEALT: usize = DEAL + 2 * DEAL_BYTES;

/**
 * Copies every row of a column to one of `parts` parts, by turns; the parts begin at DEALT, `stride` bytes apart.
 * (V8 runs such a loop in JavaScript ten times as long until it has compiled it.)
 */
export function deal<T>(from: usize, rows: u32, parts: u32, stride: u32): void {
  const end = from + <usize>rows * sizeof<T>();
  for (let part: u32 = 0; part < parts; part++) {
    let row = from + <usize>part * sizeof<T>();
    let target = DEALT + <usize>part * stride;
    while (row < end) {
      store<T>(target, load<T>(row));
      row += <usize>parts * sizeof<T>();
      target += sizeof<T>();
    }
  }
}
