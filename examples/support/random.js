// Numbers without order that are the same in every run.

/** Maps u32 to u32 so that neighbours land far apart and no two numbers on the same one. */
export function scatter(number) {
  let bits = number ^ (number >>> 16);
  bits = Math.imul(bits, 0x21f0aaad);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/**
 * A copy of distinct numbers in another order.
 * @param {Uint32Array} numbers
 */
export function shuffled(numbers) {
  return numbers.slice().sort((a, b) => scatter(a) - scatter(b));
}
