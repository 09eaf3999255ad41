/**
 * `node bench/order.js [--n 1e5,1e6] [--kinds u32,string]`: what leaves one map and enters another of the same seed,
 * against the same entries in random order. In the order of one table a smaller one may crowd
 * (assembly/table/order.ts), which would take time and memory.
 *
 *   columns   putAll of columns()
 *   scan      putAll of each part of a scan; against random parts of the same size
 *   map       putAll of the map itself
 *
 * CPU time, the least of some rounds that take turns; bytes as stats() gives them. Wanted: at most 1.5 times the time,
 * 1.2 times the bytes.
 */
import { parseArgs } from 'node:util';
import { HashMap } from 'tophash';

const { values: options } = parseArgs({
  options: {
    n: { type: 'string', default: '1e5,1e6' },
    kinds: { type: 'string', default: 'u32,i32,u64,i64,f64,string,bytes' },
  },
});
const SEED = 7;
const PART = 1024;
const WANTED = { time: 1.5, bytes: 1.2 };

/** @type {Record<string, (rows: number) => any>} columns of different keys, by kind */
const columns = {
  u32: (rows) => Uint32Array.from({ length: rows }, (_, i) => Math.imul(i + 1, 0x9e3779b1)),
  i32: (rows) => Int32Array.from({ length: rows }, (_, i) => Math.imul(i + 1, 0x9e3779b1)),
  u64: (rows) => BigUint64Array.from({ length: rows }, (_, i) => BigInt(i) * 0x9e3779b97f4a7c15n),
  i64: (rows) => BigInt64Array.from({ length: rows }, (_, i) => BigInt(i) * 0x9e3779b97f4a7c15n),
  f64: (rows) => Float64Array.from({ length: rows }, (_, i) => i / 8),
  string: (rows) => Array.from({ length: rows }, (_, i) => `key ${i * 7919}`),
  bytes: (rows) => Array.from({ length: rows }, (_, i) => new Uint8Array(BigInt64Array.of(BigInt(i)).buffer)),
};

const time = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

console.log('ratios to random order: time and bytes (wanted: at most 1.5 and 1.2)');
for (const kind of options.kinds.split(',')) {
  for (const n of options.n.split(',').map(Number)) report(kind, n);
}

/**
 * @param {string} kind
 * @param {number} n
 */
function report(kind, n) {
  const make = () => new HashMap({ key: /** @type {any} */ (kind), value: 'u32', seed: SEED });
  const keys = columns[kind](n);
  const values = Uint32Array.from({ length: n }, (_, i) => i);
  const old = make();
  old.putAll(keys, values);
  const all = old.columns();
  const parts = [];
  let cursor = 0;
  do {
    const part = old.scan(cursor, PART);
    parts.push(part);
    cursor = part.cursor;
  } while (cursor !== 0);
  const randomParts = [];
  let row = 0;
  for (const part of parts) {
    const end = row + part.values.length;
    randomParts.push({ keys: keys.slice(row, end), values: values.slice(row, end) });
    row = end;
  }
  /** @type {Record<string, (map: any) => void>} */
  const ways = {
    random: (map) => map.putAll(keys, values),
    columns: (map) => map.putAll(all.keys, all.values),
    map: (map) => map.putAll(old),
    'random parts': (map) => {
      for (const part of randomParts) map.putAll(part.keys, part.values);
    },
    scan: (map) => {
      for (const part of parts) map.putAll(part.keys, part.values);
    },
  };
  /** @type {Record<string, { time: number, bytes: number }>} */
  const best = {};
  for (let round = 0; round < (n >= 1e6 ? 5 : 15); round++) {
    for (const [name, fill] of Object.entries(ways)) {
      const map = make();
      const before = time();
      fill(map);
      const took = time() - before;
      const { bytes, size } = map.stats();
      if (size !== n) throw new Error(`${name}: ${size} entries of ${n}`);
      best[name] = { time: Math.min(took, best[name]?.time ?? Infinity), bytes };
      map.dispose();
    }
  }
  old.dispose();
  const ratios = [ratio('columns', 'random'), ratio('scan', 'random parts'), ratio('map', 'random')];
  console.log(`${kind.padEnd(6)} ${n.toLocaleString('en').padStart(10)}  ${ratios.join('  ')}`);

  /**
   * @param {string} name
   * @param {string} base
   */
  function ratio(name, base) {
    const [one, other] = [best[name], best[base]];
    const [inTime, inBytes] = [one.time / other.time, one.bytes / other.bytes];
    const verdict = inTime <= WANTED.time && inBytes <= WANTED.bytes ? '' : ' (missed)';
    return `${name} ${inTime.toFixed(2)}, ${inBytes.toFixed(2)}${verdict}`;
  }
}
