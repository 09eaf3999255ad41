/**
 * node real-size.js <key> <value> <most>: puts rows in blocks until there are so many, or until the memory ends; looks
 * every thousandth up, overwrites, deletes. Prints what it found as JSON.
 */
import { CapacityError, HashMap } from '../tophash.js';

const [key, value] = process.argv.slice(2, 4);
const most = Number(process.argv[4]);
const BLOCK = 1_000_000;
const STRIDE = 1000;

/** A bijection of 32 bits that is not the map's hash (C. Wellons, "lowbias32"). */
function mix(x) {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Key number i of the kind; those of 64 bits have number and mixture as their words. */
const wide = key === 'u64';
function fillKeys(column, first, stride) {
  const words = wide ? new Uint32Array(column.buffer) : column;
  for (let i = 0; i < column.length; i++) {
    const number = first + i * stride;
    if (wide) {
      words[2 * i] = mix(number);
      words[2 * i + 1] = number;
    } else {
      words[i] = mix(number);
    }
  }
}

const Keys = wide ? BigUint64Array : Uint32Array;
const Values = value === 'f64' ? Float64Array : Uint32Array;
const keys = new Keys(BLOCK);
const values = new Values(BLOCK);

/** Rows that are in the map. */
let rows = 0;
const map = new HashMap({ key, value, seed: 1 });
const report = { key, value, refused: false };
const start = performance.now();
while (rows < most && !report.refused) {
  fillKeys(keys, rows, 1);
  for (let i = 0; i < BLOCK; i++) values[i] = rows + i;
  try {
    map.putAll(keys, values);
    rows += BLOCK;
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error;
    report.refused = true;
    rows += error.rows;
  }
}
report.seconds = (performance.now() - start) / 1000;
const { bytes, bytesPerEntry, maxMovedPerOp } = map.stats();
Object.assign(report, { rows, size: map.size, bytes, bytesPerEntry, maxMovedPerOp });
report.peak = process.resourceUsage().maxRSS * 1024;

/** How many of every thousandth key are there with the value that `expected` gives for their number. */
function found(expected) {
  let right = 0;
  for (let first = 0; first < rows; first += BLOCK * STRIDE) {
    const sample = new Keys(Math.ceil(Math.min(BLOCK * STRIDE, rows - first) / STRIDE));
    fillKeys(sample, first, STRIDE);
    const result = map.getAll(sample);
    for (let i = 0; i < sample.length; i++) {
      if (result.found[i] === 1 && result.values[i] === expected(first + i * STRIDE)) right++;
    }
  }
  return right;
}
report.asked = Math.ceil(rows / STRIDE);
report.found = found((number) => number);

// Reads, overwrites and deletions go on, in a full map as in any other.
fillKeys(keys, 0, 1);
report.overwritten = map.putAll(keys, 7);
report.wrong = report.asked - found((number) => (number < BLOCK ? 7 : number));
report.deleted = map.deleteAll(keys);
report.sizeAfterDelete = map.size;
fillKeys(keys, 0, 1);
report.putAgain = map.putAll(keys, 8);
report.sizeAtEnd = map.size;
console.log(JSON.stringify(report));
