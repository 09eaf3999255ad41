// New maps and sets that have something to hold.

/** Fills a new map or set. Where that throws nobody will have it, and it gives its memory back. */
export function filled<T extends { dispose(): void }>(empty: T, fill: (empty: T) => void): T {
  try {
    fill(empty);
    return empty;
  } catch (error) {
    empty.dispose();
    throw error;
  }
}
