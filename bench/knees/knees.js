/**
 * Where the time of a look-up rises because a table has left a level of the memory: the "knees" of the curve of ns over
 * N.
 *
 * A level that gives way costs what the next one takes longer to answer, but for what is hidden: a batch waits for many
 * lines at the same time.
 */

/**
 * @typedef {{ n: number, ns: number, bytes: number }} Point a median, and the bytes of the tables that are asked at
 * random
 */
/** @typedef {{ name: string, bytes: number, assumed?: boolean }} Level what it holds, or, of a TLB, reaches */

/**
 * @typedef {object} Knee
 * @property {Level} level
 * @property {number} fitsUpTo N whose table is as large as the level
 * @property {Point} [inside] the largest measured table of at most half the level's size, or else the smallest of all
 *   that still fits
 * @property {Point} [beyond] the smallest measured one of at least three times its size, or of as much as the next
 *   level holds, whichever is smaller
 * @property {number} [rise] of the time from the one to the other
 * @property {number} [at] smallest N measured in between at which the time has risen by more than NOISE
 * @property {'gives way' | 'hidden' | 'not measured'} verdict
 */

/** A rise that is none. */
const NOISE = 1.25;
/** A table of so many times a level's size misses it two times in three. */
const FAR = 3;

/**
 * @param {Point[]} points by rising N
 * @param {Level[]} levels by rising size
 * @returns {Knee[]}
 */
export function kneesOf(points, levels) {
  const last = points.at(-1);
  return levels.map((level, i) => {
    const fitsUpTo = Math.floor(last ? (level.bytes * last.n) / last.bytes : NaN);
    const next = levels.slice(i + 1).find(({ bytes }) => bytes > level.bytes);
    const inside =
      points.findLast(({ bytes }) => bytes <= level.bytes / 2) ?? points.find(({ bytes }) => bytes <= level.bytes);
    const beyond = points.find(({ bytes }) => bytes >= Math.min(FAR * level.bytes, next?.bytes ?? Infinity));
    if (!inside || !beyond) return { level, fitsUpTo, inside, beyond, verdict: 'not measured' };
    const rise = beyond.ns / inside.ns;
    const at = points.find(({ n, ns }) => n > inside.n && ns > NOISE * inside.ns)?.n;
    return { level, fitsUpTo, inside, beyond, rise, at, verdict: rise > NOISE ? 'gives way' : 'hidden' };
  });
}

/**
 * @param {Knee} knee
 * @returns {string}
 */
export function kneeLine({ level, fitsUpTo, inside, beyond, rise, at, verdict }) {
  const size = `${level.name}, ${sizeOf(level.bytes)}${level.assumed ? ' (assumed)' : ''}: full at N = ${count(fitsUpTo)}`;
  if (!inside || !beyond || rise === undefined) return `${size}; not measured on both sides.`;
  const times = `${inside.ns.toFixed(1)} ns at N = ${count(inside.n)}, ${beyond.ns.toFixed(1)} ns at N = ${count(beyond.n)}, ${rise.toFixed(2)} times as long`;
  if (verdict === 'hidden')
    return `${size}; hidden: ${times}. The misses overlap with other work, or the next level is as fast.`;
  return `${size}; gives way, first seen at N = ${count(at ?? beyond.n)}: ${times}. The table is then ${sizeOf(beyond.bytes)}, so most look-ups miss this level and wait for the next one.`;
}

/** @param {number} bytes */
function sizeOf(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}

/** @param {number} n */
function count(n) {
  return n.toLocaleString('en');
}
