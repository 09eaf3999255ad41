/** Checked by tsc, never run: what the types of the package promise. */
import type { Int32, Table, Utf8, Vector } from 'apache-arrow';
import {
  AbortError,
  type ArrowVector,
  type ByteColumn,
  CapacityError,
  type Columns,
  type ColumnsOptions,
  capabilities,
  HashMap,
  type HashMapOptions,
  HashSet,
  type HashSetOptions,
  type GetAllResult,
  hash,
  type KeyColumn,
  type KeyKind,
  type KeyOf,
  type MapStats,
  type RestoreOptions,
  type RestoreSetOptions,
  type ScanKeys,
  type ScanResult,
  type SetLike,
  SnapshotError,
  type ValueColumn,
  type ValueKind,
  type ValueOf,
} from 'tophash';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Fails to compile unless the argument has exactly the type. */
function exactly<T>() {
  return <A>(_value: A, ..._wrong: Equal<A, T> extends true ? [] : [never]): void => {};
}

const u32 = Uint32Array.of(1, 2, 3);
const f64 = Float64Array.of(1, 2, 3);

// --- keys, values and columns by kind
exactly<{
  u32: [number, Uint32Array];
  i32: [number, Int32Array];
  u64: [bigint, BigUint64Array];
  i64: [bigint, BigInt64Array];
  f64: [number, Float64Array];
}>()({} as { [K in Exclude<KeyKind, 'string' | 'bytes'>]: [KeyOf<K>, KeyColumn<K>] });
exactly<[string, Uint8Array]>()({} as [KeyOf<'string'>, KeyOf<'bytes'>]);
const texts: KeyColumn<'string'>[] = [['a'], { bytes: new Uint8Array(1), offsets: Int32Array.of(0, 1) }];
const binaries: KeyColumn<'bytes'>[] = [
  [new Uint8Array(1)],
  { bytes: new Uint8Array(1), offsets: Int32Array.of(0, 1) },
];
exactly<{
  u32: [number, Uint32Array];
  i32: [number, Int32Array];
  f32: [number, Float32Array];
  u64: [bigint, BigUint64Array];
  i64: [bigint, BigInt64Array];
  f64: [number, Float64Array];
}>()({} as { [V in Exclude<ValueKind, 'any'>]: [ValueOf<V>, ValueColumn<V>] });
exactly<unknown[]>()({} as ValueColumn<'any'>);
/** What single and batched look-ups give, for every pair of kinds. */
type Answers<K extends KeyKind, V extends ValueKind> = [
  ReturnType<HashMap<K, V>['get']>,
  ReturnType<HashMap<K, V>['getAll']>['values'],
  Parameters<HashMap<K, V>['get']>,
];
type Wanted<K extends KeyKind, V extends ValueKind> = [ValueOf<V> | undefined, ValueColumn<V>, [key: KeyOf<K>]];
exactly<{ [K in KeyKind]: { [V in ValueKind]: Wanted<K, V> } }>()(
  {} as { [K in KeyKind]: { [V in ValueKind]: Answers<K, V> } },
);

// --- number values
const prices = new HashMap({ key: 'u32', value: 'f64' });
exactly<HashMap<'u32', 'f64'>>()(prices);
exactly<number | undefined>()(prices.get(1));
exactly<boolean>()(prices.has(1));
exactly<boolean>()(prices.delete(1));
exactly<number>()(prices.size);
exactly<number>()(prices.getOrInsert(1, 2));
exactly<number>()(prices.getOrInsertComputed(1, (key) => key * 2));
exactly<number>()(prices.putAll(u32, f64));
exactly<number>()(prices.putAll(u32, 5, 'add'));
exactly<number>()(prices.putAll(u32, [1, 2, 3], 'min'));
exactly<number>()(prices.putAll(prices, 'keep'));
exactly<number>()(prices.putAll(new Map([[1, 2]])));
exactly<number>()(prices.putAll(new Map([[1, 2]]) as ReadonlyMap<number, number>, 'max'));
exactly<number>()(prices.deleteAll(u32));
exactly<Promise<number>>()(prices.putAllAsync(u32, f64));
exactly<Promise<number>>()(prices.putAllAsync(u32, 5, { how: 'add', budgetMs: 4, signal: AbortSignal.abort() }));
exactly<Promise<GetAllResult<'f64'>>>()(prices.getAllAsync(u32));
prices.getAllAsync(u32, {
  into: { values: f64, missing: -1 },
  onProgress: (done, total) => exactly<number>()(done + total),
});
// @ts-expect-error a map has no slices
prices.putAllAsync(prices);
// @ts-expect-error the array of another kind
prices.putAllAsync(u32, Float32Array.of(1));
exactly<number>()(new AbortError('message', 7, 'reason').rows);
exactly<string>()(prices[Symbol.toStringTag] as string);
prices.set(1, 2).set(3, 4).reserve(100);
prices.clear();

const { values, found, hits } = prices.getAll(u32, { values: f64, found: new Uint8Array(3), missing: -1 });
const floats: Float64Array = values;
const bits: Uint8Array = prices.hasAll(u32, found);
exactly<number>()(hits);

// --- bigint values
const totals = new HashMap({ key: 'i32', value: 'u64' });
exactly<bigint | undefined>()(totals.get(-1));
exactly<bigint>()(totals.getOrInsert(1, 2n));
totals.set(-1, 2n).putAll(Int32Array.of(1), BigUint64Array.of(1n));
const longs: BigUint64Array = totals.getAll(Int32Array.of(1)).values;

// --- snapshots
const snapshot: Uint8Array = prices.snapshot();
exactly<HashMap<'u32', 'f64'>>()(HashMap.restore(snapshot, { key: 'u32', value: 'f64' }));
const whatever: HashMap<KeyKind, ValueKind> = HashMap.restore(snapshot.slice().buffer, { maxBytes: 1e6 });
const stream: ReadableStream<Uint8Array> = prices.snapshotStream();
exactly<Promise<HashMap<'u32', 'f64'>>>()(HashMap.restoreStream(stream, { key: 'u32', value: 'f64' }));
exactly<HashSet<'string'>>()(HashSet.restore(snapshot, { key: 'string' }));
exactly<Promise<HashSet<'i64'>>>()(HashSet.restoreStream(stream, { key: 'i64' }));
const restoreOptions: RestoreOptions<'u32', 'f64'> & RestoreSetOptions<'u32'> = { key: 'u32' };
// @ts-expect-error no kind of keys
HashMap.restore(snapshot, { key: 'u16' });
// @ts-expect-error no bytes
HashMap.restore('text');
// @ts-expect-error a set has no values
HashSet.restore(snapshot, { value: 'u32' });
// @ts-expect-error no stream
void HashMap.restoreStream(snapshot);

exactly<Uint8Array<ArrayBuffer>>()(prices.snapshot());

// --- 64-bit keys
const longKeys = new HashMap({ key: 'i64', value: 'f64' });
exactly<number | undefined>()(longKeys.get(-1n));
exactly<number>()(longKeys.putAll(BigInt64Array.of(1n), 2));
for (const [key, value] of longKeys) {
  exactly<bigint>()(key);
  exactly<number>()(value);
}
const floatKeys = new HashMap({ key: 'f64', value: 'any' });
exactly<Float64Array>()(floatKeys.set(0.5, {}).columns().keys as Float64Array);

// --- keys of strings and bytes
const words = new HashMap({ key: 'string', value: 'u32' });
exactly<string[]>()(words.columns().keys);
exactly<string[]>()(words.columns({ strings: 'array' }).keys);
exactly<ByteColumn>()(words.columns({ strings: 'bytes' }).keys);
declare const columnsOptions: ColumnsOptions;
exactly<string[] | ByteColumn>()(words.columns(columnsOptions).keys);
exactly<string[]>()(words.scan(0).keys);
const blobs = new HashSet({ key: 'bytes' });
exactly<Uint8Array[]>()(blobs.column());
exactly<ByteColumn>()(blobs.column({ strings: 'bytes' }));
const readonlyWords: readonly string[] = ['a'];
exactly<number>()(words.putAll(readonlyWords, 1) + words.getAll(readonlyWords).hits);
exactly<Uint32Array>()(hash.strings(readonlyWords));

// --- any values
const people = new HashMap({ key: 'u32', value: 'any' });
people.set(1, { name: 'Ada' }).set(2, undefined);
exactly<number>()(people.putAll(u32, ['a', null, undefined], 'keep'));
const answers: unknown[] = people.getAll(u32, { missing: null, values: [1, 2, 3] }).values;
const readonlyMap: ReadonlyMap<number, { name: string }> = people;
// Whoever knows what the values are says so.
interface Session {
  readonly user: string;
}
const sessions = new HashMap<'string', 'any', Session>({ key: 'string', value: 'any' });
exactly<HashMap<'string', 'any', Session>>()(sessions.set('a', { user: 'Ada' }));
exactly<Session | undefined>()(sessions.get('a'));
exactly<Session[]>()(sessions.getAll(['a']).values);
exactly<{ keys: string[]; values: Session[] }>()(sessions.columns());
exactly<Session[]>()(sessions.scan(0).values);
exactly<Session>()(sessions.getOrInsertComputed('b', (user) => ({ user })));
for (const [key, session] of sessions) exactly<string>()(key + session.user);
const restoredSessions: HashMap<'string', 'any', Session> = HashMap.from([['a', { user: 'Ada' }]], {
  key: 'string',
  value: 'any',
});
exactly<number>()(sessions.putAll(['c', 'd'], [{ user: 'Bob' }, { user: 'Cy' }]));
// @ts-expect-error another value
sessions.set('e', 'Eve');
const anySessions: HashMap<'string', 'any'> = sessions;

// --- iteration
for (const [key, value] of prices) {
  exactly<number>()(key);
  exactly<number>()(value);
}
for (const key of totals.keys()) exactly<number>()(key);
for (const value of totals.values()) exactly<bigint>()(value);
exactly<Map<number, bigint>>()(new Map(totals.entries()));
totals.forEach((value, key, map) => void map.set(key, value + 1n), undefined);
const iterable: Iterable<[number, bigint]> = totals;
const columns: Columns<'i32', 'u64'> = totals.columns();
const scanned: ScanResult<'i32', 'u64'> = totals.scan(0);
exactly<Int32Array<ArrayBuffer>>()(totals.scan(scanned.cursor, 10).keys);
exactly<BigUint64Array<ArrayBuffer>>()(scanned.values);
const packedColumns: { keys: Int32Array<ArrayBuffer>; values: BigUint64Array<ArrayBuffer> } = totals.columns({
  strings: 'bytes',
});
exactly<HashMap<'u32', 'f64'>>()(HashMap.from(prices, { key: 'u32', value: 'f64' }));

// --- statics
exactly<HashMap<'u32', 'i64'>>()(HashMap.from([[1, 2n]], { key: 'u32', value: 'i64' }));
exactly<HashMap<'u32', 'f64'>>()(HashMap.fromColumns(u32, f64, { key: 'u32', value: 'f64', capacity: 3 }));

exactly<HashMap<'u32', 'f64'>>()(HashMap.fromColumns(u32, [1, 2, 3], { key: 'u32', value: 'f64' }));
exactly<HashMap<'u32', 'f64'>>()(HashMap.fromColumns(u32, 1, { key: 'u32', value: 'f64' }));

// --- sets
const ids = new HashSet({ key: 'u32' });
exactly<HashSet<'u32'>>()(ids);
exactly<HashSet<'u32'>>()(ids.add(1).add(2));
exactly<Promise<number>>()(ids.addAllAsync(u32, { budgetMs: 4 }));
exactly<Promise<Uint8Array>>()(ids.hasAllAsync(u32, { found: new Uint8Array(3) }));
exactly<boolean>()(ids.has(1));
exactly<boolean>()(ids.delete(1));
exactly<number>()(ids.size);
exactly<number>()(ids.addAll(u32));
exactly<number>()(ids.addAll(ids) + ids.addAll(new Set([1])) + ids.addAll(prices));
exactly<number>()(ids.deleteAll(u32));
const flags: Uint8Array = ids.hasAll(u32, found);
for (const other of [ids, new Set([1]), prices, new Map([[1, 'one']])]) {
  exactly<HashSet<'u32'>>()(ids.union(other));
  exactly<HashSet<'u32'>>()(ids.intersection(other));
  exactly<HashSet<'u32'>>()(ids.difference(other));
  exactly<HashSet<'u32'>>()(ids.symmetricDifference(other));
  exactly<boolean>()(ids.isSubsetOf(other) && ids.isSupersetOf(other) && ids.isDisjointFrom(other));
}
// Other keys than its own are not in a set, and can't be added.
const mixed = new Set<number | string>();
exactly<HashSet<'u32'>>()(ids.intersection(mixed).difference(new Set<unknown>()));
exactly<boolean>()(ids.isSubsetOf(mixed) || ids.isSupersetOf(mixed) || ids.isDisjointFrom(mixed));
// @ts-expect-error strings
ids.union(new Set(['a']));
const setLike: SetLike<number> = ids;
const readonlySet: ReadonlySet<number> = ids;
for (const key of ids) exactly<number>()(key);
for (const key of ids.values()) exactly<number>()(key);
for (const entry of ids.entries()) exactly<[number, number]>()(entry);
ids.forEach((value, key, set) => void set.delete(value + key), undefined);
const scannedIds: ScanKeys<'u32'> = ids.scan(0, 100);
exactly<Uint32Array<ArrayBuffer>>()(ids.scan(scannedIds.cursor).keys);
const idColumn: Uint32Array = ids.column({ strings: 'array' });
// What the package makes may be transferred.
const transferable: ArrayBuffer[] = [prices.snapshot(), prices.columns().keys, ids.column(), ids.scan(0).keys].map(
  ({ buffer }) => buffer,
);
const setOptions: HashSetOptions<'u64'> = { key: 'u64', capacity: 1, maxLoad: 7, seed: 1, maxBytes: 1e6 };
const longIds = HashSet.from([1n], setOptions);
exactly<HashSet<'u64'>>()(longIds);
exactly<HashSet<'u64'>>()(HashSet.fromColumn(BigUint64Array.of(1n), setOptions));
exactly<MapStats>()(ids.stats());
ids.clear();
ids.reserve(10);
ids.dispose();
ids[Symbol.dispose]();

// --- kinds and options
const options: HashMapOptions<'u32', 'f32'> = {
  key: 'u32',
  value: 'f32',
  capacity: 1,
  maxLoad: 7,
  seed: 1,
  maxBytes: 1e6,
};
exactly<number | undefined>()(new HashMap(options).get(1));
const keyKinds: KeyKind[] = ['u32', 'i32', 'u64', 'i64', 'f64', 'string', 'bytes'];
const valueKinds: ValueKind[] = ['u32', 'i32', 'f32', 'u64', 'i64', 'f64', 'any'];
const keyColumn: KeyColumn<'i32'> = new Int32Array(1);
const valueColumn: ValueColumn<'u64'> = new BigUint64Array(1);
const strings: ByteColumn = { bytes: new Uint8Array(1), offsets: new BigInt64Array(2) };
function width<K extends KeyKind, V extends ValueKind>(map: HashMap<K, V>): number {
  return map.stats().bytesPerEntry;
}
width(prices);
width(totals);

// --- Arrow columns
declare const arrowIds: Vector<Int32>;
declare const table: Table<{ id: Int32; name: Utf8 }>;
const vector: ArrowVector = arrowIds;
exactly<number>()(prices.putAll(vector, arrowIds, 'add'));
exactly<number>()(prices.putAll(arrowIds, 1));
exactly<number>()(prices.getAll(arrowIds).hits);
exactly<Uint8Array>()(prices.hasAll(arrowIds));
exactly<number>()(prices.deleteAll(arrowIds.slice(1)));
const id32 = table.getChild('id');
if (id32) HashMap.fromColumns(id32, id32, { key: 'i32', value: 'i32' });

// --- insight
const stats: MapStats = prices.stats();
exactly<'simd' | 'avx512'>()(stats.backend);
exactly<number[]>()(stats.probeHistogram);
exactly<{ nextGrowthAt: number; bytesAfter: number; entriesLeft: number }>()(stats.forecast);
exactly<'simd' | 'avx512'>()(capabilities().backend);
exactly<string[]>()(capabilities().isa);
const hashes: Uint32Array = hash.u32(u32, 7, new Uint32Array(3));
exactly<Uint32Array>()(hash.u64(f64));
// @ts-expect-error without `out` they are the low words
const noWideHashes: BigUint64Array = hash.u64(f64);
const lowHashes: Uint32Array = hash.u64(new BigInt64Array(3), 7, new Uint32Array(3));
const wideHashes: BigUint64Array = hash.u64(new BigUint64Array(3), 7, new BigUint64Array(3));
declare const either: Uint32Array | BigUint64Array | undefined;
const eitherHashes: Uint32Array | BigUint64Array = hash.u64(f64, 0, either);
exactly<Uint32Array>()(hash.strings(['a']));
exactly<BigUint64Array>()(
  hash.strings({ bytes: new Uint8Array(2), offsets: Int32Array.of(0, 2) }, 7, new BigUint64Array(1)),
);
exactly<number>()(hash.bytes('a', 7));
exactly<bigint>()(hash.bytes64(new Uint8Array(3)));
const { order, offsets }: { order: Uint32Array; offsets: Uint32Array } = hash.partition(hash.u32(keyColumn), 4);
const id: string = hash.id;

// --- errors
declare const thrown: unknown;
if (thrown instanceof CapacityError) {
  exactly<number>()(thrown.rows);
  const range: RangeError = thrown;
  console.log(range.message);
}
if (thrown instanceof SnapshotError) console.log(thrown.message);

// --- disposal
prices.dispose();
prices[Symbol.dispose]();

// --- what must not compile
// @ts-expect-error a key of another type
prices.get('1');
// @ts-expect-error a bigint key
prices.set(1n, 2);
// @ts-expect-error a bigint value
prices.set(1, 2n);
// @ts-expect-error a number value
totals.set(1, 2);
// @ts-expect-error a number key
longKeys.set(1, 2);
// @ts-expect-error a key column of another class
longKeys.getAll(f64);
// @ts-expect-error 32-bit keys
hash.u64(u32);
// @ts-expect-error a callback of the wrong type
prices.getOrInsertComputed(1, () => '2');
// @ts-expect-error a key column of another class
prices.putAll(Int32Array.of(1), f64);
// @ts-expect-error a plain array of keys
prices.getAll([1, 2, 3]);
// @ts-expect-error a value column of another class
prices.putAll(u32, BigInt64Array.of(1n));
// @ts-expect-error an unknown way to merge
prices.putAll(u32, f64, 'sum');
// @ts-expect-error a map of other kinds
prices.putAll(totals);
// @ts-expect-error a Map of other kinds
prices.putAll(new Map([['1', 2]]));
// @ts-expect-error an output of another class
prices.getAll(u32, { values: new Float32Array(3) });
// @ts-expect-error a callback for values of another type
prices.forEach((value: string) => value);
// @ts-expect-error a vector is no output
prices.getAll(u32, { values: ids });
// @ts-expect-error an unknown form of strings
prices.columns({ strings: 'text' });
// @ts-expect-error a cursor is a number
prices.scan('0');
// @ts-expect-error a scan begins with a cursor
prices.scan();
// @ts-expect-error no kinds
new HashMap({});
// @ts-expect-error an unknown kind
new HashMap({ key: 'u16', value: 'f64' });
// @ts-expect-error an unknown option
new HashMap({ key: 'u32', value: 'f64', load: 7 });
// @ts-expect-error size cannot be set
prices.size = 1;
// @ts-expect-error a key of another type
ids.add('1');
// @ts-expect-error a key column of another class
ids.addAll(Int32Array.of(1));
// @ts-expect-error a plain array is no column
ids.addAll([1, 2]);
// @ts-expect-error a set of keys of another type
ids.union(longIds);
// @ts-expect-error an array is not like a set
ids.isSubsetOf([1, 2]);
// @ts-expect-error a set has no values
new HashSet({ key: 'u32', value: 'u32' });
// @ts-expect-error no kind
new HashSet({});
// @ts-expect-error the id cannot be set
hash.id = 'mine';

console.log(
  whatever,
  restoreOptions,
  answers,
  readonlyMap,
  iterable,
  columns,
  packedColumns,
  anySessions,
  restoredSessions,
  transferable,
  noWideHashes,
  floats,
  bits,
  longs,
  flags,
  setLike,
  readonlySet,
  idColumn,
  keyKinds,
  valueKinds,
  valueColumn,
  strings,
  texts,
  binaries,
  hashes,
  lowHashes,
  wideHashes,
  eitherHashes,
  order,
  offsets,
  id,
);
