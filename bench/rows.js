/**
 * The rows of the benchmark, in the order in which a round runs them: a map lives through them all,
 * filled, asked, emptied. Where an earlier row was not asked for, its part is done untimed.
 */

/** @typedef {import('./contenders/index.js').Contender<any>} Contender */
/** @typedef {import('./workload.js').Subject} Subject */
/** @typedef {import('./workload.js').Lookup} Lookup */

/**
 * @typedef {object} Row
 * @property {string} name on the command line
 * @property {string} single label of the row of loops
 * @property {string} batch label of the row of batches
 * @property {boolean} needsMaps must full maps, grown from empty, be there when the timed part starts?
 * @property {boolean} keepsMaps does it leave such maps for the row that follows?
 * @property {(subjects: Subject[]) => number} operations
 * @property {(contender: Contender, subjects: Subject[]) => void} run the timed part
 * @property {(contender: Contender, subjects: Subject[]) => string} checksum equal for all contenders
 */

/** @type {Row[]} */
export const ROWS = [
  insertion('insert-presized', 'set presized', 'putAll presized', true),
  insertion('insert', 'set from empty', 'putAll from empty', false),
  lookup('get-hit', 'get hit', 'getAll hit', 'get', (subject) => subject.hits),
  lookup('get-miss', 'get miss', 'getAll miss', 'get', (subject) => subject.misses),
  lookup('has', 'has half hit', 'hasAll half hit', 'has', (subject) => subject.halves),
  {
    name: 'iterate',
    single: 'for..of, summed',
    batch: 'columns(), summed',
    needsMaps: true,
    keepsMaps: true,
    operations: count,
    run(contender, subjects) {
      for (const subject of subjects) subject.sum = contender.iterate(subject.map);
    },
    checksum: (_, subjects) => subjects.map(({ sum }) => sum).join(),
  },
  {
    name: 'columns',
    single: 'for..of to columns',
    batch: 'columns()',
    needsMaps: true,
    keepsMaps: true,
    operations: count,
    run(contender, subjects) {
      for (const subject of subjects) subject.columns = contender.columns(subject.map);
    },
    checksum: (_, subjects) => subjects.map(({ columns }) => columns?.map(sumOf)).join(),
  },
  {
    name: 'delete',
    single: 'delete',
    batch: 'deleteAll',
    needsMaps: true,
    keepsMaps: false,
    operations: count,
    run(contender, subjects) {
      for (const subject of subjects) {
        subject.removed = contender.remove(subject.map, subject.deletions);
      }
    },
    checksum: (_, subjects) => subjects.map(({ removed, map }) => `${removed} - ${map.size}`).join(),
  },
];

export const ROW_NAMES = ROWS.map(({ name }) => name);

/**
 * The figure of this row is that of `substituteOf(row)` for a contender that cannot be presized.
 * @param {string} row
 * @param {boolean} presizes
 */
export function substituteOf(row, presizes) {
  return row === 'insert-presized' && !presizes ? 'insert' : row;
}

/**
 * Construction is part of the row: that is where a presized table pays for its memory.
 * @param {string} name
 * @param {string} single
 * @param {string} batch
 * @param {boolean} presized
 * @returns {Row}
 */
function insertion(name, single, batch, presized) {
  return {
    name,
    single,
    batch,
    needsMaps: false,
    keepsMaps: !presized,
    operations: count,
    run(contender, subjects) {
      for (const subject of subjects) {
        subject.map = contender.create(presized ? subject.keys.length : undefined);
        contender.fill(subject.map, subject.keys, subject.values);
      }
    },
    checksum: (_, subjects) => subjects.map(({ map }) => map.size).join(),
  };
}

/**
 * @param {string} name
 * @param {string} single
 * @param {string} batch
 * @param {'get' | 'has'} method
 * @param {(subject: Subject) => Lookup[]} lookups
 * @returns {Row}
 */
function lookup(name, single, batch, method, lookups) {
  return {
    name,
    single,
    batch,
    needsMaps: true,
    keepsMaps: true,
    operations: (subjects) => count(subjects.flatMap(lookups)),
    run(contender, subjects) {
      for (const subject of subjects) {
        for (const column of lookups(subject)) contender[method](subject.map, column);
      }
    },
    checksum(contender, subjects) {
      const sum = method === 'get' ? contender.sumGet : contender.sumHas;
      const columns = subjects.flatMap(lookups);
      if (sum) columns.forEach(sum);
      return columns.map(({ checksum }) => checksum).join();
    },
  };
}

/** @param {Uint32Array} column */
function sumOf(column) {
  return column.reduce((sum, x) => (sum + x) | 0, 0);
}

/** @param {{ keys: Uint32Array }[]} columns */
function count(columns) {
  return columns.reduce((sum, { keys }) => sum + keys.length, 0);
}
