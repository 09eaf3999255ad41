/**
 * The rows of maps, in the order in which a round runs them: a map lives through them all,
 * filled, asked, emptied. Where an earlier row was not asked for, its part is done untimed.
 */

/** @typedef {import('../contenders/index.js').Contender<any>} Contender */
/** @typedef {import('./map-data.js').Subject} Subject */
/** @typedef {import('./map-data.js').Lookup} Lookup */

/**
 * @template [C=any]
 * @template [S=any]
 * @typedef {object} Row
 * @property {string} name on the command line
 * @property {string} loop label of the row of loops
 * @property {string} batch label of the row of batches
 * @property {'retained' | 'allocated'} [weighs] bytes are counted, not time, in a process for every sample: see ../weigh.js
 * @property {(contender: C, subjects: S[]) => void | Promise<void>} enter untimed: brings about what the timed part starts from
 * @property {(contender: C, subjects: S[]) => void} warm untimed, right before the timed part: warms the caches
 * @property {(contender: C, subjects: S[]) => void | Promise<void>} run the timed part; a promise always or never
 * @property {(contender: C, subjects: S[]) => string | Promise<string>} checksum equal for all contenders
 * @property {(contender: C, subjects: S[]) => void} leave untimed: drops what the row that follows has no use for
 * @property {(subjects: S[]) => number} operations of the timed part
 */

/** @typedef {Row<Contender, Subject>} MapRow */

/** @type {MapRow[]} */
const MAP_ROWS = [
  insertion('insert-presized', 'set presized', 'putAll presized', true),
  insertion('insert', 'set from empty', 'putAll from empty', false),
  lookup('get-hit', 'get hit', 'getAll hit', 'get', (subject) => subject.hits),
  lookup('get-miss', 'get miss', 'getAll miss', 'get', (subject) => subject.misses),
  lookup('has', 'has half hit', 'hasAll half hit', 'has', (subject) => subject.halves),
  {
    ...onFullMaps(() => []),
    name: 'iterate',
    loop: 'for..of, summed',
    batch: 'columns(), summed',
    run(contender, subjects) {
      for (const subject of subjects) subject.sum = contender.iterate(subject.map);
    },
    checksum: (_, subjects) => subjects.map(({ sum }) => sum).join(),
    operations: countEntries,
  },
  {
    ...onFullMaps(() => []),
    name: 'columns',
    loop: 'for..of to columns',
    batch: 'columns()',
    run(contender, subjects) {
      for (const subject of subjects) subject.columns = contender.columns(subject.map);
    },
    checksum: (_, subjects) => subjects.map(({ columns }) => columns?.map(sumOf)).join(),
    operations: countEntries,
  },
  {
    ...onFullMaps((subject) => [subject.deletions]),
    name: 'delete',
    loop: 'delete',
    batch: 'deleteAll',
    run(contender, subjects) {
      for (const subject of subjects) {
        subject.removed = contender.remove(subject.map, subject.deletions.keys);
      }
    },
    checksum: (_, subjects) => subjects.map(({ removed, map }) => `${removed} - ${map.size}`).join(),
    leave(contender, subjects) {
      dropKeys(subjects);
      dropMaps(contender, subjects);
    },
    operations: countEntries,
  },
  weighing('allocated', 'set: bytes allocated', 'putAll: bytes allocated'),
  weighing('retained', 'set: bytes kept', 'putAll: bytes kept'),
];

/**
 * @param {string[]} names
 * @returns {MapRow[]}
 */
export function mapRows(...names) {
  return MAP_ROWS.filter(({ name }) => names.includes(name));
}

/**
 * Construction is part of the row: that is where a presized table pays for its memory.
 * @param {string} name
 * @param {string} loop
 * @param {string} batch
 * @param {boolean} presized
 * @returns {MapRow}
 */
function insertion(name, loop, batch, presized) {
  return {
    name,
    loop,
    batch,
    enter(contender, subjects) {
      dropMaps(contender, subjects);
      for (const subject of subjects) form(contender, subject, subject.entries);
    },
    warm() {},
    run(contender, subjects) {
      for (const subject of subjects) fill(contender, subject, presized ? subject.entries.numbers.length : undefined);
    },
    checksum: (_, subjects) => subjects.map(({ map }) => map.size).join(),
    leave(contender, subjects) {
      dropKeys(subjects);
      if (presized) dropMaps(contender, subjects);
    },
    operations: countEntries,
  };
}

/**
 * The row 'insert', weighed.
 * @param {'allocated' | 'retained'} weighs
 * @param {string} loop
 * @param {string} batch
 * @returns {MapRow}
 */
function weighing(weighs, loop, batch) {
  return { ...insertion(weighs, loop, batch, false), weighs };
}

/**
 * @param {string} name
 * @param {string} loop
 * @param {string} batch
 * @param {'get' | 'has'} method
 * @param {(subject: Subject) => Lookup[]} lookupsOf
 * @returns {MapRow}
 */
function lookup(name, loop, batch, method, lookupsOf) {
  return {
    ...onFullMaps(lookupsOf),
    name,
    loop,
    batch,
    run(contender, subjects) {
      for (const subject of subjects) {
        for (const lookup of lookupsOf(subject)) contender[method](subject.map, lookup);
      }
    },
    checksum(contender, subjects) {
      const sum = method === 'get' ? contender.sumGet : contender.sumHas;
      const lookups = subjects.flatMap(lookupsOf);
      if (sum) lookups.forEach(sum);
      return lookups.map(({ checksum }) => checksum).join();
    },
    operations: (subjects) => count(subjects.flatMap(lookupsOf)),
  };
}

/**
 * What rows have in common that start from full maps, grown from empty.
 * @param {(subject: Subject) => Lookup[]} lookupsOf what the row asks for
 * @returns {Pick<MapRow, 'enter' | 'warm' | 'leave'>}
 */
function onFullMaps(lookupsOf) {
  return {
    enter(contender, subjects) {
      for (const subject of subjects) {
        if (!subject.map) {
          form(contender, subject, subject.entries);
          fill(contender, subject);
        }
        contender.rest?.(subject.map);
        for (const lookup of [subject.warmup, ...lookupsOf(subject)]) form(contender, subject, lookup);
      }
    },
    warm(contender, subjects) {
      for (const { map, warmup } of subjects) contender.has(map, warmup);
    },
    leave: (_, subjects) => dropKeys(subjects),
  };
}

/**
 * Makes the keys of a column, as the contender takes them.
 * @param {Contender} contender
 * @param {Subject} subject
 * @param {Lookup} lookup
 */
function form(contender, subject, lookup) {
  const column = subject.column(lookup.numbers);
  lookup.keys = contender.form ? contender.form(column, lookup.numbers, subject.cache) : column;
}

/**
 * @param {Contender} contender
 * @param {Subject} subject
 * @param {number} [capacity]
 */
function fill(contender, subject, capacity) {
  subject.map = contender.create(capacity);
  contender.fill(subject.map, subject.entries.keys, subject.entries.values);
}

/** @param {Subject[]} subjects */
function dropKeys(subjects) {
  for (const { entries, deletions, hits, misses, halves, warmup } of subjects) {
    for (const lookup of [entries, deletions, ...hits, ...misses, ...halves, warmup]) lookup.keys = undefined;
  }
}

/**
 * @param {Contender} contender
 * @param {Subject[]} subjects
 */
export function dropMaps(contender, subjects) {
  for (const subject of subjects) {
    if (subject.map) contender.dispose(subject.map);
    subject.map = undefined;
  }
}

/**
 * A map that lives as long as the process. Where no object of a class is left at a garbage
 * collection, V8 throws away the optimised code for that class, and the next sample would pay for
 * compiling it again.
 * @param {Contender} contender
 * @param {Subject[]} subjects
 * @returns {unknown}
 */
export function keepsakeOf(contender, [subject]) {
  const copy = { ...subject, entries: { ...subject.entries } };
  form(contender, copy, copy.entries);
  fill(contender, copy);
  return copy.map;
}

/**
 * Memory of all maps outside the JavaScript heap, where they have any.
 * @param {Contender} contender
 * @param {Subject[]} subjects
 * @returns {number | undefined}
 */
export function mapBytes(contender, subjects) {
  const maps = subjects.flatMap(({ map }) => map ?? []);
  if (maps.length === 0 || contender.bytes(maps[0]) === undefined) return undefined;
  return maps.reduce((sum, map) => sum + contender.bytes(map), 0);
}

/**
 * Likewise for each entry; nothing where the maps are empty.
 * @param {Contender} contender
 * @param {Subject[]} subjects
 */
export function mapBytesPerEntry(contender, subjects) {
  const bytes = mapBytes(contender, subjects);
  const entries = subjects.reduce((sum, { map }) => sum + (map?.size ?? 0), 0);
  return bytes && entries ? bytes / entries : undefined;
}

/** @param {Uint32Array} column */
function sumOf(column) {
  return column.reduce((sum, x) => (sum + x) | 0, 0);
}

/** @param {Subject[]} subjects */
function countEntries(subjects) {
  return count(subjects.map(({ entries }) => entries));
}

/** @param {Lookup[]} lookups */
function count(lookups) {
  return lookups.reduce((sum, { numbers }) => sum + numbers.length, 0);
}
