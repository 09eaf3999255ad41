// The batch hasher: a column of keys to a column of hashes.

import { hashKey, hashVector } from "./integer";
import * as kernels from "../native/kernels";
import { HASH_4, HASH_8 } from "../native/thresholds";
import { REFUSED, noteServed, useKernel } from "../native/use";

/** Hashes `count` keys, 64 bytes a step and the tail one by one. `out` may be `keys`. */
export function hashColumn<K>(keys: usize, count: u32, seed: u32, out: usize): void {
  if (useKernel(count, sizeof<K>() == 4 ? HASH_4 : HASH_8)) {
    if (kernels.hashColumn<K>(keys, count, seed, out) != REFUSED) {
      noteServed(count);
      return;
    }
  }
  const end = keys + <usize>count * sizeof<K>();
  const vectorEnd = keys + ((<usize>count * sizeof<K>()) & ~63);
  let from = keys;
  let to = out;
  while (from < vectorEnd) {
    const a = hashVector<K>(from, seed);
    const b = hashVector<K>(from + 16, seed);
    const c = hashVector<K>(from + 32, seed);
    const d = hashVector<K>(from + 48, seed);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
    from += 64;
    to += 64;
  }
  hashColumnScalar<K>(from, <u32>((end - from) / sizeof<K>()), seed, to);
}

/** The scalar twin of {@link hashColumn}: the same bits, one key a step. */
export function hashColumnScalar<K>(keys: usize, count: u32, seed: u32, out: usize): void {
  const end = keys + <usize>count * sizeof<K>();
  let to = out;
  for (let from = keys; from < end; from += sizeof<K>()) {
    store<K>(to, hashKey<K>(load<K>(from), seed));
    to += sizeof<K>();
  }
}

/** The low words of `count` 64-bit hashes, side by side. `out` may be `hashes`. */
export function lowWords(hashes: usize, count: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) store<u32>(out + (i << 2), load<u32>(hashes + (i << 3)));
}
