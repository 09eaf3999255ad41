/**
 * CPU time of this thread. Node 20 has no call for it, and that of later versions is as coarse as a tick of the kernel.
 * Linux tells it in /proc/thread-self/schedstat, in nanoseconds, but as of the last time that it was brought up to
 * date: getrusage, which is behind process.cpuUsage, does that for the thread that calls it.
 */
import { openSync, readSync } from 'node:fs';

const buffer = Buffer.alloc(64);
/** @type {number | undefined} */
let file;
try {
  file = openSync('/proc/thread-self/schedstat', 'r');
} catch {
  // Not Linux.
}

export const CLOCK =
  file === undefined
    ? 'process.cpuUsage, of all threads'
    : '/proc/thread-self/schedstat, brought up to date by getrusage';

/** Microseconds of CPU time. */
export function cpuMicros() {
  const { user, system } = process.cpuUsage();
  if (file === undefined) return user + system;
  const length = readSync(file, buffer, 0, 64, 0);
  let nanos = 0;
  for (let i = 0; i < length; i++) {
    const digit = buffer[i] - 48;
    if (digit < 0) break; // a space: what follows is time spent waiting
    nanos = nanos * 10 + digit;
  }
  return nanos / 1000;
}
