/**
 * Node, with one thing other than it was made (the argument): prints the seeds of some maps, whether Node's crypto was
 * loaded for them, and what the first write threw. `fixed` stands in for what a file at the device's place would hold.
 */
import fs from 'node:fs';
import { HashMap } from '../tophash.js';

const CHANGES = {
  nothing() {},
  'no device'() {
    fs.openSync = () => {
      throw new Error('ENOENT');
    };
  },
  'a file in its place'() {
    const { openSync } = fs;
    fs.openSync = () => openSync(process.execPath, 'r');
  },
  'few bytes'() {
    const { readSync } = fs;
    fs.readSync = (device, bytes) => readSync(device, bytes.fill(0), 0, 8);
  },
  'another system'() {
    Object.defineProperty(process, 'platform', { value: 'win32' });
  },
  'an older Node'() {
    process.getBuiltinModule = undefined;
  },
  'no crypto'() {
    process.getBuiltinModule = undefined;
    Object.defineProperty(globalThis, 'crypto', { value: undefined });
  },
};
CHANGES[process.argv[2]]();

const seeds = [];
let error = null;
const map = new HashMap({ key: 'u32', value: 'u32' });
try {
  map.set(1, 1);
  for (let i = 0; i < 600; i++) seeds.push(new HashMap({ key: 'u32', value: 'u32' }).set(1, 1).stats().seed);
} catch ({ name, message }) {
  error = { name, message };
}
const given = new HashMap({ key: 'u32', value: 'u32', seed: 7 }).set(1, 1).stats().seed;
const loadsCrypto = process.moduleLoadList.some((module) => module.endsWith('internal/crypto/webcrypto'));
console.log(JSON.stringify({ seeds, error, loadsCrypto, given, size: map.size }));
