// Canonical Huffman codes of limited length.

/**
 * The lengths of the codes of symbols that occur so often; 0 for those that don't. No code is longer than `most` bits
 * (package-merge).
 * @param {number[]} counts
 * @param {number} most
 */
export function codeLengths(counts, most) {
  const lengths = counts.map(() => 0);
  const leaves = counts
    .map((count, symbol) => ({ count, symbols: [symbol] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count);
  if (leaves.length === 1) lengths[leaves[0].symbols[0]] = 1;
  if (leaves.length < 2) return lengths;
  let packages = leaves;
  for (let level = 1; level < most; level++) {
    const pairs = [];
    for (let i = 0; i + 1 < packages.length; i += 2) {
      const [a, b] = [packages[i], packages[i + 1]];
      pairs.push({ count: a.count + b.count, symbols: [...a.symbols, ...b.symbols] });
    }
    packages = [...leaves, ...pairs].sort((a, b) => a.count - b.count);
  }
  for (const { symbols } of packages.slice(0, 2 * leaves.length - 2)) for (const symbol of symbols) lengths[symbol]++;
  return lengths;
}

/**
 * The canonical codes of these lengths: shorter ones first, then by symbol.
 * @param {number[]} lengths
 */
export function canonicalCodes(lengths) {
  const codes = lengths.map(() => 0);
  let next = 0;
  for (let length = 1; length <= Math.max(...lengths); length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) codes[symbol] = next++;
    next <<= 1;
  }
  return codes;
}
