/** The levels of the memory of this machine, as Linux tells them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./knees.js').Level} Level */

const CACHES = '/sys/devices/system/cpu/cpu0/cache';
const UNITS = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };
/**
 * What a TLB of the second level reaches with pages of 4 KiB. No file tells its size; the servers of these years have
 * 1,536 to 3,072 entries.
 * @type {Level}
 */
const TLB = { name: 'TLB', bytes: 2048 * 4096, assumed: true };

/**
 * Data caches and the TLB, by rising size; nothing where the system does not tell.
 * @returns {Level[]}
 */
export function memoryLevels(caches = CACHES) {
  /** @type {Level[]} */
  const levels = [];
  try {
    for (const index of readdirSync(caches).filter((name) => name.startsWith('index'))) {
      const read = (/** @type {string} */ file) => readFileSync(join(caches, index, file), 'utf8').trim();
      if (read('type') === 'Instruction') continue;
      levels.push({ name: `L${read('level')}`, bytes: bytesOf(read('size')) });
    }
  } catch {
    return [];
  }
  return [...levels, TLB].sort((a, b) => a.bytes - b.bytes);
}

/**
 * @param {string} size such as 512K
 */
export function bytesOf(size) {
  const [, number, unit] = /^(\d+)([KMG]?)$/.exec(size) ?? [];
  return Number(number) * (UNITS[/** @type {keyof typeof UNITS} */ (unit)] ?? 1);
}
