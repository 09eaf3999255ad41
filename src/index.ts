export { type Capabilities, capabilities } from './capabilities.js';
export { CapacityError, SnapshotError } from './errors.js';
export { hash } from './hash.js';
export { HashMap } from './hash-map.js';
export { HashSet } from './hash-set.js';
export type {
  ArrowVector,
  ByteColumn,
  Columns,
  ColumnsOptions,
  GetAllInto,
  GetAllResult,
  HashMapOptions,
  HashSetOptions,
  How,
  KeyColumn,
  KeyKind,
  KeyOf,
  MapStats,
  ScanKeys,
  ScanResult,
  SetLike,
  ValueColumn,
  ValueKind,
  ValueOf,
} from './types.js';
