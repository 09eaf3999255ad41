/**
 * Takes in an addon that is none: JavaScript functions by the kernels' names, of which the argument says what is wrong.
 * Prints why it was refused.
 */
import { readFileSync } from 'node:fs';
import { activate } from '../../../build/release/native/activate.js';

const header = readFileSync(new URL('../../../src/native/kernels.h', import.meta.url), 'utf8');
const [, layout] = readFileSync(new URL('../../../src/native/layout.h', import.meta.url), 'utf8').match(
  /TOPHASH_LAYOUT (\d+)u/,
);
const AVX512 = 1;
const REFUSED = 0xffff_ffff;
const names = Array.from(header.matchAll(/^ {2}X\((\w+), \d\)/gm), ([, name]) => name);
const addon = Object.fromEntries(names.map((name) => [name, () => REFUSED]));
addon.caps = () => AVX512;
addon.layout = () => Number(layout);

const wrongs = {
  'refuses everything': {},
  'is for another layout': { layout: () => Number(layout) + 1 },
  'hashes wrongly': { hashU32: () => 0 },
  'finds wrongly': { ...hashing(), hasRows4x0: () => 0, hasRows4x4: () => 0 },
};
Object.assign(addon, wrongs[process.argv[2]]);

try {
  await activate(addon, addon.caps());
  console.log(JSON.stringify('taken'));
} catch (error) {
  console.log(JSON.stringify(error.message));
}

/** A kernel that is right: so that the hasher's test passes. */
function hashing() {
  return {
    hashU32(memory, keys, count, seed, out) {
      const view = new DataView(memory.buffer);
      for (let i = 0; i < count; i++) {
        let h = view.getUint32(keys + i * 4, true) ^ seed;
        h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
        h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
        view.setUint32(out + i * 4, (h ^ (h >>> 16)) >>> 0, true);
      }
      return 0;
    },
  };
}
