import { loops } from './loops.js';

/**
 * The built-in Map. It cannot be sized up front: `create` takes no capacity.
 * @type {import('./index.js').Contender<Map<number, number>>}
 */
export default {
  ...loops,
  create: () => new Map(),
  bytesPerEntry: () => undefined,
  dispose() {},
};
