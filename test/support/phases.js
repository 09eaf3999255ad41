/**
 * A list of items in phases, each phase from one arbitrary. It shrinks as a flat list: by pieces that are taken away,
 * halves first and single items last, and then by its items. fc.array, which never goes below its least length, and
 * cuts a list from the front, takes far too long with 500 items of which a few far apart matter.
 */
import fc from 'fast-check';

export class Phases extends fc.Arbitrary {
  #first;
  #others;
  #phases;
  #length;

  /** `phases` phases of `length` items: the first from `first`, the others from any of `others`. */
  constructor(first, others, phases, length) {
    super();
    this.#first = first;
    this.#others = others;
    this.#phases = phases;
    this.#length = length;
  }

  generate(random, bias) {
    const items = [];
    for (let phase = 0; phase < this.#phases; phase++) {
      const arbitrary = phase === 0 ? this.#first : this.#others[random.nextInt(0, this.#others.length - 1)];
      for (let i = 0; i < this.#length; i++) items.push({ arbitrary, item: arbitrary.generate(random, bias) });
    }
    return listOf(items, items.length >> 1, 0);
  }

  canShrinkWithoutContext() {
    return false;
  }

  shrink(_, { items, piece, at }) {
    return fc.stream(shrinks(items, piece, at));
  }
}

/**
 * The list of `items`. Its shrinks go on where those of the list before it stood: at a piece, or at an item where
 * `piece` is 0.
 */
function listOf(items, piece, at) {
  return new fc.Value(
    items.map(({ item }) => item.value),
    { items, piece, at },
  );
}

function* shrinks(items, piece, at) {
  for (; piece >= 1; piece >>= 1, at = 0) {
    for (; at < items.length; at += piece) yield listOf(items.toSpliced(at, piece), piece, at);
  }
  for (; at < items.length; at++) {
    const { arbitrary, item } = items[at];
    for (const smaller of arbitrary.shrink(item.value_, item.context)) {
      yield listOf(items.with(at, { arbitrary, item: smaller }), 0, at);
    }
  }
}
