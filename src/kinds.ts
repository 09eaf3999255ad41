// What the facade knows of each kind: its width, its array, and which JavaScript values it takes.

import type { KeyKind, ValueKind } from './types.js';

/** Typed arrays that hold keys or values. */
export type NumericArray = Uint32Array | Int32Array | Float32Array | Float64Array | BigUint64Array | BigInt64Array;

interface NumericArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
  new (length: number): NumericArray;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): NumericArray;
}

type NumericKind = 'u32' | 'i32' | 'f32' | 'u64' | 'i64' | 'f64';
type ByteKind = 'string' | 'bytes';

export interface Kind {
  readonly name: NumericKind | ByteKind | 'any' | 'none';
  /** Is it a kind of byte keys? `view` to `empty` mean nothing then. */
  readonly isBytes: boolean;
  /**
   * How the table holds it: as itself, or for 'any' as the u32 number of a slot (slots.ts). Those down to `empty` are of
   * that.
   */
  readonly view: NumericKind;
  readonly bytes: number;
  /** log2(bytes). */
  readonly shift: number;
  readonly array: NumericArrayConstructor;
  /** The name of that. */
  readonly tag: string;
  /** One without elements: making one takes longer than all else that a new map does before its first write. */
  readonly empty: NumericArray;
  /** The JavaScript type and the range, in words. */
  readonly takes: string;
  readonly type: 'number' | 'bigint' | 'string' | undefined;
  /** What a batched look-up gives for a miss. */
  readonly zero: number | bigint | undefined;
  /**
   * How the kernel merges it: 0 unsigned, 1 signed, 2 floating point (assembly/batch/combine.ts); undefined: it can't.
   */
  readonly arithmetic: 0 | 1 | 2 | undefined;
  /** Is `x` of the type and in the range? */
  accepts(x: unknown): boolean;
}

function kind(
  name: NumericKind,
  array: NumericArrayConstructor,
  arithmetic: 0 | 1 | 2,
  takes: string,
  accepts: (x: unknown) => boolean,
): Kind {
  const bytes = array.BYTES_PER_ELEMENT;
  const type = name === 'u64' || name === 'i64' ? 'bigint' : 'number';
  return {
    name,
    isBytes: false,
    view: name,
    bytes,
    shift: Math.log2(bytes),
    array,
    tag: array.name,
    empty: new array(0),
    takes,
    type,
    zero: type === 'bigint' ? 0n : 0,
    arithmetic,
    accepts,
  };
}

export const isU32 = (x: unknown): x is number => typeof x === 'number' && x >>> 0 === x;
export const isI32 = (x: unknown): x is number => typeof x === 'number' && (x | 0) === x;
export const isU64 = (x: unknown): x is bigint => typeof x === 'bigint' && BigInt.asUintN(64, x) === x;
export const isI64 = (x: unknown): x is bigint => typeof x === 'bigint' && BigInt.asIntN(64, x) === x;
export const isNumber = (x: unknown): x is number => typeof x === 'number';
export const isString = (x: unknown): x is string => typeof x === 'string';

const NO_NUMBERS = /* @__PURE__ */ new Uint32Array(0);

/** What a set has in place of values: nothing is stored. */
export const NO_VALUES: Kind = {
  name: 'none',
  isBytes: false,
  view: 'u32',
  bytes: 0,
  shift: 0,
  array: Uint32Array,
  tag: 'Uint32Array',
  empty: NO_NUMBERS,
  takes: 'no value',
  type: undefined,
  zero: undefined,
  arithmetic: undefined,
  accepts: () => false,
};

function byteKind(name: ByteKind, takes: string, accepts: (x: unknown) => boolean): Kind {
  const type = name === 'string' ? name : undefined;
  return { ...NO_VALUES, name, isBytes: true, takes, type, accepts };
}

const KINDS: Readonly<Record<NumericKind | ByteKind | 'any', Kind>> = {
  u32: kind('u32', Uint32Array, 0, 'an integer in 0 .. 2^32 - 1', isU32),
  i32: kind('i32', Int32Array, 1, 'an integer in -2^31 .. 2^31 - 1', isI32),
  f32: kind('f32', Float32Array, 2, 'a number', isNumber),
  f64: kind('f64', Float64Array, 2, 'a number', isNumber),
  u64: kind('u64', BigUint64Array, 0, 'a bigint in 0 .. 2^64 - 1', isU64),
  i64: kind('i64', BigInt64Array, 1, 'a bigint in -2^63 .. 2^63 - 1', isI64),
  string: byteKind('string', 'a string', isString),
  bytes: byteKind('bytes', 'a Uint8Array', isBytes),
  any: {
    name: 'any',
    isBytes: false,
    view: 'u32',
    bytes: 4,
    shift: 2,
    array: Uint32Array,
    tag: 'Uint32Array',
    empty: NO_NUMBERS,
    takes: 'any value',
    type: undefined,
    zero: undefined,
    arithmetic: undefined,
    accepts: () => true,
  },
};

const KEY_KINDS: readonly KeyKind[] = ['u32', 'i32', 'u64', 'i64', 'f64', 'string', 'bytes'];
const VALUE_KINDS: readonly ValueKind[] = ['u32', 'i32', 'f32', 'u64', 'i64', 'f64', 'any'];

/** @throws TypeError for a kind that keys don't have */
export function keyKind(name: unknown): Kind {
  return lookUp(name, KEY_KINDS, 'key');
}

/** @throws TypeError for a kind that values don't have */
export function valueKind(name: unknown): Kind {
  return lookUp(name, VALUE_KINDS, 'value');
}

function lookUp(name: unknown, names: readonly string[], what: string): Kind {
  if (typeof name === 'string' && names.includes(name)) return KINDS[name as keyof typeof KINDS];
  throw new TypeError(`options.${what}: expected one of ${names.join(', ')}; got ${show(name)}`);
}

/**
 * Refuses what `accepts` refuses, with the reason.
 * @throws TypeError for another type, RangeError for a value out of range
 */
export function refuse(kind: Kind, x: unknown, what: string): never {
  const message = `${what}: expected ${kind.takes} (${kind.name}); got ${show(x)}`;
  throw typeof x === kind.type ? new RangeError(message) : new TypeError(message);
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

type Accessor<T> = (this: unknown) => T;

function accessor(name: string | symbol): unknown {
  return Object.getOwnPropertyDescriptor(typedArray, name)?.get;
}

/** The class of a typed array; undefined for anything else. */
export const tagOf = accessor(Symbol.toStringTag) as Accessor<string | undefined>;

// What a typed array is. A subclass may hide it behind getters of its own, which would run in the midst of a batch.
export const lengthOfArray = accessor('length') as Accessor<number>;
export const bufferOfArray = accessor('buffer') as Accessor<ArrayBufferLike>;
export const offsetOfArray = accessor('byteOffset') as Accessor<number>;

/** `set`, likewise: of typed arrays it reads and writes elements, and nothing else that is theirs. */
export const setElements = Uint8Array.prototype.set as unknown as (this: unknown, from: unknown) => void;

/** Has a view of length 0 lost its buffer? */
export function isDetached(view: ArrayBufferView): boolean {
  try {
    Uint8Array.prototype.at.call(view as Uint8Array, 0); // refuses a view without a buffer
    return false;
  } catch {
    return true;
  }
}

/** The length of a typed array; undefined for anything else. */
function lengthIfArray(x: object): number | undefined {
  return tagOf.call(x) === undefined ? undefined : lengthOfArray.call(x);
}

/** Is it a byte array that has its buffer? */
export function isBytes(x: unknown): x is Uint8Array {
  // Not by its length: where V8 has seen resizable buffers, its optimised code gives a detached array the length that
  // it had.
  return tagOf.call(x) === 'Uint8Array' && ((x as Uint8Array)[0] !== undefined || !isDetached(x as Uint8Array));
}

/** An object, or a function, which is one as well. */
export function isObject(x: unknown): x is object {
  return (typeof x === 'object' && x !== null) || typeof x === 'function';
}

/** What an object calls itself, if it lets anybody ask. */
function classOf(x: object): string {
  if (lengthIfArray(x) === 0 && isDetached(x as ArrayBufferView)) {
    return `${tagOf.call(x)} whose buffer is detached or has shrunk`;
  }
  try {
    return Object.prototype.toString.call(x).slice(8, -1);
  } catch {
    return 'an object';
  }
}

/** A value for a message: short, and safe for every value. */
export function show(x: unknown): string {
  switch (typeof x) {
    case 'string':
      return JSON.stringify(x.length > 40 ? `${x.slice(0, 40)}...` : x);
    case 'bigint':
      return `${x}n`;
    case 'object':
      return x === null ? 'null' : classOf(x as object);
    case 'function':
      return 'a function';
    default:
      return Object.is(x, -0) ? '-0' : String(x);
  }
}
