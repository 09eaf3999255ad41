import { importPeer } from '../../peers/index.js';

const { DuckDBDataChunk, DuckDBInstance, UINTEGER } = await importPeer('@duckdb/node-api');

/** Rows of one chunk, as DuckDB has them. */
const CHUNK = 2048;

/**
 * In memory, by one thread. Its tables are there before, and so are its results afterwards: no column crosses into
 * JavaScript while the clock runs.
 */
const instance = await DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'false' });
const connection = await instance.connect();

/** @type {import('../../rows/relations-rows.js').RelationsContender} */
export default {
  async prepare({ rows, facts, table }) {
    await load('counted', { key: rows });
    await load('facts', { key: facts.keys, l: facts.values });
    await load('dimension', { key: table.keys, r: table.values });
    return connection;
  },
  async groupCount() {
    await connection.run(
      'CREATE OR REPLACE TABLE counts AS SELECT key, count(*)::UINTEGER AS n FROM counted GROUP BY key',
    );
  },
  async join() {
    await connection.run('CREATE OR REPLACE TABLE joined AS SELECT key, l, r FROM facts JOIN dimension USING (key)');
  },
  countsOf: () => checksum('counts', 'key::UBIGINT * n::UBIGINT'),
  joinedOf: () => checksum('joined', 'key::UBIGINT + l::UBIGINT * r::UBIGINT'),
};

/**
 * @param {string} name
 * @param {Record<string, Uint32Array>} columns
 */
async function load(name, columns) {
  const fields = Object.keys(columns).map((column) => `${column} UINTEGER`);
  await connection.run(`CREATE OR REPLACE TABLE ${name} (${fields.join()})`);
  const all = Object.values(columns);
  const appender = await connection.createAppender(name);
  for (let row = 0; row < all[0].length; row += CHUNK) {
    const chunk = DuckDBDataChunk.create(all.map(() => UINTEGER));
    chunk.setColumns(all.map((column) => Array.from(column.subarray(row, row + CHUNK))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/**
 * As the driver's: rows, and a sum modulo 2^32.
 * @param {string} table
 * @param {string} term
 */
async function checksum(table, term) {
  const sum = `sum((${term}) % 4294967296) % 4294967296`;
  const reader = await connection.runAndReadAll(`SELECT (count(*) || ' ' || ${sum}) FROM ${table}`);
  return String(reader.getRows()[0][0]);
}
