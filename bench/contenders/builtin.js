import { loops } from './loops.js';

/**
 * The built-in Map. It cannot be sized up front: `create` takes no capacity.
 * @type {import('./index.js').Contender<Map<any, number>>}
 */
export const builtin = {
  ...loops,
  create: () => new Map(),
  bytes: () => undefined,
  dispose() {},
};
