// How batches that take long let others run: after a slice each waits for its turn in a later task.
//
// One turn a task, whatever the number of batches: those that wait queue up. (Node runs all callbacks of setImmediate
// that are due in a row, so two batches would else be a block of two slices.)

interface Host {
  readonly scheduler?: { yield?: () => Promise<void> };
  readonly setImmediate?: (callback: () => void) => unknown;
}

/**
 * Resolves in a later task, once the host has seen to what else is due. `scheduler.yield` comes back before tasks that
 * were queued later; browsers delay timers, the more so in tabs that nobody sees, but not messages; edge hosts may have
 * timers only.
 * @throws where `scheduler.yield` does: in a task of `scheduler.postTask` that was aborted
 */
function nextTask(): Promise<void> {
  const { scheduler, setImmediate } = globalThis as Host;
  if (typeof scheduler?.yield === 'function') return scheduler.yield();
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else if (typeof MessageChannel === 'function') afterMessage(resolve);
    else setTimeout(resolve, 0);
  });
}

/** Over a channel for this message alone, for an open one may keep the host from ending. */
function afterMessage(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}

let last: Promise<unknown> = Promise.resolve();
let underWay = 0;

/** Resolves at the caller's turn. @throws as {@link nextTask} */
export function turn(): Promise<void> {
  const mine = last.then(nextTask);
  last = mine.catch(() => undefined);
  return mine;
}

/** Calls what takes turns: at once, with `isAlone` false where others are at it already. */
export async function amongOthers<T>(act: (isAlone: boolean) => Promise<T>): Promise<T> {
  underWay++;
  try {
    return await act(underWay === 1);
  } finally {
    underWay--;
  }
}
