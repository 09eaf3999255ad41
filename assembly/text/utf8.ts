// Is a column of bytes UTF-8? Strictly: no surrogates, no character in more bytes than it needs, none above U+10FFFF,
// and each row by itself, for a character that spans two rows is two broken ones.
//
// Most text is ASCII, of which a look at the top bits of 64 bytes tells, whatever rows they belong to.

/**
 * The first row that is not UTF-8; `rows` if all are. Row i is bytes[offsets[i] .. offsets[i + 1]); offsets are known
 * not to fall.
 */
export function firstInvalidRow(bytes: usize, offsets: usize, rows: u32): u32 {
  const end = endOf(bytes, offsets, rows);
  let at = endOf(bytes, offsets, 0);
  for (let row: u32 = 0; row < rows; row++) {
    at = skipAscii(at, end);
    if (at == end) return rows;
    let rowEnd = endOf(bytes, offsets, row + 1);
    while (rowEnd <= at) rowEnd = endOf(bytes, offsets, ++row + 1);
    if (!isText(at, rowEnd, false)) return row;
    at = rowEnd;
  }
  return rows;
}

/** Where the row before `row` ends. */
@inline
function endOf(bytes: usize, offsets: usize, row: u32): usize {
  return bytes + <usize>load<u32>(offsets + ((<usize>row) << 2));
}

/** Where the first byte stands that is not ASCII; `end` if there is none. */
function skipAscii(start: usize, end: usize): usize {
  let at = start;
  for (; at + 64 <= end; at += 64) {
    const first = v128.or(v128.load(at), v128.load(at, 16));
    const second = v128.or(v128.load(at, 32), v128.load(at, 48));
    if (i8x16.bitmask(v128.or(first, second))) break;
  }
  for (; at + 16 <= end; at += 16) {
    const tops = i8x16.bitmask(v128.load(at));
    if (tops) return at + ctz(tops);
  }
  while (at < end && load<u8>(at) < 0x80) at++;
  return at;
}

/** Are these bytes the UTF-8 of a string, or where it has lone surrogates its WTF-8, of which no two are a pair? */
export function isWtf8(start: usize, end: usize): bool {
  return isText(skipAscii(start, end), end, true);
}

/** @param surrogates are lone ones allowed? */
function isText(start: usize, end: usize, surrogates: bool): bool {
  let at = start;
  let afterHigh = false;
  while (at < end) {
    if (load<u8>(at) < 0x80) {
      at = skipAscii(at + 1, end);
      afterHigh = false;
    } else {
      const length = characterLength(at, end, surrogates);
      if (!length) return false;
      const isSurrogate = load<u8>(at) == 0xed && load<u8>(at, 1) > 0x9f;
      const isHigh = isSurrogate && load<u8>(at, 1) < 0xb0;
      if (afterHigh && isSurrogate && !isHigh) return false; // a pair has four bytes
      afterHigh = isHigh;
      at += length;
    }
  }
  return true;
}

/** Bytes of the character at `at`, which is not ASCII; 0 where there is none. */
@inline
function characterLength(at: usize, end: usize, surrogates: bool): usize {
  const lead = load<u8>(at);
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length: usize = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  const second = load<u8>(at, 1);
  if (!continues(second)) return 0;
  if (lead == 0xe0 && second < 0xa0) return 0; // fits two bytes
  if (lead == 0xed && second > 0x9f && !surrogates) return 0; // a surrogate
  if (lead == 0xf0 && second < 0x90) return 0; // fits three bytes
  if (lead == 0xf4 && second > 0x8f) return 0; // above U+10FFFF
  if (length > 2 && !continues(load<u8>(at, 2))) return 0;
  if (length > 3 && !continues(load<u8>(at, 3))) return 0;
  return length;
}


@inline
function continues(byte: u8): bool {
  return (byte & 0xc0) == 0x80;
}
