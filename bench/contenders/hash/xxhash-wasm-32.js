import xxhash from 'xxhash-wasm';
import { peer } from './peer.js';

const { h32, h32Raw } = await xxhash();
export default peer(
  (row) => h32Raw(row),
  (row) => h32(row),
);
