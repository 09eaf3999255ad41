// A record: one entry of a table of byte keys, in the arena.
//
//   +0      hash       32 bits of it: those of its slot
//   +4      length     of the key in bytes; the top bits are flags
//   +8      value      0, 4 or 8 bytes
//   then    next       4 bytes, only where LINKED: the reference of the next record of the same hash
//   then    key
//
// Records stand side by side, each at a multiple of 4, or of 8 where values have 8 bytes. A hash of 0, which no key
// has, ends those of a segment.
//
// Keys whose 32 bits of hash agree are rare: one pair in 2^32. The slot then refers to the youngest, and each to the
// one before it:
//
//   slot | hash, reference |---> | record, LINKED, next |---> | record |

export const VALUE: usize = 8;
/** The record has a next one. */
export const LINKED: u32 = 0x80000000;
/** No reference: where the record behind a LINKED one has been deleted. */
export const NONE: u32 = 0xffffffff;
/** The record's entry is gone, or elsewhere. */
export const DEAD: u32 = 0x40000000;
const LENGTH: u32 = 0x3fffffff;
export const MOST_KEY_BYTES: u32 = LENGTH;


@inline
export function hashOf(record: usize): u32 {
  return load<u32>(record);
}


@inline
export function wordOf(record: usize): u32 {
  return load<u32>(record, 4);
}


@inline
export function setWord(record: usize, word: u32): void {
  store<u32>(record, word, 4);
}


@inline
export function writeHead(record: usize, hash: u32, word: u32): void {
  store<u32>(record, hash);
  store<u32>(record, word, 4);
}


@inline
export function lengthOf(word: u32): u32 {
  return word & LENGTH;
}


@inline
export function valueOf(record: usize): usize {
  return record + VALUE;
}

/** Reference of the next record, or NONE. */
@inline
export function nextOf(record: usize, word: u32, valueBytes: u32): u32 {
  return word & LINKED ? load<u32>(nextAt(record, valueBytes)) : NONE;
}

/** Where the reference of the next record stands: only where LINKED. */
@inline
export function nextAt(record: usize, valueBytes: u32): usize {
  return record + VALUE + <usize>valueBytes;
}

/** Ends the records of a segment before its end. */
@inline
export function endRecords(at: usize): void {
  store<u32>(at, 0);
}

/** Address of the key of a record whose second word is `word`. */
@inline
export function keyOf(record: usize, word: u32, valueBytes: u32): usize {
  return nextAt(record, valueBytes) + <usize>((word >>> 31) << 2);
}

/** Bytes of a record with such a second word. */
@inline
export function recordBytes(word: u32, valueBytes: u32): u32 {
  const align = max<u32>(4, valueBytes) - 1;
  return (<u32>VALUE + valueBytes + ((word >>> 31) << 2) + lengthOf(word) + align) & ~align;
}

// Keys are compared and copied without a branch on their length, but for its class: lengths are random, and a branch
// that is guessed wrong costs more than four vectors. From 16 bytes on, vectors that overlap cover any length:
//
//   length 40   |----- 0 .. 15 -----|
//                             |----- 16 .. 31 ----|
//                      |----- 8 .. 23 -----|  |----- 24 .. 39 ---|

/** Longest key that four vectors cover. */
const FOUR_VECTORS: u32 = 64;
/** Longest key that a loop copies: bulk copies of a few bytes cost more than their bytes. */
const MOST_LOOPED: u32 = 256;

/** Are `length` bytes the same? */
@inline
export function equalBytes(a: usize, b: usize, length: u32): bool {
  if (length - 16 <= FOUR_VECTORS - 16) return !v128.any_true(difference(a, b, length));
  return length < 16 ? equalShort(a, b, length) : equalLong(a, b, length);
}

/** Where the second of four vectors stands. */
@inline
function second(length: u32): usize {
  return <usize>min<u32>(length - 16, 16);
}

/** Where the third one stands. */
@inline
function third(length: u32): usize {
  return <usize>(max<u32>(length, 32) - 32);
}


@inline
function difference(a: usize, b: usize, length: u32): v128 {
  const at1 = second(length);
  const at2 = third(length);
  const at3 = <usize>length - 16;
  return v128.or(
    v128.or(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(a + at1), v128.load(b + at1))),
    v128.or(v128.xor(v128.load(a + at2), v128.load(b + at2)), v128.xor(v128.load(a + at3), v128.load(b + at3))),
  );
}

function equalLong(a: usize, b: usize, length: u32): bool {
  const last = <usize>length - 16;
  for (let at: usize = 0; at < last; at += 16) {
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false;
  }
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)));
}

function equalShort(a: usize, b: usize, length: u32): bool {
  if (length >= 8) {
    const last = <usize>length - 8;
    return ((load<u64>(a) ^ load<u64>(b)) | (load<u64>(a + last) ^ load<u64>(b + last))) == 0;
  }
  if (length >= 4) {
    const last = <usize>length - 4;
    return ((load<u32>(a) ^ load<u32>(b)) | (load<u32>(a + last) ^ load<u32>(b + last))) == 0;
  }
  if (!length) return true;
  const middle = <usize>(length >>> 1);
  const last = <usize>length - 1;
  return (
    ((load<u8>(a) ^ load<u8>(b)) |
      (load<u8>(a + middle) ^ load<u8>(b + middle)) |
      (load<u8>(a + last) ^ load<u8>(b + last))) ==
    0
  );
}

/** Copies `length` bytes, and none beyond. */
@inline
export function copyBytes(from: usize, to: usize, length: u32): void {
  if (length - 16 <= FOUR_VECTORS - 16) copyFour(from, to, length);
  else if (length < 16) copyShort(from, to, length);
  else copyLong(from, to, length);
}


@inline
function copyFour(from: usize, to: usize, length: u32): void {
  const at1 = second(length);
  const at2 = third(length);
  const at3 = <usize>length - 16;
  v128.store(to, v128.load(from));
  v128.store(to + at1, v128.load(from + at1));
  v128.store(to + at2, v128.load(from + at2));
  v128.store(to + at3, v128.load(from + at3));
}

function copyLong(from: usize, to: usize, length: u32): void {
  if (length > MOST_LOOPED) {
    memory.copy(to, from, length);
    return;
  }
  const last = <usize>length - 16;
  for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
  v128.store(to + last, v128.load(from + last));
}

function copyShort(from: usize, to: usize, length: u32): void {
  if (length >= 8) {
    const last = <usize>length - 8;
    store<u64>(to, load<u64>(from));
    store<u64>(to + last, load<u64>(from + last));
  } else if (length >= 4) {
    const last = <usize>length - 4;
    store<u32>(to, load<u32>(from));
    store<u32>(to + last, load<u32>(from + last));
  } else if (length) {
    const middle = <usize>(length >>> 1);
    const last = <usize>length - 1;
    store<u8>(to, load<u8>(from));
    store<u8>(to + middle, load<u8>(from + middle));
    store<u8>(to + last, load<u8>(from + last));
  }
}

/** Copies a value. */
@inline
export function copyValue(from: usize, to: usize, valueBytes: u32): void {
  if (valueBytes == 4) store<u32>(to, load<u32>(from));
  else if (valueBytes == 8) store<u64>(to, load<u64>(from));
}
