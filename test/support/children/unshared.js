/**
 * Batches that grow a map whose memory is not shared, as outside Node: every growth leaves the views of the memory
 * behind, empty. The argument is how many rows; prints how many pairs of kinds were held to the model.
 */
const { SharedArrayBuffer } = globalThis;
delete globalThis.SharedArrayBuffer; // a host without it has no shared memory to give
const { HashMap } = await import('../tophash.js');
globalThis.SharedArrayBuffer = SharedArrayBuffer; // for the tests' own
const { agrees } = await import('../check.js');
const { drawValues, everyPair, keyColumn } = await import('../kinds.js');
const { Model } = await import('../model.js');
const { Random } = await import('../random.js');

const rows = Number(process.argv[2]);
let pairs = 0;
for (const { key, value } of everyPair) {
  for (const presized of [false, true]) {
    const random = new Random(pairs);
    const keys = keyColumn(key, rows, () => random.u32());
    const values = drawValues(value, rows, random);
    const map = new HashMap({ key, value, seed: 5, ...(presized && { capacity: rows / 4 }) });
    const model = new Model(key, value);
    for (const [from, to] of [
      [0, rows / 8],
      [rows / 16, rows],
    ]) {
      const parts = [keys.slice(from, to), values.slice(from, to)];
      if (map.putAll(...parts) !== model.putAll(...parts)) throw new Error(`${key} to ${value}: how many are new`);
      agrees(map, model);
    }
    const gone = keys.slice(0, rows / 2);
    if (map.deleteAll(gone) !== model.deleteAll(gone)) throw new Error(`${key} to ${value}: how many were there`);
    map.putAll(keys, values, 'keep');
    model.putAll(keys, values, 'keep');
    agrees(map, model);
    map.dispose();
  }
  pairs++;
}
console.log(JSON.stringify({ pairs }));
