// The header of a snapshot: FORMAT.md describes it byte by byte.

import { SnapshotError } from '../errors.js';
import { hash } from '../hash.js';
import { type Kind, keyKind, NO_VALUES, valueKind } from '../kinds.js';
import { BUCKETS, MOST_BYTES, SLOTS } from '../options.js';
import type { KeyKind, ValueKind } from '../types.js';
import { Checksum } from './checksum.js';

export const HEADER_BYTES = 128;
export const TRAILER_BYTES = 8;
/** Bytes of the length of a key, which stands before each record. */
export const LENGTH_BYTES = 4;
const VERSION = 0;
const MAGIC = 'tophash\0';

/** The kinds by their codes. A set has values of kind 0. */
const KEY_KINDS: readonly KeyKind[] = ['u32', 'i32', 'u64', 'i64', 'f64', 'string', 'bytes'];
const VALUE_KINDS: readonly (ValueKind | 'none')[] = ['none', 'u32', 'i32', 'f32', 'u64', 'i64', 'f64'];

/** The form of a table: how many buckets a page has, and how many pages there are (assembly/table/address.ts). */
export interface Form {
  readonly bucketBits: number;
  readonly groupLog: number;
  readonly pagesPerGroup: number;
  readonly splitNext: number;
}

/** What a header says. */
export interface Header {
  readonly key: Kind;
  /** NO_VALUES for a set. */
  readonly value: Kind;
  /** undefined where none was given or drawn. */
  readonly seed: number | undefined;
  readonly entriesPerPage: number;
  /** Entries in all. */
  readonly size: number;
  /** Those that follow the pages as rows. */
  readonly spilled: number;
  /** Of a table with numbers for keys; undefined where there is none. */
  readonly form: Form | undefined;
  /** The bits of the value of the key whose hash is 0; undefined where there is no such entry. */
  readonly zero: bigint | undefined;
  readonly bodyBytes: number;
}

// Where the fields stand.
const AT = {
  magic: 0,
  version: 8,
  headerBytes: 12,
  hashId: 16,
  key: 32,
  value: 33,
  flags: 34,
  bucketBits: 35,
  groupLog: 36,
  pagesPerGroup: 37,
  entriesPerPage: 38,
  seed: 40,
  splitNext: 44,
  size: 48,
  spilled: 52,
  zero: 56,
  bodyBytes: 64,
  reserved: 72,
  checksum: 120,
} as const;
const HASH_ID_BYTES = AT.key - AT.hashId;

const HAS_SEED = 1;
const HAS_ZERO = 2;

/** Most groups: 2^20, more than 4 GiB of pages have. */
const MOST_GROUP_LOG = 20;
const MOST_PAGES_PER_GROUP = 3;
const WHOLE_PAGE = Math.log2(BUCKETS);

/** Pages of a form. */
export function pagesOf({ groupLog, pagesPerGroup, splitNext }: Form): number {
  return pagesPerGroup * 2 ** groupLog + splitNext;
}

/** Bytes of a page. */
export function pageBytesOf({ bucketBits }: Form, key: Kind, value: Kind): number {
  return SLOTS * (key.bytes + value.bytes) * 2 ** bucketBits;
}

/** Writes a header, with its checksum. */
export function writeHeader(header: Header): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  writeText(bytes, AT.magic, MAGIC);
  view.setUint32(AT.version, VERSION, true);
  view.setUint32(AT.headerBytes, HEADER_BYTES, true);
  writeText(bytes, AT.hashId, hash.id);
  view.setUint8(AT.key, KEY_KINDS.indexOf(header.key.name as KeyKind));
  view.setUint8(AT.value, VALUE_KINDS.indexOf(header.value.name as ValueKind | 'none'));
  view.setUint8(AT.flags, (header.seed === undefined ? 0 : HAS_SEED) | (header.zero === undefined ? 0 : HAS_ZERO));
  view.setUint8(AT.bucketBits, header.form?.bucketBits ?? 0);
  view.setUint8(AT.groupLog, header.form?.groupLog ?? 0);
  view.setUint8(AT.pagesPerGroup, header.form?.pagesPerGroup ?? 0);
  view.setUint16(AT.entriesPerPage, header.entriesPerPage, true);
  view.setUint32(AT.seed, header.seed ?? 0, true);
  view.setUint32(AT.splitNext, header.form?.splitNext ?? 0, true);
  view.setUint32(AT.size, header.size, true);
  view.setUint32(AT.spilled, header.spilled, true);
  view.setBigUint64(AT.zero, header.zero ?? 0n, true);
  view.setBigUint64(AT.bodyBytes, BigInt(header.bodyBytes), true);
  view.setBigUint64(AT.checksum, checksumOf(bytes), true);
  return bytes;
}

function writeText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

/** The checksum of the fields of a header. */
function checksumOf(header: Uint8Array): bigint {
  const checksum = new Checksum(0n);
  checksum.add(header.subarray(0, AT.checksum));
  return checksum.end();
}

/** The checksum that a header ends with: the body's begins with it. */
export function checksumIn(header: Uint8Array): bigint {
  return viewOf(header).getBigUint64(AT.checksum, true);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function damaged(what: string): SnapshotError {
  return new SnapshotError(`the snapshot is damaged: ${what}`);
}

/**
 * Reads a header. What it says can be believed so far: the numbers are those of a table, and the body is as long as
 * they ask.
 * @throws SnapshotError
 */
export function readHeader(bytes: Uint8Array): Header {
  const view = viewOf(bytes);
  if (textAt(bytes, AT.magic, MAGIC.length) !== MAGIC) {
    throw new SnapshotError('this is no snapshot: it does not begin with the magic of one');
  }
  const version = view.getUint32(AT.version, true);
  if (version !== VERSION) {
    throw new SnapshotError(`the snapshot has format version ${version}; this version of tophash reads ${VERSION}`);
  }
  if (view.getUint32(AT.headerBytes, true) !== HEADER_BYTES) throw damaged('a header of another length');
  if (checksumIn(bytes) !== checksumOf(bytes)) throw damaged('the checksum of its header is wrong');
  const id = textAt(bytes, AT.hashId, HASH_ID_BYTES).replace(/\0+$/, '');
  if (id !== hash.id) {
    throw new SnapshotError(`the snapshot was taken with the hash ${JSON.stringify(id)}; this is ${hash.id}`);
  }
  if (bytes.subarray(AT.reserved, AT.checksum).some((byte) => byte !== 0)) throw damaged('reserved bytes are not 0');
  const flags = view.getUint8(AT.flags);
  if (flags > (HAS_SEED | HAS_ZERO)) throw damaged('unknown flags');
  const seed = view.getUint32(AT.seed, true);
  const zero = view.getBigUint64(AT.zero, true);
  const key = kindOf(KEY_KINDS[view.getUint8(AT.key)]);
  const value = kindOf(VALUE_KINDS[view.getUint8(AT.value)]);
  const header: Header = {
    key,
    value,
    seed: flags & HAS_SEED ? seed : undefined,
    entriesPerPage: view.getUint16(AT.entriesPerPage, true),
    size: view.getUint32(AT.size, true),
    spilled: view.getUint32(AT.spilled, true),
    form: formAt(view),
    zero: flags & HAS_ZERO ? zero : undefined,
    bodyBytes: Number(view.getBigUint64(AT.bodyBytes, true)),
  };
  if (header.seed === undefined && (seed !== 0 || header.size > 0 || header.form !== undefined)) {
    throw damaged('it has no seed');
  }
  if (zero > (header.zero === undefined ? 0n : 2n ** BigInt(8 * value.bytes) - 1n))
    throw damaged('a value out of range');
  if (header.entriesPerPage < 1 || header.entriesPerPage > SLOTS * BUCKETS) throw damaged('its load is out of range');
  checkBody(header);
  return header;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function kindOf(name: KeyKind | ValueKind | 'none' | undefined): Kind {
  if (name === undefined) throw damaged('an unknown kind');
  if (name === 'none') return NO_VALUES;
  return name === 'string' || name === 'bytes' ? keyKind(name) : valueKind(name);
}

/** @throws SnapshotError for numbers that are those of no table */
function formAt(view: DataView): Form | undefined {
  const form: Form = {
    bucketBits: view.getUint8(AT.bucketBits),
    groupLog: view.getUint8(AT.groupLog),
    pagesPerGroup: view.getUint8(AT.pagesPerGroup),
    splitNext: view.getUint32(AT.splitNext, true),
  };
  const { bucketBits, groupLog, pagesPerGroup, splitNext } = form;
  if (pagesPerGroup === 0 && bucketBits === 0 && groupLog === 0 && splitNext === 0) return undefined;
  const isOnePage = pagesPerGroup === 1 && groupLog === 0 && splitNext === 0 && bucketBits <= WHOLE_PAGE;
  const isGroups =
    pagesPerGroup > 1 &&
    pagesPerGroup <= MOST_PAGES_PER_GROUP &&
    groupLog <= MOST_GROUP_LOG &&
    splitNext < 2 ** groupLog &&
    bucketBits === WHOLE_PAGE;
  if (!isOnePage && !isGroups) throw damaged('the form of its table is none');
  return form;
}

/** @throws SnapshotError where the body that the header announces is not that of its entries */
function checkBody({ key, value, size, spilled, form, zero, bodyBytes }: Header): void {
  const apart = spilled + (zero === undefined ? 0 : 1);
  if (key.isBytes) {
    if (form !== undefined || apart > 0) throw damaged('a table of records has a form');
    const heads = size * (LENGTH_BYTES + value.bytes);
    if (size === 0 ? bodyBytes > 0 : bodyBytes < heads) throw damaged('its counts do not add up');
    return;
  }
  if (form === undefined) {
    if (size !== apart || spilled > 0 || bodyBytes > 0 || zero !== undefined) throw damaged('its counts do not add up');
    return;
  }
  if (spilled > 0 && form.bucketBits < WHOLE_PAGE) throw damaged('a small table has a spill');
  const pages = pagesOf(form) * pageBytesOf(form, key, value);
  if (pages > MOST_BYTES || size < apart || bodyBytes !== pages + spilled * (key.bytes + value.bytes)) {
    throw damaged('its counts do not add up');
  }
}
