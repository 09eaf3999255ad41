// How memory is asked of the system: in large pages as long as these come fast (src/native/pages.c).

import type { Kernel } from './addon.js';

/** The answer of `backMemory` where large pages came slowly. */
const SLOW = 1;

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 64_000;

/** For how long large pages are not asked for again, once they came slowly: twice as long each time. */
export class LargePages {
  #pause = FIRST_PAUSE_MS;
  #until = -Infinity;

  /** `backMemory`, which asks for large pages only if they have not come slowly just now. */
  gauged(backMemory: Kernel): Kernel {
    return (memory, from, length, large) => {
      const asks = large !== 0 && performance.now() >= this.#until;
      const answer = backMemory(memory, from as number, length as number, Number(asks));
      if (asks) this.#note(answer === SLOW);
      return answer;
    };
  }

  #note(isSlow: boolean): void {
    if (isSlow) this.#until = performance.now() + this.#pause;
    this.#pause = isSlow ? Math.min(2 * this.#pause, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
  }
}
