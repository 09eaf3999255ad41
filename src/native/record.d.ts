// record.js is written by scripts/build.js: what the addon of the platform package must be, byte by byte.

export interface AddonRecord {
  readonly bytes: number;
  readonly sha256: string;
}

/** By platform and architecture, as Node names them. Without those that were not built. */
export const records: Readonly<Record<string, AddonRecord | undefined>>;
