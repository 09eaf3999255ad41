import { HashMap } from 'tophash';
import { Joined } from './joined.js';

/**
 * A call for each column; the rows of a join are put together by a loop.
 * @type {import('../../rows/relations-rows.js').RelationsContender}
 */
export default {
  keepsake: () => new Joined(1),
  groupCount(subject) {
    const map = new HashMap({ key: 'u32', value: 'u32' });
    map.putAll(subject.rows, 1, 'add');
    const { keys, values: counts } = map.columns();
    subject.bytes = map.stats().bytes;
    map.dispose();
    return { keys, counts };
  },
  join(subject) {
    const { facts, table } = subject;
    const map = HashMap.fromColumns(table.keys, table.values, { key: 'u32', value: 'u32' });
    const { values, found } = map.getAll(facts.keys);
    subject.bytes = map.stats().bytes;
    map.dispose();
    const joined = new Joined(found.length);
    for (let row = 0; row < found.length; row++) {
      if (found[row]) joined.add(facts.keys[row], facts.values[row], values[row]);
    }
    return joined.columns();
  },
};
