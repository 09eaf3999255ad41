import { Joined } from './joined.js';

/**
 * One row at a time, over a table of one's own choice.
 * @template M
 * @param {object} table
 * @param {(capacity?: number) => M} table.create
 * @param {(map: M, key: number) => void} table.count
 * @param {(map: M, key: number, value: number) => void} table.set
 * @param {(map: M, key: number) => number | undefined} table.get
 * @param {(map: M) => [keys: Uint32Array, values: Uint32Array]} table.columns
 * @returns {import('../../rows/relations-rows.js').RelationsContender}
 */
export const byRows = ({ create, count, set, get, columns }) => ({
  keepsake() {
    const map = create();
    count(map, 1);
    return [map, new Joined(1)];
  },
  groupCount(/** @type {import('../../rows/relations-rows.js').Subject} */ { rows }) {
    const map = create();
    for (let row = 0; row < rows.length; row++) count(map, rows[row]);
    const [keys, counts] = columns(map);
    return { keys, counts };
  },
  join(/** @type {import('../../rows/relations-rows.js').Subject} */ { facts, table }) {
    const map = create(table.keys.length);
    for (let row = 0; row < table.keys.length; row++) set(map, table.keys[row], table.values[row]);
    const joined = new Joined(facts.keys.length);
    for (let row = 0; row < facts.keys.length; row++) {
      const right = get(map, facts.keys[row]);
      if (right !== undefined) joined.add(facts.keys[row], facts.values[row], right);
    }
    return joined.columns();
  },
});
