// Idle time: what is due, or will be soon, done before a write has to do it. A step is as much as one write may do at
// most.
//
// Nothing waits in a queue here, for the table itself tells what is due, and in which order: pages split and merge in
// the order of their groups, as that order is what finds an entry (address.ts); what the spill holds and may have room
// elsewhere, it holds in leaves that can be looked at in turn.

import { grow } from "./evacuate";
import { repairDue, repairLeaf } from "./spill";
import { shrink, shrinkDue } from "./shrink";
import { SHRINK_PART, Table, capacityOf } from "./table";

/** New keys that are to find room without a step of growth after idle time. */
const ROOM_AHEAD: u32 = 128;

/** One step. Is there more to do? */
export function maintain<K, V>(table: Table): bool {
  table.carried = 0; // no single operation
  if (table.block) return false;
  if (shrinkDue(table) && shrink<K, V>(table)) return true;
  if (repairDue(table)) {
    repairLeaf<K, V>(table);
    return true;
  }
  // Not so much room where pages hold few entries that the table would shrink at once.
  const ahead = min<u32>(ROOM_AHEAD, table.loadStart >>> 1);
  return table.count + ahead > table.growAt && !isShrunkOnceGrown(table) && grow<K, V>(table);
}

/** Would shrinking be due after a step of growth? */
function isShrunkOnceGrown(table: Table): bool {
  const grown = capacityOf(table, table.groupLog, table.pagesPerGroup, table.splitNext + 1);
  return <u64>table.count < grown / SHRINK_PART;
}
