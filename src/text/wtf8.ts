// WTF-8, unit by unit: TextEncoder replaces lone surrogates, TextDecoder refuses them.

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** Is every surrogate half of a pair? Unit by unit: for hosts without `isWellFormed`. */
export function isPaired(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit & 0xf800) !== 0xd800) continue;
    if (!isHigh(unit) || !isLow(text.charCodeAt(++i))) return false;
  }
  return true;
}

/**
 * Writes the bytes of a string to `bytes` at `at`, of which `room` are free.
 * @returns how many, or -1 where they don't fit: then some may be written
 */
export function writeWtf8(text: string, bytes: Uint8Array, at: number, room: number): number {
  const end = at + room;
  let to = at;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      if (to >= end) return -1;
      bytes[to++] = unit;
    } else if (unit < 0x800) {
      if (to + 2 > end) return -1;
      bytes[to++] = 0xc0 | (unit >> 6);
      bytes[to++] = 0x80 | (unit & 0x3f);
    } else if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) {
      if (to + 4 > end) return -1;
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
      bytes[to++] = 0xf0 | (point >> 18);
      bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[to++] = 0x80 | (point & 0x3f);
    } else {
      if (to + 3 > end) return -1;
      bytes[to++] = 0xe0 | (unit >> 12);
      bytes[to++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[to++] = 0x80 | (unit & 0x3f);
    }
  }
  return to - at;
}

/**
 * Writes the UTF-16 units of the characters in bytes[from .. to) to `units` at `at`.
 * @returns where they end in `units`
 */
export function readUnits(bytes: Uint8Array, from: number, to: number, units: Uint16Array, at: number): number {
  const next = (byte: number): number => (bytes[byte] as number) & 0x3f;
  let unit = at;
  for (let byte = from; byte < to;) {
    const lead = bytes[byte] as number;
    if (lead < 0x80) {
      units[unit++] = lead;
      byte += 1;
    } else if (lead < 0xe0) {
      units[unit++] = ((lead & 0x1f) << 6) | next(byte + 1);
      byte += 2;
    } else if (lead < 0xf0) {
      units[unit++] = ((lead & 0xf) << 12) | (next(byte + 1) << 6) | next(byte + 2);
      byte += 3;
    } else {
      const point = ((lead & 7) << 18) | (next(byte + 1) << 12) | (next(byte + 2) << 6) | next(byte + 3);
      units[unit++] = 0xd7c0 + (point >> 10);
      units[unit++] = 0xdc00 | (point & 0x3ff);
      byte += 4;
    }
  }
  return unit;
}
