// The types of Arrow columns, and which of them holds which kind of keys or values.

import type { View, ViewConstructor } from '../columns.js';
import type { Kind } from '../kinds.js';

/** A DataType of apache-arrow, as far as it is read. */
export interface ArrowType {
  readonly typeId: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly precision?: number;
  readonly unit?: number;
  /** Of a dictionary: the type of its entries, and that of the column. */
  readonly dictionary?: ArrowType;
  readonly indices?: ArrowType;
}

/** What a column is wanted for: a {@link Kind}, or keys of bytes, whose array does not matter. */
export interface Target {
  readonly name: Kind['name'] | 'string' | 'bytes';
  readonly array: Kind['array'];
}

/** The arrays that hold a column: its values, and for texts and bytes the offsets into them. */
export interface Layout {
  readonly values: ViewConstructor<View>;
  readonly offsets: ViewConstructor<Int32Array | BigInt64Array> | undefined;
}

// apache-arrow's enums Type and DateUnit.
export const DICTIONARY = -1;
const [INT, FLOAT, BINARY, UTF8, DATE, TIME, TIMESTAMP, DURATION, LARGE_BINARY, LARGE_UTF8] = [
  2, 3, 4, 5, 8, 9, 10, 18, 19, 20,
];
const DAY = 0;

const SIGNED = { 8: Int8Array, 16: Int16Array, 32: Int32Array, 64: BigInt64Array };
const UNSIGNED = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array, 64: BigUint64Array };
/** By apache-arrow's enum Precision: half, single, double. */
const FLOATS = [undefined, Float32Array, Float64Array];
/** Small integers, and the arrays that each of them fits. */
const WIDENED: readonly { from: readonly ViewConstructor<View>[]; to: readonly Kind['array'][] }[] = [
  { from: [Int8Array, Int16Array], to: [Int32Array] },
  { from: [Uint8Array, Uint16Array], to: [Uint32Array, Int32Array] },
];

/**
 * The arrays of a column that is to give keys or values of a kind: numbers of the kind's own array or small integers
 * that all fit it; for 'bytes' Binary or Utf8; for 'string' Utf8. Dates, times, timestamps and durations are the
 * integers that store them.
 * @throws TypeError for every other type
 */
export function layoutOf(type: ArrowType | undefined, target: Target, what: string): Layout {
  const { name, array } = target;
  if (name === 'string' || name === 'bytes') {
    const offsets = offsetsOf(type?.typeId, name);
    if (offsets !== undefined) return { values: Uint8Array, offsets };
  } else {
    const values = type && numbersOf(type);
    const fits =
      values === array || WIDENED.some(({ from, to }) => from.includes(values as never) && to.includes(array));
    if (values !== undefined && fits) return { values, offsets: undefined };
  }
  throw new TypeError(`${what}: expected an Arrow column of ${expected(target)}; got ${nameOf(type)}`);
}

/** The array of a dictionary column's indices. @throws TypeError if they are no integers */
export function indexArrayOf(type: ArrowType | undefined, what: string): ViewConstructor<View> {
  const array = type?.typeId === INT ? integersOf(type) : undefined;
  if (array === undefined) throw new TypeError(`${what}: expected indices of an Arrow Int type; got ${nameOf(type)}`);
  return array;
}

function offsetsOf(typeId: number | undefined, name: 'string' | 'bytes'): Layout['offsets'] {
  if (typeId === UTF8 || (typeId === BINARY && name === 'bytes')) return Int32Array;
  if (typeId === LARGE_UTF8 || (typeId === LARGE_BINARY && name === 'bytes')) return BigInt64Array;
  return undefined;
}

function numbersOf(type: ArrowType): ViewConstructor<View> | undefined {
  switch (type.typeId) {
    case INT:
      return integersOf(type);
    case FLOAT:
      return FLOATS[type.precision as number];
    case DATE:
      return type.unit === DAY ? Int32Array : BigInt64Array;
    case TIME:
      return type.bitWidth === 32 ? Int32Array : BigInt64Array;
    case TIMESTAMP:
    case DURATION:
      return BigInt64Array;
    default:
      return undefined;
  }
}

function integersOf({ bitWidth, isSigned }: ArrowType): ViewConstructor<View> | undefined {
  return (isSigned === true ? SIGNED : UNSIGNED)[bitWidth as keyof typeof SIGNED];
}

const NAMES: Readonly<Record<Exclude<Target['name'], 'any' | 'none'>, string>> = {
  u32: 'Uint32',
  i32: 'Int32',
  f32: 'Float32',
  u64: 'Uint64',
  i64: 'Int64',
  f64: 'Float64',
  string: 'Utf8 or LargeUtf8',
  bytes: 'Binary, LargeBinary, Utf8 or LargeUtf8',
};

function expected({ name }: Target): string {
  return `${NAMES[name as keyof typeof NAMES]} (${name})`;
}

/** How apache-arrow calls a type, and for a fake its number. */
function nameOf(type: ArrowType | undefined): string {
  const name = String(type);
  return name.startsWith('[object') ? `type ${String(type?.typeId)}` : name;
}
