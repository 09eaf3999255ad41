export { type Capabilities, capabilities } from './capabilities.js';
export { AbortError, CapacityError, SnapshotError } from './errors.js';
export { hash } from './hash.js';
export { HashMap } from './hash-map.js';
export { HashSet } from './hash-set.js';
export type {
  ArrowVector,
  ByteColumn,
  Columns,
  ColumnsOptions,
  GetAllAsyncOptions,
  GetAllInto,
  GetAllResult,
  Groups,
  HasAllAsyncOptions,
  Hash,
  HashMapOptions,
  HashSetOptions,
  How,
  KeyColumn,
  KeyKind,
  KeyOf,
  MapStats,
  PutAllAsyncOptions,
  RestoreOptions,
  RestoreSetOptions,
  ScanKeys,
  ScanResult,
  SetLike,
  SliceOptions,
  ValueColumn,
  ValueKind,
  ValueOf,
} from './types.js';
