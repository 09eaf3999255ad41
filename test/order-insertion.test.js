/**
 * Entries that leave a map in an order of its own and enter another one of the same seed: they take no more pages than
 * in any other order.
 */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { keyKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('order-insertion');
const MOST = 1.2;
/** Where in a round of growth a table is. */
const shares = [1, 1.02, 1.25, 1.5, 1.8];

for (const key of Object.keys(keyKinds)) {
  test.layout(`${key}: columns, scan and the map itself`, () => {
    for (const share of shares) {
      const rows = Math.floor(budget(20000, { debug: 6000 }) * share);
      const keys = distinctKeys(rows, 1, keyKinds[key].Column);
      const old = make(key, 'u32', { seed: 4 });
      old.putAll(keys, 1);
      const all = old.columns();
      const parts = [];
      let cursor = 0;
      do {
        parts.push(old.scan(cursor));
        cursor = parts.at(-1).cursor;
      } while (cursor !== 0);
      const bucketsAfter = (fill) => {
        const map = make(key, 'u32', { seed: 4 });
        fill(map);
        assert.is(map.size, rows);
        return map.stats().buckets; // bytes may be those of a memory that another map has left
      };
      const random = bucketsAfter((map) => map.putAll(keys, 1));
      const inParts = bucketsAfter((map) => {
        let row = 0;
        for (const part of parts) {
          map.putAll(keys.slice(row, row + part.keys.length), 1);
          row += part.keys.length;
        }
      });
      const ways = {
        columns: [(map) => map.putAll(all.keys, all.values), random],
        scan: [(map) => parts.forEach((part) => map.putAll(part.keys, part.values)), inParts],
        map: [(map) => map.putAll(old), random],
      };
      for (const [name, [fill, buckets]] of Object.entries(ways)) {
        const taken = bucketsAfter(fill);
        assert.ok(taken <= MOST * buckets, `${name}, ${rows} rows: ${taken} buckets, in random order ${buckets}`);
      }
    }
  });
}

test.run();
