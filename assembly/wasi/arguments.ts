// The arguments of the command: texts that end with a zero.

import { SEGMENT_BYTES, SEGMENT_LOG, TAKEN, segmentAddress, takeSegments } from "../memory/segments";
import { ANSWER, argsGet, argsSizesGet } from "../preview1";

let pointers: usize = 0;
/** How many there are; the first is the command's own name. */
export let argumentCount: u32 = 0;

/** Reads them into memory of their own; false where the host has none to give. */
export function readArguments(stepShift: u32, limit: u32): bool {
  if (argsSizesGet(ANSWER, ANSWER + 4)) return false;
  argumentCount = load<u32>(ANSWER);
  const bytes = (argumentCount << 2) + load<u32>(ANSWER, 4);
  const first = takeSegments((bytes + <u32>SEGMENT_BYTES) >>> SEGMENT_LOG, TAKEN, stepShift, limit);
  if (!first) return false;
  pointers = segmentAddress(first);
  return !argsGet(pointers, pointers + ((<usize>argumentCount) << 2));
}

export function argumentAt(index: u32): usize {
  return <usize>load<u32>(pointers + ((<usize>index) << 2));
}

/** Bytes of an argument, without the zero at its end. */
export function lengthOfArgument(at: usize): u32 {
  let end = at;
  while (load<u8>(end)) end++;
  return <u32>(end - at);
}

/** Is an argument this text of ASCII? */
export function isArgument(at: usize, text: string): bool {
  for (let i = 0; i < text.length; i++) if (load<u8>(at + <usize>i) != <u8>text.charCodeAt(i)) return false;
  return !load<u8>(at + <usize>text.length);
}
