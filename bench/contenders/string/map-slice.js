import { decoding } from './decoding.js';

/**
 * All bytes at once, then slices of one large string: right for ASCII only, and each slice keeps the large string
 * alive.
 */
export default decoding(({ bytes }) => {
  const text = new TextDecoder().decode(bytes);
  return (from, to) => text.slice(from, to);
});
