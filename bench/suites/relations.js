import { RELATIONS_ROWS, createRelations, relationsBytes, relationsKeepsake } from '../rows/relations-rows.js';
import { atLeast } from '../targets.js';

const N = 1e6;

/** @type {import('./index.js').Suite} */
export const relations = {
  name: 'relations',
  legend: `Columns of N rows, u32. group-count: rows of each key, of N / 10 keys at random, to columns of keys and counts. join: inner join with a
table of N rows of different keys, half of the rows find one; to columns of keys and of both sides' values. DuckDB: one thread,
from its own tables into its own tables. arquero: from its tables to its tables. Map, JS-OA (the hand-written table): loops.`,
  unit: 'ns per row',
  counts: 'rows',
  sizes: [N],
  contenders: {
    tophash: { label: 'tophash', own: 'batch' },
    map: { label: 'Map' },
    'open-addressing': { label: 'JS-OA' },
    arquero: { label: 'arquero', peer: true, needs: 'arquero' },
    duckdb: { label: 'DuckDB', peer: true, needs: '@duckdb/node-api' },
  },
  rows: RELATIONS_ROWS,
  createSubjects: createRelations,
  keepsakeOf: relationsKeepsake,
  bytes: relationsBytes,
  targets: [
    ...atLeast('group-count vs DuckDB', 'group-count', 'tophash', 'duckdb', { [N]: 1.5 }),
    ...atLeast('join vs DuckDB', 'join', 'tophash', 'duckdb', { [N]: 2 }),
    ...atLeast('group-count vs JS-OA', 'group-count', 'tophash', 'open-addressing', { [N]: 1.3 }),
    ...atLeast('join vs JS-OA', 'join', 'tophash', 'open-addressing', { [N]: 2 }),
  ],
};
