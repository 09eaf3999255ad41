/**
 * Who is measured. Each contender is a module of this folder, named as here, and is only ever
 * loaded by a process of its own: see ../worker.js.
 */

/**
 * What a contender can do with a map `M`. Each function works through a whole column, so that the
 * loop, or the batch, is the contender's own code.
 * @template M
 * @typedef {object} Contender
 * @property {(capacity?: number) => M} create
 * @property {(map: M, keys: Uint32Array, values: Uint32Array) => void} fill
 * @property {(map: M, lookup: import('../workload.js').Lookup) => void} get
 * @property {(map: M, lookup: import('../workload.js').Lookup) => void} has
 * @property {(map: M) => number} iterate over all entries: the sum of keys and values, modulo 2^32
 * @property {(map: M) => [keys: Uint32Array, values: Uint32Array]} columns all entries, as new columns
 * @property {(map: M, keys: Uint32Array) => number} remove how many were there
 * @property {(lookup: import('../workload.js').Lookup) => void} [sumGet] the checksum of a
 *   `get` that left its answers in the columns; never timed
 * @property {(lookup: import('../workload.js').Lookup) => void} [sumHas] likewise for `has`
 * @property {(map: M) => number | undefined} bytesPerEntry outside the JavaScript heap
 * @property {(map: M) => void} dispose
 */

/** @typedef {'tophash' | 'tophash-batch' | 'map' | 'open-addressing'} ContenderName */

/** @type {Record<ContenderName, { label: string, presizes: boolean }>} */
export const CONTENDERS = {
  tophash: { label: 'tophash', presizes: true },
  'tophash-batch': { label: 'tophash', presizes: true },
  map: { label: 'Map', presizes: false },
  'open-addressing': { label: 'JS-OA', presizes: true },
};

export const CONTENDER_NAMES = /** @type {ContenderName[]} */ (Object.keys(CONTENDERS));

/**
 * @param {ContenderName} name
 * @returns {Promise<Contender<any>>}
 */
export async function loadContender(name) {
  return (await import(`./${name}.js`)).default;
}
