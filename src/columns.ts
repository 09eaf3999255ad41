// Columns on their way in and out. What a caller hands over may be a view with an offset, lie in a shared or resizable
// buffer, or be a subclass with methods of its own: every column is replaced by a plain view before anything is read.

import {
  bufferOfArray,
  isDetached,
  type Kind,
  lengthOfArray,
  type NumericArray,
  offsetOfArray,
  refuse,
  setElements,
  show,
  tagOf,
} from './kinds.js';

export type View = NumericArray | Uint8Array | Int8Array | Uint16Array | Int16Array;

export interface ViewConstructor<A extends View> {
  readonly name: string;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}

/** A class of typed arrays, and its name, which takes V8 some 20 ns to ask the class for. */
interface ArrayClass<A extends View> {
  readonly array: ViewConstructor<A> & (new (length: number) => A);
  readonly tag: string;
}

/**
 * Elements of a column up to which a copy, or a loop over them, takes less than a view. V8 makes the buffer of an array
 * of up to 64 bytes when somebody asks for it, a view asks, and that takes longer than looking ten keys up.
 */
export const FEW = 16;

/**
 * A plain view of `column`, which must be of class `array`.
 * @throws TypeError for another class, or a buffer that is detached or too short for the view by now
 */
export function plainView<A extends View>(column: unknown, array: ViewConstructor<A>, what: string): A {
  return viewOf(column, array, checkedLength(column, array.name, what));
}

function viewOf<A extends View>(column: unknown, array: ViewConstructor<A>, length: number): A {
  return new array(bufferOfArray.call(column), offsetOfArray.call(column), length);
}

/** The length of a column. @throws as {@link plainView} */
function checkedLength(column: unknown, tag: string, what: string): number {
  if (tagOf.call(column) !== tag) throw new TypeError(`${what}: expected ${tag}; got ${show(column)}`);
  const length = lengthOfArray.call(column);
  if (length === 0) checkAttached(column as View, what);
  return length;
}

/** @throws TypeError for a view whose buffer is detached, or too short for it by now */
export function checkAttached(view: View, what: string): void {
  if (lengthOfArray.call(view) === 0 && isDetached(view))
    throw new TypeError(`${what}: its buffer is detached or has shrunk`);
}

/** A column of keys or values that must be the typed array of its kind. */
export function numericColumn(column: unknown, kind: Kind, what: string): NumericArray {
  return plainView(column, kind.array, what);
}

/** {@link numericColumn} to be read and nothing else, before anybody may change it. */
export function inputColumn(column: unknown, { array, tag }: Kind, what: string): NumericArray {
  const length = checkedLength(column, tag, what);
  if (length > FEW) return viewOf<NumericArray>(column, array, length);
  const copy = new array(length);
  setElements.call(copy, column);
  return copy;
}

/** A column of found flags. */
export function flagColumn(column: unknown, what: string): Uint8Array {
  return plainView(column, Uint8Array, what);
}

/**
 * Where the answers to `rows` rows are written, for `column`, which {@link deliver} then has them: a plain view of it, or
 * of few rows a new array.
 * @throws TypeError for another class or a detached buffer, RangeError for another length
 */
export function outputColumn<A extends View>(
  column: unknown,
  { array, tag }: ArrayClass<A>,
  rows: number,
  what: string,
): A {
  checkLength(checkedLength(column, tag, what), rows, what);
  return rows > FEW ? viewOf(column, array, rows) : new array(rows);
}

/** Gives answers to the column that is to have them, if it has not. */
export function deliver(answers: View, column: unknown): void {
  if (answers.length <= FEW && column !== answers) setElements.call(column, answers);
}

/**
 * A column of values: the typed array of its kind, or a plain array, which is copied and checked element by element.
 * @param first the number of its first row, for messages: that of a part of a column
 */
export function valueColumn(column: unknown, kind: Kind, what: string, first = 0): NumericArray {
  if (!Array.isArray(column)) {
    checkValuesGiven(column, kind, what);
    return inputColumn(column, kind, what);
  }
  const length = column.length;
  const copy = new kind.array(length);
  for (let i = 0; i < length; i++) {
    const x: unknown = column[i]; // once: it may be a getter
    if (!kind.accepts(x)) refuse(kind, x, `${what}[${first + i}]`);
    copy[i] = x as never;
  }
  return copy;
}

/** @throws TypeError for what is neither a column of values, by its class, nor one of the other things that may be given */
export function checkValuesGiven(column: unknown, kind: Kind, what: string): void {
  if (tagOf.call(column) === kind.tag) return;
  throw new TypeError(`${what}: expected ${kind.tag}, an array or one value; got ${show(column)}`);
}

/**
 * The length of a plain array.
 * @throws TypeError for anything else
 */
export function lengthOf(column: unknown, what: string): number {
  if (!Array.isArray(column)) throw new TypeError(`${what}: expected an array; got ${show(column)}`);
  return column.length;
}

/** @throws RangeError where a column has another length than the keys */
export function checkLength(length: number, rows: number, what: string): void {
  if (length !== rows) throw new RangeError(`${what}: expected ${rows} rows, as many as keys; got ${length}`);
}

/** May writing `to` change `from`? Two shared buffers may be one memory under two objects. */
export function mayOverlap(from: View, to: View): boolean {
  return from.buffer === to.buffer || (isShared(from.buffer) && isShared(to.buffer));
}

/**
 * May writing `to`, row by row from the first one on, change rows of `from` that are not read yet? Not where both begin
 * at the same place, unless rows of `to` are longer.
 */
export function mayOvertake(from: View, to: View): boolean {
  const inPlace = from.buffer === to.buffer && from.byteOffset === to.byteOffset;
  return mayOverlap(from, to) && !(inPlace && to.BYTES_PER_ELEMENT <= from.BYTES_PER_ELEMENT);
}

/** May other threads write to a buffer? Of one from another realm its class does not tell. */
export function isShared(buffer: ArrayBufferLike): boolean {
  return !(buffer instanceof ArrayBuffer);
}
