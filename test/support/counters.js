/** Counts of the hard cases that programs met. */
export function counters() {
  return {
    sequences: 0,
    commands: 0,
    growths: 0,
    shrinks: 0,
    moves: 0, // from pooled memory to a memory of the map's own
    'iterators crossed by a growth': 0,
    'iterators crossed by a clear': 0,
    'iterators run to the end': 0,
    'scans run to the end': 0,
  };
}

export function addCounts(counts, more) {
  for (const name of Object.keys(counts)) counts[name] += more[name];
}

/** One line, which {@link parseCounts} reads again. */
export function summary(counts) {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

/** The counts of the first summary in a text; undefined if there is none. */
export function parseCounts(text) {
  const counts = counters();
  const line = text.match(
    new RegExp(
      Object.keys(counts)
        .map((name) => `(\\d+) ${name}`)
        .join(', '),
    ),
  );
  if (line === null) return undefined;
  Object.keys(counts).forEach((name, i) => (counts[name] = Number(line[i + 1])));
  return counts;
}
