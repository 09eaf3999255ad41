// How often JavaScript has surely come back to the host's event loop.

let turns = 0;
let watches = false;
let registry: FinalizationRegistry<void> | undefined;

/**
 * How many turns of the event loop are known of: a job in which this has risen is not the one that saw it lower. Told
 * by the collector, after whose work the host calls back in a job of its own: that is late, and takes no timer.
 */
export function turnsKnown(): number {
  if (!watches && typeof FinalizationRegistry === 'function') {
    watches = true;
    registry ??= new FinalizationRegistry(() => {
      turns++;
      watches = false;
    });
    registry.register({}, undefined);
  }
  return turns;
}
