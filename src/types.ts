/** Kinds of keys. `u32` `i32` `f64` are numbers, `u64` `i64` bigints, `bytes` is Uint8Array. */
export type KeyKind = 'u32' | 'i32' | 'u64' | 'i64' | 'f64' | 'string' | 'bytes';
/** Kinds of values. `u32` `i32` `f32` `f64` are numbers, `u64` `i64` bigints, `any` is any JavaScript value. */
export type ValueKind = 'u32' | 'i32' | 'f32' | 'u64' | 'i64' | 'f64' | 'any';

interface KeyTypes {
  u32: { one: number; column: Uint32Array };
  i32: { one: number; column: Int32Array };
  u64: { one: bigint; column: BigUint64Array };
  i64: { one: bigint; column: BigInt64Array };
  f64: { one: number; column: Float64Array };
  string: { one: string; column: string[] | ByteColumn };
  bytes: { one: Uint8Array; column: Uint8Array[] | ByteColumn };
}

interface ValueTypes {
  u32: { one: number; column: Uint32Array };
  i32: { one: number; column: Int32Array };
  f32: { one: number; column: Float32Array };
  u64: { one: bigint; column: BigUint64Array };
  i64: { one: bigint; column: BigInt64Array };
  f64: { one: number; column: Float64Array };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the kind is called so because it holds any value
  any: { one: any; column: unknown[] };
}

/** Arrow Utf8/Binary layout: key i is bytes[offsets[i] .. offsets[i + 1]). `offsets` has n + 1 entries. */
export interface ByteColumn {
  bytes: Uint8Array;
  offsets: Int32Array | Uint32Array | BigInt64Array;
}

/**
 * A vector of the npm package apache-arrow, as far as it is read: whole, sliced or chunked, dictionary-encoded or not. A column of
 * keys or values of its type: Int32 for 'i32', Uint32 for 'u32' and so on, small integers for both if they all fit; Utf8 and LargeUtf8
 * for 'string'; these, Binary and LargeBinary for 'bytes'. Dates, times, timestamps and durations are the integers that store them.
 *
 * No row may be null in what `putAll` takes. Where keys are looked up or deleted, a null is a key that is not there.
 */
export interface ArrowVector {
  readonly type: { readonly typeId: number };
  readonly data: readonly { readonly length: number; readonly offset: number }[];
}

/** The JavaScript type of one key. */
export type KeyOf<K extends KeyKind> = KeyTypes[K]['one'];
/** The JavaScript type of one value. */
export type ValueOf<V extends ValueKind> = ValueTypes[V]['one'];
/** A column of keys: the typed array of the kind. */
export type KeyColumn<K extends KeyKind> = KeyTypes[K]['column'];
/** A column of values: the typed array of the kind; a plain array for 'any'. */
export type ValueColumn<V extends ValueKind> = ValueTypes[V]['column'];

/** What `putAll` does with a key that is already there. `add` wraps as the kind does; `min` and `max` follow Math.min and Math.max. */
export type How = 'replace' | 'keep' | 'add' | 'min' | 'max';

export interface HashSetOptions<K extends KeyKind> {
  key: K;
  /** Entries that fit before the table must grow. */
  capacity?: number | undefined;
  /** Mean entries per 8-slot bucket at which growth begins, in (0, 8]. Default 6.5. */
  maxLoad?: number | undefined;
  /** Seed of the hash, a u32. Left out: random for every map and set, drawn at the first write. */
  seed?: number | undefined;
  /** Cap on the linear memory of this map or set, in bytes; past it a write throws {@link CapacityError} and nothing is lost. */
  maxBytes?: number | undefined;
}

export interface HashMapOptions<K extends KeyKind, V extends ValueKind> extends HashSetOptions<K> {
  /** Values of kind 'any' are on the heap: of these `maxBytes` bounds the number, not the size. */
  value: V;
}

/** What the built-in Set takes for a set, too: Sets, Maps (their keys), HashSets and HashMaps, and whatever has these three. */
export interface SetLike<T> {
  readonly size: number;
  has(key: T): boolean;
  keys(): Iterator<T>;
}

/** Where {@link HashMap.getAll} puts its answers. The arrays may overlap `keys`: the keys are read first. */
export interface GetAllInto<V extends ValueKind> {
  values?: ValueColumn<V> | undefined;
  found?: Uint8Array | undefined;
  /** Value of the rows that are missing; 0, 0n or for 'any' undefined if left out. */
  missing?: ValueOf<V> | undefined;
}

export interface GetAllResult<V extends ValueKind> {
  values: ValueColumn<V>;
  /** 1 where the row's key is in the map, else 0. */
  found: Uint8Array;
  /** Rows found. */
  hits: number;
}

/** How an async batch takes turns with everything else. */
export interface SliceOptions {
  /** Milliseconds that a slice takes, 8 if left out; and 1,024 rows, or 8,192 for each of them, at most, for some clocks stand still meanwhile. */
  budgetMs?: number | undefined;
  /** Ends the batch before its next slice: the promise is rejected with an {@link AbortError}, which has the number of `rows` that were done. */
  signal?: AbortSignal | undefined;
  /**
   * Called after every slice with the number of rows that are done and that of all: for the last time at the end. What it throws ends the
   * batch, and rejects the promise. It may do anything to the map.
   */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Options of {@link HashMap.putAllAsync}. */
export interface PutAllAsyncOptions extends SliceOptions {
  how?: How | undefined;
}

/** Options of {@link HashMap.getAllAsync}. */
export interface GetAllAsyncOptions<V extends ValueKind> extends SliceOptions {
  into?: GetAllInto<V> | undefined;
}

/** Options of {@link HashSet.hasAllAsync}. */
export interface HasAllAsyncOptions extends SliceOptions {
  /** Takes the answers. */
  found?: Uint8Array | undefined;
}

/** All entries of a map: row i of both columns is one entry. */
export interface Columns<K extends KeyKind, V extends ValueKind> {
  keys: KeyColumn<K>;
  values: ValueColumn<V>;
}

/** Some entries of a map, from {@link HashMap.scan}: row i of both columns is one entry. */
export interface ScanResult<K extends KeyKind, V extends ValueKind> extends Columns<K, V> {
  /** For the next call; 0 at the end. */
  cursor: number;
}

/** Some keys of a set, from {@link HashSet.scan}. */
export interface ScanKeys<K extends KeyKind> {
  /** For the next call; 0 at the end. */
  cursor: number;
  keys: KeyColumn<K>;
}

/** How {@link HashMap.columns} and {@link HashSet.column} give their columns. */
export interface ColumnsOptions {
  /** Keys of kind 'string' or 'bytes': as an array (default), or as one ByteColumn. */
  strings?: 'array' | 'bytes' | undefined;
}

/** What is asked of a snapshot of a set. */
export interface RestoreSetOptions<K extends KeyKind> {
  /** The kind that its keys must be of; left out: whatever it has. */
  key?: K | undefined;
  /** Cap on the linear memory of the set or map, as when it is made. */
  maxBytes?: number | undefined;
}

/** What is asked of a snapshot of a map. */
export interface RestoreOptions<K extends KeyKind, V extends ValueKind> extends RestoreSetOptions<K> {
  /** The kind that its values must be of; left out: whatever it has. */
  value?: V | undefined;
}

export interface MapStats {
  /** Entries. */
  size: number;
  /** 8-slot buckets. */
  buckets: number;
  /** Entries that live outside their home bucket. Counted when it is read. */
  overflow: number;
  /** Entries per bucket. */
  load: number;
  /** All linear memory that this map holds, staging included. Values of kind 'any' are on the heap and don't count. */
  bytes: number;
  bytesPerEntry: number;
  /** Is a round of growth under way? */
  growing: boolean;
  /** Groups of pages that this round has evacuated. */
  evacuated: number;
  /** Groups of pages that this round still has to evacuate. */
  toEvacuate: number;
  /** Entries that growth, deletion or a move between memories put into another bucket, since creation. */
  moved: number;
  /** Most entries that one single-key operation put into another bucket. */
  maxMovedPerOp: number;
  /** Buckets that iteration has read since creation. */
  walked: number;
  /** [i]: entries that a look-up finds in the (i + 1)-th bucket that it reads. Counted when it is read. */
  probeHistogram: number[];
  /** `entriesLeft` is an estimate of the entries that fit before `maxBytes` (or 4 GiB). */
  forecast: { nextGrowthAt: number; bytesAfter: number; entriesLeft: number };
  backend: 'simd' | 'avx512';
  nativeRows: number;
  seed: number;
}
