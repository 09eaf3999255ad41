/** How long single operations take at worst, in Node. */
import { runJson } from '../nodes.js';

/**
 * What child.js prints, of each contender in a process of its own.
 * @param {string} binary of Node
 * @param {number} entries
 * @param {string[]} contenders of child.js
 * @returns {any[]}
 */
export function measurePauses(binary, entries, contenders) {
  return contenders.map((contender) => runJson(binary, new URL('child.js', import.meta.url), [contender, entries]));
}
