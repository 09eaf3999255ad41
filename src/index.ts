export { type Capabilities, capabilities } from './capabilities.js';
export { CapacityError, SnapshotError } from './errors.js';
export { hash } from './hash.js';
export { HashMap } from './hash-map.js';
export type {
  ByteColumn,
  Columns,
  ColumnsOptions,
  GetAllInto,
  GetAllResult,
  HashMapOptions,
  How,
  KeyColumn,
  KeyKind,
  KeyOf,
  MapStats,
  ValueColumn,
  ValueKind,
  ValueOf,
} from './types.js';
