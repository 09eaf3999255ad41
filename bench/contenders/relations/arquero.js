import { importPeer } from '../../peers/index.js';

const { op, table } = await importPeer('arquero');

/**
 * Data frames; its results are tables that are made at once.
 * @type {import('../../rows/relations-rows.js').RelationsContender}
 */
export default {
  prepare: (subject) => ({
    rows: table({ key: subject.rows }),
    facts: table({ key: subject.facts.keys, left: subject.facts.values }),
    table: table({ key: subject.table.keys, right: subject.table.values }),
  }),
  groupCount: ({ rows }) => rows.groupby('key').rollup({ count: op.count() }),
  join: ({ facts, table }) => facts.join(table, 'key'),
  countsOf: (_, result) => ({ keys: result.array('key', Uint32Array), counts: result.array('count', Uint32Array) }),
  joinedOf: (_, result) => ({
    keys: result.array('key', Uint32Array),
    left: result.array('left', Uint32Array),
    right: result.array('right', Uint32Array),
  }),
};
