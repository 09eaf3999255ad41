/** A program under way: the map, its model, the iterators that are open, and what was met so far. */
import { Seen } from './draw.js';
import { numericKeys } from './kinds.js';
import { build, HashMap } from './tophash.js';
import { DatedModel, Scan, Walker } from './walker.js';

const MOST_WALKERS = 8;
const MOST_SCANS = 4;
const WASM_PAGE = 65536;
/**
 * Rows of a batch of byte keys, with which model and map are slower: at all, and where they have one hash and each is
 * searched for among all.
 */
const MOST_OF_BYTES = 3600;
const MOST_OF_ONE_HASH = 16;

export class Session {
  seen = new Seen();
  walkers = [];
  scans = [];
  #most;
  #counts;
  #buckets = 0;
  #owned = false;
  #known = new Map();

  /** @param most rows of any batch */
  constructor({ kinds, most, ...options }, counts) {
    this.options = { ...kinds, ...options };
    const ofBytes = build.startsWith('constant') ? MOST_OF_ONE_HASH : MOST_OF_BYTES;
    this.#most = numericKeys.includes(kinds.key) ? most : Math.min(most, ofBytes);
    this.#counts = counts;
    this.map = new HashMap(this.options);
    this.model = new DatedModel(kinds.key, kinds.value);
    counts.sequences++;
  }

  /** The key that `make(hash, seed, twin)` makes, which takes long, made once. */
  known = (hash, twin, make) => {
    const name = hash * 64 + twin;
    if (!this.#known.has(name)) this.#known.set(name, make(hash, this.options.seed, twin));
    return this.#known.get(name);
  };

  rows(rows) {
    return Math.min(rows, this.#most);
  }

  /** To be called after every mutation: notes whether the table has grown, and across which iterators. */
  note() {
    const { buckets, bytes } = this.map.stats();
    const owned = bytes > 0 && bytes % WASM_PAGE === 0;
    if (buckets > this.#buckets) {
      this.#counts.growths++;
      this.#counts['iterators crossed by a growth'] += this.#active();
    }
    if (buckets < this.#buckets) this.#counts.shrinks++;
    if (owned && !this.#owned && this.#buckets > 0) this.#counts.moves++;
    this.#buckets = buckets;
    this.#owned = owned;
  }

  count(name) {
    this.#counts[name]++;
  }

  #active() {
    return this.walkers.reduce((sum, { active }) => sum + active, this.scans.length);
  }

  // --- what commands and the bodies of loops do alike ---

  put(key, value) {
    this.seen.add([key]);
    this.map.set(key, value);
    this.model.set(key, value);
    this.note();
  }

  clear() {
    if (this.model.size > 0) this.#counts['iterators crossed by a clear'] += this.#active();
    this.map.clear();
    this.model.clear();
    this.note();
  }

  /** Gives the memory back and starts anew, perhaps in the same memory: of the old map nothing may be left. */
  renew() {
    this.map.dispose();
    for (const walker of this.walkers.splice(0)) walker.orphaned();
    this.map = new HashMap(this.options);
    this.model.clear();
    this.note();
  }

  // --- scans: they know nothing of the map, and outlive it ---

  /** One call of a scan, or the first of a new one. Returns how many rows came. */
  scan(number, limit) {
    const known = this.scans[number % MOST_SCANS];
    const scan = known ?? new Scan(this.model);
    if (known === undefined) this.scans.push(scan);
    const rows = scan.call(this.map, limit);
    if (scan.done) {
      this.scans.splice(this.scans.indexOf(scan), 1);
      this.#counts['scans run to the end']++;
    }
    return rows;
  }

  // --- iterators ---

  /** Opens an iterator; the oldest makes room for it. */
  open(way) {
    if (this.walkers.length === MOST_WALKERS) this.leave(this.walkers[0]);
    const walker = new Walker(this.map, this.model, way);
    this.walkers.push(walker);
    return walker;
  }

  /** Up to `rows` rows of an iterator. */
  step(walker, rows) {
    for (let row = 0; row < rows; row++) if (this.next(walker) === undefined) return;
  }

  next(walker) {
    const wasDone = walker.done;
    const key = walker.next();
    if (walker.done && !wasDone) this.#counts['iterators run to the end']++;
    return key;
  }

  leave(walker) {
    walker.leave();
    this.walkers.splice(this.walkers.indexOf(walker), 1);
  }
}
