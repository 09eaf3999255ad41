// Unpacks the modules that are inlined: what scripts/pack/ makes of them. A module of its own, small, and the only one
// that is inlined as it is: V8 compiles it at once, where it would interpret the same in JavaScript, ten times as
// slowly, before the first write of every program.
//
// The modules are near copies of each other, as one source makes six of them, so each is packed behind others that are
// unpacked before it. What is packed is a stream of bits, the first in the high bit of a base64 digit: symbols in
// canonical Huffman codes, each a byte, or the length of a match. A symbol's code depends on the byte before it, by a
// class that each byte has: behind `local.get` stands the number of a local. A match copies what stands a distance
// before, in what is unpacked so far; the distance follows its length, or it is that of the match before, as it mostly
// is where two modules differ in a byte here and there. The numbers of the format come from scripts/pack/format.js.

/** Of each byte its class. */
const CLASS_OF: usize = 2048;
/** Scratch: the length of each symbol's code; by length, where its codes begin. */
const LENGTHS: usize = CLASS_OF + 256;
const ENTRIES: usize = LENGTHS + 512;
/** A table for each class: at the bits that begin with a code stand its symbol, times 16, and its length. */
const TABLES: usize = 4096;
const TABLE_BYTES: usize = 2 << MOST_BITS;
const DISTANCES: usize = TABLES + CLASSES * TABLE_BYTES;
/** From here on the caller puts what is packed, and behind it room for what is unpacked. */
export const FREE: usize = DISTANCES + TABLE_BYTES;

const DIGIT_BITS: u32 = 6;

/** Where the stream goes on, the bits that are read of it but not taken yet, in the low ones, and how many these are. */
let next: usize = 0;
let bits: u64 = 0;
let ready: u32 = 0;

// @ts-ignore: decorator
@inline
function digit(code: u32): u32 {
  if (code >= 97) return code - 71;
  if (code >= 65) return code - 65;
  if (code >= 48) return code + 4;
  return code == 43 ? 62 : 63;
}

/** The next bits, not taken. */
// @ts-ignore: decorator
@inline
function peek(count: u32): u32 {
  while (ready < count) {
    bits = (bits << DIGIT_BITS) | digit(load<u8>(next++));
    ready += DIGIT_BITS;
  }
  return (<u32>(bits >> (ready - count))) & ((1 << count) - 1);
}

function take(count: u32): u32 {
  const value = peek(count);
  ready -= count;
  return value;
}

function symbolOf(table: usize): u32 {
  const entry = <u32>load<u16>(table + (peek(MOST_BITS) << 1));
  ready -= entry & 15;
  return entry >> 4;
}

/** Lengths and distances come in buckets: 0 to 3, then two for each power of two, with the bits behind the first two. */
function numberOf(bucket: u32): u32 {
  if (bucket < 4) return bucket;
  const behind = (bucket >> 1) - 1;
  return ((2 | (bucket & 1)) << behind) + take(behind);
}

function open(packed: usize): void {
  next = packed;
  ready = 0;
}

/** Reads the lengths of codes, and makes the table of these. */
function readTable(table: usize, symbols: u32): void {
  memory.fill(LENGTHS, 0, 512 + 64);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = take(4);
    if (length == NO_CODES) {
      symbol += take(8);
      continue;
    }
    store<u8>(LENGTHS + symbol, <u8>length);
    const count = ENTRIES + (length << 2);
    if (length > 0) store<u32>(count, load<u32>(count) + (1 << (MOST_BITS - length)));
  }
  // Shorter codes come first.
  let at = table;
  for (let length: u32 = 1; length <= <u32>MOST_BITS; length++) {
    const entries = load<u32>(ENTRIES + (length << 2));
    store<u32>(ENTRIES + (length << 2), <u32>at);
    at += entries << 1;
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = <u32>load<u8>(LENGTHS + symbol);
    if (length == 0) continue;
    let entry = load<u32>(ENTRIES + (length << 2));
    const end = entry + (2 << (MOST_BITS - length));
    const value = <u16>((symbol << 4) | length);
    for (; entry + 16 <= end; entry += 16) v128.store(entry, i16x8.splat(<i16>value));
    for (; entry < end; entry += 2) store<u16>(entry, value);
    store<u32>(ENTRIES + (length << 2), end);
  }
}

/** Reads the codes of all modules. */
export function readCodes(packed: usize): void {
  open(packed);
  for (let byte: usize = 0; byte < 256; byte++) store<u8>(CLASS_OF + byte, <u8>take(CLASS_BITS));
  for (let one: usize = 0; one < <usize>CLASSES; one++) readTable(TABLES + one * TABLE_BYTES, SYMBOLS);
  readTable(DISTANCES, DISTANCE_BUCKETS);
}

/** Unpacks a module to `at` .. `end`; those that it was packed behind end at `at`. */
export function unpack(packed: usize, at: usize, end: usize): void {
  open(packed);
  let distance: usize = 0;
  let last: usize = 0;
  while (at < end) {
    const symbol = symbolOf(TABLES + <usize>load<u8>(CLASS_OF + last) * TABLE_BYTES);
    if (symbol < 256) {
      store<u8>(at++, <u8>symbol);
      last = symbol;
      continue;
    }
    const match = symbol - 256;
    const isNew = match >= <u32>LENGTH_BUCKETS;
    const to = at + LEAST_MATCH + numberOf(isNew ? match - LENGTH_BUCKETS : match);
    if (isNew) distance = 1 + numberOf(symbolOf(DISTANCES));
    do {
      last = load<u8>(at - distance);
      store<u8>(at++, <u8>last);
    } while (at < to);
  }
}
