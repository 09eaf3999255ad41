// Opening a file: WASI knows no paths but those below the directories that the host has opened for the command
// (`wasmtime --dir`).

import {
  ANSWER,
  FIRST_PREOPEN,
  FOLLOW_LINKS,
  MAY_READ,
  NOT_PERMITTED,
  fdPrestatDirName,
  fdPrestatGet,
  pathOpen,
} from "../preview1";

const SLASH: u8 = 47;
const DOT: u8 = 46;

/** Set by {@link openFile}: the file. */
export let opened: u32 = 0;

/** Longest name of a directory that is looked at. */
const MOST_NAME: u32 = 4096;
const name: usize = memory.data(4096);

/** Opens a file for reading, in the directory with the longest name that its path begins with. Returns an errno. */
export function openFile(path: usize, length: u32): u32 {
  const skipped = here(path, length);
  let best: u32 = 0;
  let bestEnd: u32 = 0;
  for (let fd = FIRST_PREOPEN; !fdPrestatGet(fd, ANSWER); fd++) {
    const bytes = load<u32>(ANSWER, 4);
    if (bytes > MOST_NAME || fdPrestatDirName(fd, name, bytes)) continue;
    const behind = endOfName(path + <usize>skipped, length - skipped, bytes);
    if (behind < 0 || (best && <u32>behind < bestEnd)) continue;
    best = fd;
    bestEnd = <u32>behind;
  }
  if (!best) return NOT_PERMITTED;
  const from = skipped + bestEnd;
  const errno = pathOpen(best, FOLLOW_LINKS, path + <usize>from, length - from, 0, MAY_READ, 0, 0, ANSWER);
  opened = load<u32>(ANSWER);
  return errno;
}

/** Bytes of "./" at the beginning of a path, as often as it stands there. */
function here(path: usize, length: u32): u32 {
  let at: u32 = 0;
  while (at + 1 < length && load<u8>(path + <usize>at) == DOT && load<u8>(path + <usize>at, 1) == SLASH) {
    at += 2;
    while (at < length && load<u8>(path + <usize>at) == SLASH) at++;
  }
  return at;
}

/**
 * Where the rest of a path begins behind the directory whose name, of `bytes` bytes, has been read; -1 where it is not
 * below that.
 */
function endOfName(path: usize, length: u32, bytes: u32): i32 {
  let from = here(name, bytes);
  let to = bytes;
  if (to && !load<u8>(name + <usize>to - 1)) to--; // some hosts count a zero at the end
  if (to == 1 && load<u8>(name) == DOT) to = 0;
  const isAbsolute = length && load<u8>(path) == SLASH;
  if (from >= to) return isAbsolute ? -1 : 0;
  if (to > 1 && load<u8>(name + <usize>to - 1) == SLASH) to--;
  const size = to - from;
  if (size > length || memory.compare(path, name + <usize>from, <usize>size)) return -1;
  let at = size;
  if (load<u8>(name + <usize>to - 1) != SLASH && (at == length || load<u8>(path + <usize>at) != SLASH)) return -1;
  while (at < length && load<u8>(path + <usize>at) == SLASH) at++;
  return <i32>at;
}
