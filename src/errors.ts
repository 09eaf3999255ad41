/**
 * A map has no room for a row: its `maxBytes`, the 4 GiB of a memory, or the host's memory ended. The map is whole:
 * rows before it are in, it serves reads, deletes and overwrites.
 */
export class CapacityError extends RangeError {
  /** 'CapacityError', whatever a minifier makes of it. */
  static override get name(): string {
    return 'CapacityError';
  }
  /** 'CapacityError'. */
  override readonly name: string = 'CapacityError';

  /** Rows of the batch that were applied, in column order; 0 for a single write. */
  readonly rows: number;

  /**
   * @param message what did not fit, and why
   * @param rows 0 if left out
   */
  constructor(message: string, rows = 0) {
    super(message);
    this.rows = rows;
  }
}

/**
 * An async batch was aborted. What it wrote stays. The reason that the signal gives, which may be any value, is the
 * `cause`.
 */
export class AbortError extends Error {
  /** 'AbortError', whatever a minifier makes of it. */
  static override get name(): string {
    return 'AbortError';
  }
  /** 'AbortError'. */
  override readonly name: string = 'AbortError';

  /** Rows of the batch that were applied, or looked up, in column order. */
  readonly rows: number;

  /**
   * @param message which batch, and how far it was
   * @param rows how many rows of it were done
   * @param reason what the signal gives as its reason
   */
  constructor(message: string, rows: number, reason: unknown) {
    super(message, { cause: reason });
    this.rows = rows;
  }
}

/** A snapshot is damaged, of another version, or of other kinds than were asked for. */
export class SnapshotError extends Error {
  /** 'SnapshotError', whatever a minifier makes of it. */
  static override get name(): string {
    return 'SnapshotError';
  }
  /** 'SnapshotError'. */
  override readonly name: string = 'SnapshotError';
}
