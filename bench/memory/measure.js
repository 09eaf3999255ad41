/** Bytes an entry at many sizes, and what is promised of them. */
import { runJson } from '../nodes.js';

/**
 * As child.js prints it, each of a process of its own.
 * @typedef {{ entries: number, bytes: number, rss: number, peak?: number, afterDelete: number, rssAfterDelete: number,
 *   trims: boolean, afterTrim: number, rssAfterTrim: number }} Memory
 */

const [LEAST, MOST] = [1e5, 1e7];

/**
 * @param {number} sizes how many, evenly spaced on a logarithmic scale
 * @returns {Memory[]}
 */
export function measureMemory(sizes) {
  /** @param {number} i whole tens, as a tenth stays */
  const sizeAt = (i) => Math.round((LEAST * (MOST / LEAST) ** (i / (sizes - 1))) / 10) * 10;
  return Array.from({ length: sizes }, (_, i) =>
    runJson(process.execPath, new URL('child.js', import.meta.url), [sizeAt(i)], ['--expose-gc']),
  );
}

/**
 * @param {Memory[]} rows
 * @returns {string[]}
 */
export function memoryLines(rows) {
  const each = rows.map(({ bytes, entries }) => bytes / entries);
  const mean = each.reduce((sum, x) => sum + x, 0) / each.length;
  const peaks = rows.flatMap(({ peak, rss }) => (peak === undefined ? [] : [peak / rss]));
  return [
    line('bytes an entry, mean', 12.5, mean),
    line('bytes an entry, worst', 15, Math.max(...each)),
    line('peak of live, worst', 1.1, peaks.length > 0 ? Math.max(...peaks) : undefined),
  ];
}

/**
 * @param {string} label
 * @param {number} most
 * @param {number} [figure]
 */
function line(label, most, figure) {
  const wish = `${label.padEnd(26)} <= ${most.toFixed(2).padStart(5)}`;
  if (figure === undefined) return `${wish}   -   not shown`;
  return `${wish}   ${figure.toFixed(2)}   ${figure <= most ? 'met' : 'missed'}`;
}
