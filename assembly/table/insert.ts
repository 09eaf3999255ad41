// Find or insert: what every write goes through.

import { firstSlot, isFull, matchKeys, splatKey } from "./bucket";
import { homeOf } from "./address";
import { REFUSED_MEMORY, REFUSED_POOL, Table, noteMoved, zeroSlot } from "./table";
import { findElsewhere } from "./find";
import { UNKNOWN, findBehind, roomBehind } from "./page";
import { place } from "./spill";
import { grow, growthDue } from "./evacuate";
import { noteAdded, noteZeroAdded } from "./empty";

/** Set by {@link claim}: whether the key was new. */
export let claimedNew: bool = false;

/**
 * The slot of a hash (not 0) whose home bucket is known, taking one if there is none; `claimedNew` says which. A new
 * key may first make the table grow by one step. 0 where that was refused, with the reason in `table.refusal`: nothing
 * has changed then.
 */
@inline
export function claim<K, V>(table: Table, hash: K, home: usize): usize {
  const match = matchKeys<K>(home, splatKey<K>(hash));
  if (!match) return claimElsewhere<K, V>(table, hash, home);
  claimedNew = false;
  return home + firstSlot(match);
}

/** {@link claim} of a hash that is not in its home bucket. */
function claimElsewhere<K, V>(table: Table, hash: K, home: usize): usize {
  claimedNew = false;
  const spilled = findElsewhere<K, V>(table, hash);
  if (spilled) return spilled;
  if (!isFull<K>(home)) return insert<K, V>(table, hash, home, UNKNOWN);
  const slot = findBehind<K, V>(table, hash, home, home); // all the way, for it finds room, too
  return slot ? slot : insert<K, V>(table, hash, home, roomBehind);
}

/**
 * {@link claim} of a hash that is not in the table.
 * @param room the first bucket with room behind the home, if that is full: 0 where there is none, UNKNOWN
 */
export function insert<K, V>(table: Table, hash: K, home: usize, room: usize): usize {
  claimedNew = false;
  const before = table.moved;
  let to = home;
  let roomNow = room;
  if (growthDue(table)) {
    if (!grow<K, V>(table)) return 0;
    to = homeOf<K, V>(table, hash);
    roomNow = UNKNOWN;
  }
  const taken = place<K, V>(table, hash, to, roomNow);
  noteMoved(table, before);
  if (!taken) {
    table.refusal = table.block ? REFUSED_POOL : REFUSED_MEMORY;
    return 0;
  }
  claimedNew = true;
  table.count++;
  noteAdded<K>(table, hash);
  return taken;
}

/** {@link claim} for the hash 0, whose entry lives in the header. Never refused. */
export function claimZero<K>(table: Table): usize {
  claimedNew = table.zeroPresent == 0;
  table.zeroPresent = 1;
  noteZeroAdded(table);
  return zeroSlot<K>(table);
}
