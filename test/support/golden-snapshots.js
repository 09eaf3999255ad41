/**
 * The maps and sets of which test/golden/snapshots.json has the snapshots, one of every kind. `node
 * test/support/golden-snapshots.js` prints that file: only for a new version of the format.
 */
import { fileURLToPath } from 'node:url';
import { keyKinds, valueKinds } from './kinds.js';
import { distinctKeys, Random } from './random.js';
import { HashMap, HashSet } from './tophash.js';

const SEED = 20261125;
const keyNames = Object.keys(keyKinds);
const valueNames = Object.keys(valueKinds);

/**
 * What there is, by name: every key kind, with every value kind in turn and as a set; and some forms that tables have.
 */
export const goldens = {
  ...Object.fromEntries(
    keyNames.map((key, i) => [`${key} to ${valueNames[i % 6]}`, () => filled(key, valueNames[i % 6], 12)]),
  ),
  ...Object.fromEntries(keyNames.map((key) => [`set of ${key}`, () => filledSet(key, 6)])),
  'empty, with a seed': () => new HashMap({ key: 'u32', value: 'u32', seed: SEED }),
  'empty, without one': () => new HashSet({ key: 'string' }),
  'half empty': () => {
    const map = filled('u32', 'u32', 90);
    map.deleteAll(distinctKeys(45, 6));
    return map;
  },
  'two pages': () => filled('i32', 'i32', 420),
  'the hash 0': () => filled('u64', 'f64', 3).set(keyKinds.u64.withHash(0, SEED), 0.5),
  'a chain': () => {
    const map = new HashMap({ key: 'bytes', value: 'i64', seed: SEED });
    for (let twin = 0; twin < 4; twin++) map.set(keyKinds.bytes.withHash(1, SEED, twin), BigInt(twin));
    return map;
  },
};

function filled(key, value, rows) {
  const map = new HashMap({ key, value, seed: SEED });
  const { draw } = valueKinds[value];
  const random = new Random(rows);
  for (const one of distinctKeys(rows, 6, keyKinds[key].Column)) map.set(one, draw(random));
  return map;
}

function filledSet(key, rows) {
  const set = new HashSet({ key, seed: SEED, maxLoad: 4 });
  for (const one of distinctKeys(rows, 7, keyKinds[key].Column)) set.add(one);
  return set;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entries = Object.entries(goldens).map(([name, make]) => [
    name,
    Buffer.from(make().snapshot()).toString('base64'),
  ]);
  console.log(JSON.stringify({ version: 0, snapshots: Object.fromEntries(entries) }, undefined, 2));
}
