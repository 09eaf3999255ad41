/**
 * rounds.js <dispose|drop> <maps> <entries> <rounds>: makes and drops maps, prints the resident memory after each
 * round.
 */
import { setImmediate } from 'node:timers/promises';
import { distinctKeys } from '../random.js';
import { HashMap } from '../tophash.js';

const [how, maps, entries, rounds] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const keys = distinctKeys(entries, 1);
const resident = [];

for (let round = 0; round < rounds; round++) {
  makeAndDrop();
  await setImmediate();
  if (globalThis.gc) {
    globalThis.gc();
    await setImmediate();
    globalThis.gc();
  }
  resident.push(process.memoryUsage.rss());
}

console.log(JSON.stringify(resident));

function makeAndDrop() {
  const live = Array.from({ length: maps }, () => new HashMap({ key: 'u32', value: 'u32' }));
  for (const map of live) {
    map.putAll(keys, 1);
    if (map.size !== entries || map.get(keys[entries - 1]) !== 1) throw new Error('a map lost entries');
  }
  if (how === 'dispose') for (const map of live) map.dispose();
}
