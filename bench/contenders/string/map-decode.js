import { decoding } from './decoding.js';

/** Row by row: right for any UTF-8. As fast as any function of Buffer and TextDecoder. */
export default decoding(({ bytes }) => {
  const buffer = Buffer.from(bytes.buffer);
  return (from, to) => buffer.toString('utf8', from, to);
});
