/**
 * node --expose-gc child.js <entries>: puts so many u32 -> u32 entries into an empty map, deletes nine in ten of them,
 * trims; prints bytes and the growth of the resident set as JSON.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { HashMap } from 'tophash';
import { integers, numbersFrom } from '../keys.js';

const entries = Number(process.argv[2]);
const keys = integers(1, numbersFrom(0, entries));

/** Of the process, once garbage is gone. */
async function resident() {
  for (let i = 0; i < 3; i++) {
    /** @type {() => void} */ (globalThis.gc)();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage.rss();
}

/** From here on the peak of the resident set is that of what follows: Linux alone can do that. */
function forgetPeak() {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // peakResident finds nothing either
  }
}

/** In bytes, where the host tells. */
function peakResident() {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
  } catch {
    return undefined;
  }
}

// Code and pools are there before: of a small map.
new HashMap({ key: 'u32', value: 'u32' }).putAll(keys.subarray(0, 3000), keys.subarray(0, 3000));
const before = await resident();
forgetPeak();

const map = new HashMap({ key: 'u32', value: 'u32' });
map.putAll(keys, keys);
const { bytes } = map.stats();
const peak = peakResident();
const rss = (await resident()) - before;

map.deleteAll(keys.subarray(0, entries - entries / 10));
const afterDelete = map.stats().bytes;
const rssAfterDelete = (await resident()) - before;

/** @type {{ trim?: () => void }} */ (map).trim?.();
const afterTrim = map.stats().bytes;
const rssAfterTrim = (await resident()) - before;
if (map.size !== entries / 10 || map.getAll(keys).hits !== entries / 10) throw new Error('the map has other entries');

console.log(
  JSON.stringify({
    entries,
    bytes,
    rss,
    peak: peak === undefined ? undefined : peak - before,
    afterDelete,
    rssAfterDelete,
    trims: 'trim' in map,
    afterTrim,
    rssAfterTrim,
  }),
);
