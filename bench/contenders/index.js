/**
 * Who is measured, suite by suite. Each contender is a module of its suite's folder (of another suite's where that says
 * so), named as in the suite, and is only ever loaded by a process of its own: see ../worker.js.
 */

/** @typedef {import('../rows/map-data.js').Lookup} Lookup */

/**
 * What a contender can do with a map `M`. Each function works through a whole column, so that the
 * loop, or the batch, is the contender's own code.
 * @template M
 * @typedef {object} Contender
 * @property {(column: any, numbers: Uint32Array, cache: unknown[]) => any} [form] a column as this contender takes it,
 *   if not as it is; never timed. Gets the number of every key, and an array that lives as long as the data of the
 *   round
 * @property {(capacity?: number) => M} create
 * @property {(map: M, keys: any, values: any) => void} fill
 * @property {(map: M) => void} [rest] what a program does with a full map in idle time, before it asks it for anything;
 *   never timed
 * @property {(map: M, lookup: Lookup) => void} get
 * @property {(map: M, lookup: Lookup) => void} has
 * @property {(map: M) => number} iterate over all entries: the sum of keys and values, modulo 2^32
 * @property {(map: M) => [keys: Uint32Array, values: Uint32Array]} columns all entries, as new columns
 * @property {(map: M, keys: any) => number} remove how many were there
 * @property {(lookup: Lookup) => void} [sumGet] the checksum of a `get` that left its answers in the columns; never
 *   timed
 * @property {(lookup: Lookup) => void} [sumHas] likewise for `has`
 * @property {(map: M) => number | undefined} bytes outside the JavaScript heap
 * @property {(map: M) => void} dispose
 */

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<any>} a Contender where the suite is one of maps
 */
export async function loadContender(folder, name) {
  return (await import(`./${folder}/${name}.js`)).default;
}
