// WTF-8, unit by unit: for strings with lone surrogates, which TextEncoder replaces and TextDecoder refuses.

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

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

/** Units that are made a string at once: as arguments of one call they stand on the stack. */
const UNITS = 1024;

/** The string whose bytes are bytes[from .. to). */
export function readWtf8(bytes: Uint8Array, from: number, to: number): string {
  const units: number[] = [];
  let text = '';
  for (let at = from; at < to;) {
    const lead = bytes[at++] as number;
    if (lead < 0x80) {
      units.push(lead);
    } else {
      const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
      let point = lead & (0x3f >> more);
      for (let i = 0; i < more; i++) point = (point << 6) | ((bytes[at++] as number) & 0x3f);
      if (point < 0x10000) units.push(point);
      else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    }
    if (units.length >= UNITS) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}
