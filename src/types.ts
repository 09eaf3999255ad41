/**
 * Kinds of keys. `u32` `i32` `f64` are numbers, `u64` `i64` bigints, `bytes` is Uint8Array. Keys of 'f64' are the same
 * where SameValueZero says so, strings where their code units are equal, bytes where their bytes are. A key of 'string'
 * or 'bytes' has less than 2^30 bytes.
 */
export type KeyKind = 'u32' | 'i32' | 'u64' | 'i64' | 'f64' | 'string' | 'bytes';
/**
 * Kinds of values. `u32` `i32` `f32` `f64` are numbers, of which 'f32' rounds; `u64` `i64` bigints; `any` is any
 * JavaScript value, which stays on the JavaScript heap.
 */
export type ValueKind = 'u32' | 'i32' | 'f32' | 'u64' | 'i64' | 'f64' | 'any';

// What is made here is over an ArrayBuffer, and may be transferred: from TypeScript 5.7 on `of` says so.

interface KeyTypes {
  u32: { one: number; column: Uint32Array; made: ReturnType<typeof Uint32Array.of> };
  i32: { one: number; column: Int32Array; made: ReturnType<typeof Int32Array.of> };
  u64: { one: bigint; column: BigUint64Array; made: ReturnType<typeof BigUint64Array.of> };
  i64: { one: bigint; column: BigInt64Array; made: ReturnType<typeof BigInt64Array.of> };
  f64: { one: number; column: Float64Array; made: ReturnType<typeof Float64Array.of> };
  string: { one: string; column: readonly string[] | ByteColumn; made: string[] };
  bytes: { one: Uint8Array; column: readonly Uint8Array[] | ByteColumn; made: Uint8Array[] };
}

interface ValueTypes<T> {
  u32: { one: number; column: Uint32Array; made: ReturnType<typeof Uint32Array.of> };
  i32: { one: number; column: Int32Array; made: ReturnType<typeof Int32Array.of> };
  f32: { one: number; column: Float32Array; made: ReturnType<typeof Float32Array.of> };
  u64: { one: bigint; column: BigUint64Array; made: ReturnType<typeof BigUint64Array.of> };
  i64: { one: bigint; column: BigInt64Array; made: ReturnType<typeof BigInt64Array.of> };
  f64: { one: number; column: Float64Array; made: ReturnType<typeof Float64Array.of> };
  any: { one: T; column: ColumnOfAny<T>; made: ColumnOfAny<T> };
}

/** Of values that nobody has said the type of, the rows are unknown. */
type ColumnOfAny<T> = unknown extends T ? unknown[] : T[];

/** The type of values of kind 'any' where nobody has said it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the kind is called so because it holds any value
export type Any = any;

/**
 * A column of texts or bytes as Arrow's Utf8 and Binary have it: key i is `bytes[offsets[i] .. offsets[i + 1])`. For
 * keys of 'string' each must be valid UTF-8.
 */
export interface ByteColumn {
  /** The keys, side by side. It may have more before the first one and after the last. */
  bytes: Uint8Array;
  /** n + 1 offsets into `bytes` for n keys: they don't fall, and need not begin at 0. */
  offsets: Int32Array | Uint32Array | BigInt64Array;
}

/**
 * A vector of the npm package apache-arrow, as far as it is read: whole, sliced or chunked, dictionary-encoded or not.
 * A column of keys or values of its type: Int32 for 'i32', Uint32 for 'u32' and so on, small integers for both if they
 * all fit; Utf8 and LargeUtf8 for 'string'; these, Binary and LargeBinary for 'bytes'. Dates, times, timestamps and
 * durations are the integers that store them.
 *
 * No row may be null in what `putAll` takes. Where keys are looked up or deleted, a null is a key that is not there.
 */
export interface ArrowVector {
  /** Its Arrow type. */
  readonly type: {
    /** Of apache-arrow's enum Type. */
    readonly typeId: number;
  };
  /** Its chunks. */
  readonly data: readonly {
    /** Rows of the chunk. */
    readonly length: number;
    /** Where its null bitmap begins, in bits. */
    readonly offset: number;
  }[];
}

/** The JavaScript type of one key. */
export type KeyOf<K extends KeyKind> = KeyTypes[K]['one'];
/** The JavaScript type of one value; of kind 'any' it is `T`. */
export type ValueOf<V extends ValueKind, T = Any> = ValueTypes<T>[V]['one'];
/** A column of keys: the typed array of the kind; for 'string' and 'bytes' an array of them, or a {@link ByteColumn}. */
export type KeyColumn<K extends KeyKind> = KeyTypes[K]['column'];
/** A column of values: the typed array of the kind; a plain array for 'any'. */
export type ValueColumn<V extends ValueKind, T = Any> = ValueTypes<T>[V]['column'];
/** A new column of keys: the typed array of the kind; for 'string' and 'bytes' an array of them. */
export type NewKeys<K extends KeyKind> = KeyTypes[K]['made'];
/** A new column of keys, where those of kind 'string' and 'bytes' are asked for as one {@link ByteColumn}. */
export type PackedKeys<K extends KeyKind> = K extends 'string' | 'bytes' ? ByteColumn : NewKeys<K>;
/** A new column of values. */
export type NewValues<V extends ValueKind, T = Any> = ValueTypes<T>[V]['made'];

/**
 * What `putAll` does with a key that is already there. `add` wraps as the kind does; `min` and `max` follow Math.min
 * and Math.max.
 */
export type How = 'replace' | 'keep' | 'add' | 'min' | 'max';

/** What a {@link HashSet} is made with. */
export interface HashSetOptions<K extends KeyKind> {
  /** The kind of its keys. */
  key: K;
  /** Entries that fit before the table must grow; 0 if left out. */
  capacity?: number | undefined;
  /**
   * Mean entries per 8-slot bucket at which growth begins, in (0, 8]. Default 6.5: less is more memory, and fewer keys
   * that stand outside their bucket.
   */
  maxLoad?: number | undefined;
  /** Seed of the hash, a u32. Left out: random for every map and set, drawn at the first write. */
  seed?: number | undefined;
  /**
   * Cap on the linear memory of this map or set, in bytes; past it a write throws {@link CapacityError} and nothing is
   * lost.
   */
  maxBytes?: number | undefined;
}

/** What a {@link HashMap} is made with. */
export interface HashMapOptions<K extends KeyKind, V extends ValueKind> extends HashSetOptions<K> {
  /**
   * The kind of its values. Values of kind 'any' are on the heap: of these `maxBytes` bounds the number, not the size.
   */
  value: V;
}

/**
 * What the built-in Set takes for a set, too: Sets, Maps (their keys), HashSets and HashMaps, and whatever has these
 * three.
 */
export interface SetLike<T> {
  /** Keys. */
  readonly size: number;
  /** Is a key in it? */
  has(key: T): boolean;
  /** An iterator over the keys. */
  keys(): Iterator<T>;
}

/** Where {@link HashMap.getAll} puts its answers. The arrays may overlap `keys`: the keys are read first. */
export interface GetAllInto<V extends ValueKind, T = Any> {
  /** Takes the values: as long as `keys`. */
  values?: ValueColumn<V, T> | undefined;
  /** Takes 1 for a hit and 0 for a miss: as long as `keys`. */
  found?: Uint8Array | undefined;
  /** Value of the rows that are missing; 0, 0n or for 'any' undefined if left out. */
  missing?: ValueOf<V, T> | undefined;
}

/** What {@link HashMap.getAll} found: row i of both columns belongs to key i. */
export interface GetAllResult<V extends ValueKind, T = Any> {
  /** The values; where a key is missing 0, 0n, undefined for 'any', or what `into.missing` said. */
  values: ValueColumn<V, T>;
  /** 1 where the row's key is in the map, else 0. */
  found: Uint8Array;
  /** Rows found. */
  hits: number;
}

/** How an async batch takes turns with everything else. */
export interface SliceOptions {
  /**
   * Milliseconds that a slice takes, 8 if left out; and 1,024 rows, or 8,192 for each of them, at most, for some clocks
   * stand still meanwhile.
   */
  budgetMs?: number | undefined;
  /**
   * Ends the batch before its next slice: the promise is rejected with an {@link AbortError}, which has the number of
   * `rows` that were done.
   */
  signal?: AbortSignal | undefined;
  /**
   * Called after every slice with the number of rows that are done and that of all: for the last time at the end. What
   * it throws ends the batch, and rejects the promise. It may do anything to the map.
   */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Options of {@link HashMap.putAllAsync}. */
export interface PutAllAsyncOptions extends SliceOptions {
  /** What to do with keys that are there; 'replace' if left out. */
  how?: How | undefined;
}

/** Options of {@link HashMap.getAllAsync}. */
export interface GetAllAsyncOptions<V extends ValueKind, T = Any> extends SliceOptions {
  /** Arrays to fill, and the value for rows that are missing; new arrays if left out. */
  into?: GetAllInto<V, T> | undefined;
}

/** Options of {@link HashSet.hasAllAsync}. */
export interface HasAllAsyncOptions extends SliceOptions {
  /** Takes the answers. */
  found?: Uint8Array | undefined;
}

/** All entries of a map: row i of both columns is one entry. */
export interface Columns<K extends KeyKind, V extends ValueKind, T = Any, Keys = NewKeys<K>> {
  /** The keys, in no order that means anything. */
  keys: Keys;
  /** Their values. */
  values: NewValues<V, T>;
}

/** Some entries of a map, from {@link HashMap.scan}: row i of both columns is one entry. */
export interface ScanResult<K extends KeyKind, V extends ValueKind, T = Any> extends Columns<K, V, T> {
  /** For the next call; 0 at the end. */
  cursor: number;
}

/** Some keys of a set, from {@link HashSet.scan}. */
export interface ScanKeys<K extends KeyKind> {
  /** For the next call; 0 at the end. */
  cursor: number;
  /** The keys. */
  keys: NewKeys<K>;
}

/** How {@link HashMap.columns} and {@link HashSet.column} give their columns. */
export interface ColumnsOptions {
  /** Keys of kind 'string' or 'bytes': as an array (default), or as one ByteColumn. */
  strings?: 'array' | 'bytes' | undefined;
}

/** The bytes of {@link HashMap.snapshot} and {@link HashSet.snapshot}: over an ArrayBuffer of their own. */
export type Snapshot = ReturnType<typeof Uint8Array.of>;

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

/** What a map or set tells about itself: from {@link HashMap.stats} and {@link HashSet.stats}. */
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
  /** `bytes` by `size`; 0 where there is no entry. */
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
  /**
   * The i-th number, from 0 on: entries that a look-up finds in the (i + 1)-th bucket that it reads. Counted when it is
   * read.
   */
  probeHistogram: number[];
  /** What is to come. */
  forecast: {
    /** At how many entries the next step of growth is due. */
    nextGrowthAt: number;
    /** `bytes` after that step; with keys of strings or bytes at most. */
    bytesAfter: number;
    /**
     * How many more entries fit before `maxBytes` (or 4 GiB), if the host has the memory: with keys that are numbers
     * just so many, unless they collide, `maxLoad` is above 7 or at most 1, `capacity` is more than fits, or most keys
     * were deleted in the order of iteration; with strings and bytes about so many, as long as those there are on
     * average.
     */
    entriesLeft: number;
  };
  /** What batches run on. */
  backend: 'simd' | 'avx512';
  /** Rows of batches that the native backend did. */
  nativeRows: number;
  /** Of the hash; 0 where it was not drawn yet. */
  seed: number;
}

/** Rows grouped by their hash, from {@link Hash.partition}. */
export interface Groups {
  /** Row numbers, group by group; in each group they rise. */
  order: NewKeys<'u32'>;
  /** Group g is `order[offsets[g] .. offsets[g + 1])`: one entry more than there are groups. */
  offsets: NewKeys<'u32'>;
}

/**
 * The batch hasher: of whole columns, the same bits from every backend on every machine. Byte rows have a hash of
 * tophash's own, strings that of their UTF-8 (WTF-8 where they have lone surrogates). None is a cryptographic hash. All
 * are O(rows), or O(bytes).
 */
export interface Hash {
  /**
   * Hashes a column of 32-bit keys: MurmurHash3's finaliser fmix32 (Austin Appleby) of key ^ seed, four keys an
   * instruction. Int32 keys hash as their bits.
   *
   * @param seed a u32; 0 if left out
   * @param out takes the hashes; it may be `keys` itself or overlap it. A new array if left out
   * @returns `out`
   * @throws TypeError for another array class or a detached buffer, RangeError for another length or a seed that is no
   *   u32
   */
  u32(keys: Uint32Array | Int32Array, seed?: number, out?: Uint32Array): Uint32Array;
  /**
   * Hashes a column of 64-bit keys: MurmurHash3's finaliser fmix64 (Austin Appleby) of key ^ seed * 0x9e3779b97f4a7c15,
   * two keys an instruction. Keys of a BigInt64Array and a Float64Array hash as their bits, after -0 was made 0 and
   * every NaN one NaN.
   *
   * @param seed a u32; 0 if left out
   * @param out takes the hashes, or their low 32 bits if it is a Uint32Array; it may be `keys` itself or overlap it. A
   *   new Uint32Array if left out
   * @returns `out`
   * @throws TypeError for another array class or a detached buffer, RangeError for another length or a seed that is no
   *   u32
   */
  u64(keys: BigUint64Array | BigInt64Array | Float64Array, seed?: number, out?: Uint32Array): Uint32Array;
  /** The same, 64 bits of each key. */
  u64(
    keys: BigUint64Array | BigInt64Array | Float64Array,
    seed: number | undefined,
    out: BigUint64Array,
  ): BigUint64Array;
  /** The same, as wide as `out`. */
  u64(
    keys: BigUint64Array | BigInt64Array | Float64Array,
    seed?: number,
    out?: Uint32Array | BigUint64Array,
  ): Uint32Array | BigUint64Array;
  /**
   * Hashes a column of strings or of byte rows: 64 bits of each row where `out` is a BigUint64Array, else their low 32.
   *
   * @param keys strings, or bytes in Arrow's layout, which need not be UTF-8 here
   * @param seed a u32; 0 if left out
   * @param out takes the hashes; it may overlap `keys`. A new Uint32Array if left out
   * @returns `out`
   * @throws TypeError for another class, a row that is no string, or a detached buffer; RangeError for another length,
   *   offsets that fall or leave `bytes`, or a seed that is no u32; all before anything is written
   */
  strings(keys: readonly string[] | ByteColumn, seed?: number, out?: Uint32Array): Uint32Array;
  /** The same, 64 bits of each row. */
  strings(keys: readonly string[] | ByteColumn, seed: number | undefined, out: BigUint64Array): BigUint64Array;
  /** The same, as wide as `out`. */
  strings(
    keys: readonly string[] | ByteColumn,
    seed?: number,
    out?: Uint32Array | BigUint64Array,
  ): Uint32Array | BigUint64Array;
  /**
   * Hashes one row of bytes, or a string: the low 32 bits of `bytes64`.
   *
   * @param seed a u32; 0 if left out
   * @throws TypeError for other data or a detached buffer, RangeError for a seed that is no u32
   */
  bytes(data: Uint8Array | string, seed?: number): number;
  /**
   * Hashes one row of bytes, or a string, to 64 bits, of which `bytes` gives the low 32.
   *
   * @param seed a u32; 0 if left out
   * @throws as `bytes`
   */
  bytes64(data: Uint8Array | string, seed?: number): bigint;
  /**
   * Conflict grouping: the rows ordered by the top `bits` bits of their hash, rows of one group in row order. A
   * counting sort, O(rows + 2^bits).
   *
   * @param bits 0 .. 20
   * @throws TypeError for another array class or a detached buffer, RangeError for other bits
   */
  partition(hashes: Uint32Array, bits: number): Groups;
  /** Names the version of the functions: other bits, another name. */
  readonly id: string;
}
