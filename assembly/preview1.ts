// WASI preview 1: what the command (wasi/) and the builds for servers (native/) ask of their host, and no more of it
// than this. Every function answers an errno, 0 where it went well.

@external("wasi_snapshot_preview1", "args_sizes_get")
export declare function argsSizesGet(count: usize, bytes: usize): u32;


@external("wasi_snapshot_preview1", "args_get")
export declare function argsGet(pointers: usize, bytes: usize): u32;


@external("wasi_snapshot_preview1", "fd_read")
export declare function fdRead(fd: u32, vectors: usize, count: u32, read: usize): u32;


@external("wasi_snapshot_preview1", "fd_write")
export declare function fdWrite(fd: u32, vectors: usize, count: u32, written: usize): u32;


@external("wasi_snapshot_preview1", "fd_prestat_get")
export declare function fdPrestatGet(fd: u32, prestat: usize): u32;


@external("wasi_snapshot_preview1", "fd_prestat_dir_name")
export declare function fdPrestatDirName(fd: u32, path: usize, length: u32): u32;


@external("wasi_snapshot_preview1", "path_open")
export declare function pathOpen(
  fd: u32,
  lookupFlags: u32,
  path: usize,
  length: u32,
  openFlags: u32,
  rights: u64,
  inheriting: u64,
  fdFlags: u32,
  opened: usize,
): u32;


@external("wasi_snapshot_preview1", "random_get")
export declare function randomGet(to: usize, length: u32): u32;


@external("wasi_snapshot_preview1", "clock_time_get")
export declare function clockTimeGet(clock: u32, precision: u64, to: usize): u32;


@external("wasi_snapshot_preview1", "proc_exit")
export declare function procExit(code: u32): void;


@external("wasi_snapshot_preview1", "poll_oneoff")
declare function pollOneoff(subscriptions: usize, events: usize, count: u32, happened: usize): u32;

export const STDIN: u32 = 0;
export const STDOUT: u32 = 1;
export const STDERR: u32 = 2;
/** The first directory that the host may have opened for the command. */
export const FIRST_PREOPEN: u32 = 3;

/** Nothing to read, or no room to write, for now: pipes that somebody has set so. */
const AGAIN: u32 = 6;
const INTERRUPTED: u32 = 27;
export const BROKEN_PIPE: u32 = 64;
export const NO_SUCH_FILE: u32 = 44;
export const NOT_PERMITTED: u32 = 76;

export const MAY_READ: u64 = 2;
export const FOLLOW_LINKS: u32 = 1;

// Kinds of events.
export const READABLE: u8 = 1;
export const WRITABLE: u8 = 2;

const subscription: usize = memory.data(48, 8);
const event: usize = memory.data(32, 8);

/**
 * Is a call on a file to be made once more, for this errno is none of an error? Waits until the file is ready for it,
 * or not at all where the host can't.
 */
export function isForLater(errno: u32, fd: u32, ready: u8): bool {
  if (errno == INTERRUPTED) return true;
  if (errno != AGAIN) return false;
  memory.fill(subscription, 0, 48);
  store<u8>(subscription, ready, 8);
  store<u32>(subscription, fd, 16);
  pollOneoff(subscription, event, 1, ANSWER);
  return true;
}

/** Where the host writes what it answers besides an errno: 64 bytes of scratch. */
const answer: usize = memory.data(64, 8);
export const ANSWER: usize = answer;
/** One vector of bytes, for the host to read or fill: address and length. */
export const VECTOR: usize = answer + 32;


@inline
export function setVector(at: usize, length: u32): void {
  store<u32>(VECTOR, <u32>at);
  store<u32>(VECTOR, length, 4);
}
