// Packs the modules for inlining, each behind others: what assembly/unpack.ts unpacks.

import { BitWriter } from './bits.js';
import { FORMAT } from './format.js';
import { canonicalCodes, codeLengths } from './huffman.js';
import { bitsBehind, bucketOf, findMatches, parse } from './parse.js';

const { CLASS_BITS, CLASSES, DISTANCE_BUCKETS, LEAST_MATCH, LENGTH_BUCKETS, MOST_BITS, NO_CODES, SYMBOLS } = FORMAT;
const BYTES = 256;
/** The price of a symbol that did not occur. */
const RARE_BITS = 13;

/**
 * @param {Map<string, Uint8Array>} modules
 * @param {Record<string, string[]>} behind which others a module is packed behind: of these the order matters
 * @param {number} rounds prices come from the codes of the round before, and codes from the steps that the prices lead
 *   to
 * @returns {{ codes: string, packed: Map<string, string> }} as base64
 */
export function pack(modules, behind, rounds) {
  const jobs = [...modules].map(([name, module]) => {
    const bytes = Buffer.concat([...behind[name].map((other) => modules.get(other)), module]);
    const start = bytes.length - module.length;
    return { name, bytes, start, matches: findMatches(bytes, start) };
  });
  let model = firstModel();
  for (let round = 0; round < rounds; round++) {
    const prices = pricesOf(model);
    for (const job of jobs) job.steps = parse(job.bytes, job.start, job.matches, prices).steps;
    model = modelOf(jobs, model.classes);
  }
  const codes = new BitWriter();
  for (const one of model.classes) codes.put(one, CLASS_BITS);
  for (const lengths of [...model.symbols, model.distances]) writeLengths(codes, lengths);
  const packed = new Map(jobs.map((job) => [job.name, write(job, model)]));
  return { codes: codes.toBase64(), packed };
}

/** Before anything is known: bytes cost a little less than they are, one class for all. */
function firstModel() {
  const symbols = Array.from({ length: SYMBOLS }, (_, symbol) => (symbol < BYTES ? 7 : 6));
  const distances = new Array(DISTANCE_BUCKETS).fill(5);
  return { classes: new Array(BYTES).fill(0), symbols: new Array(CLASSES).fill(symbols), distances };
}

const matchSymbol = (length, anew) => BYTES + (anew ? LENGTH_BUCKETS : 0) + bucketOf(length - LEAST_MATCH);

function pricesOf({ classes, symbols, distances }) {
  const bits = (lengths, symbol) => lengths[symbol] || RARE_BITS;
  const match = (before, length, anew) => {
    const bucket = bucketOf(length - LEAST_MATCH);
    return bits(symbols[classes[before]], matchSymbol(length, anew)) + bitsBehind(bucket);
  };
  return {
    literal: (before, byte) => bits(symbols[classes[before]], byte),
    again: (before, length) => match(before, length, false),
    anew(before, length, distance) {
      const bucket = bucketOf(distance - 1);
      return match(before, length, true) + bits(distances, bucket) + bitsBehind(bucket);
    },
  };
}

/** Calls back with the byte before, the symbol, and of a match the length and a new distance or 0. */
function eachStep({ bytes, start, steps }, visit) {
  let at = start;
  for (const { length, isMatch, distance } of steps) {
    const before = at === start ? 0 : bytes[at - 1];
    visit(before, isMatch ? matchSymbol(length, distance > 0) : bytes[at], isMatch ? length : 0, distance);
    at += length;
  }
}

/** The codes for the steps of all modules. */
function modelOf(jobs, oldClasses) {
  const bySymbol = Array.from({ length: BYTES }, () => new Float64Array(SYMBOLS));
  const distances = new Array(DISTANCE_BUCKETS).fill(0);
  for (const job of jobs) {
    eachStep(job, (before, symbol, _, distance) => {
      bySymbol[before][symbol]++;
      if (distance > 0) distances[bucketOf(distance - 1)]++;
    });
  }
  const classes = classify(bySymbol, oldClasses);
  const symbols = Array.from({ length: CLASSES }, (_, one) =>
    codeLengths([...sumOf(bySymbol, classes, one)], MOST_BITS),
  );
  return { classes, symbols, distances: codeLengths(distances, MOST_BITS) };
}

function sumOf(bySymbol, classes, one) {
  const sum = new Float64Array(SYMBOLS);
  for (let before = 0; before < BYTES; before++) {
    if (classes[before] === one)
      for (let symbol = 0; symbol < SYMBOLS; symbol++) sum[symbol] += bySymbol[before][symbol];
  }
  return sum;
}

/**
 * Puts bytes into a class together behind which the same symbols stand: each into the class under whose frequencies
 * they take the fewest bits, until none moves.
 */
function classify(bySymbol, old) {
  const counts = bySymbol.map((row) => row.reduce((a, b) => a + b));
  let classes = old;
  if (old.every((one) => one === 0)) {
    const common = [...counts.keys()].sort((a, b) => counts[b] - counts[a]).slice(0, CLASSES - 1);
    classes = counts.map((_, byte) => common.indexOf(byte) + 1);
  }
  for (let round = 0; round < 30; round++) {
    const bits = Array.from({ length: CLASSES }, (_, one) => {
      const sum = sumOf(bySymbol, classes, one);
      const total = sum.reduce((a, b) => a + b) + SYMBOLS / 8;
      return sum.map((count) => -Math.log2((count + 1 / 8) / total));
    });
    const next = bySymbol.map((row, byte) => {
      if (counts[byte] === 0) return 0;
      const totals = bits.map((prices) => row.reduce((sum, count, symbol) => sum + count * prices[symbol], 0));
      return totals.indexOf(Math.min(...totals));
    });
    if (next.every((one, byte) => one === classes[byte])) break;
    classes = next;
  }
  return classes;
}

/** Lengths of codes as nibbles, runs of symbols without one cut short. */
function writeLengths(bits, lengths) {
  for (let at = 0; at < lengths.length;) {
    if (lengths[at] > 0) {
      bits.put(lengths[at++], 4);
      continue;
    }
    let run = 1;
    while (run < 256 && at + run < lengths.length && lengths[at + run] === 0) run++;
    if (run < 4) for (let i = 0; i < run; i++) bits.put(0, 4);
    else {
      bits.put(NO_CODES, 4);
      bits.put(run - 1, 8);
    }
    at += run;
  }
}

function write(job, { classes, symbols, distances }) {
  const bits = new BitWriter();
  const codes = symbols.map(canonicalCodes);
  const distanceCodes = canonicalCodes(distances);
  const number = (value) => {
    const behind = bitsBehind(bucketOf(value));
    bits.put(value & (2 ** behind - 1), behind);
  };
  eachStep(job, (before, symbol, length, distance) => {
    const one = classes[before];
    bits.put(codes[one][symbol], symbols[one][symbol]);
    if (length > 0) number(length - LEAST_MATCH);
    if (distance === 0) return;
    const bucket = bucketOf(distance - 1);
    bits.put(distanceCodes[bucket], distances[bucket]);
    number(distance - 1);
  });
  return bits.toBase64();
}
