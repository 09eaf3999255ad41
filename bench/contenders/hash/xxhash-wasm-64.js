import xxhash from 'xxhash-wasm';
import { peer } from './peer.js';

const { h64, h64Raw } = await xxhash();
export default peer(
  (row) => h64Raw(row),
  (row) => h64(row),
);
