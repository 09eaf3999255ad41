/** Stands in for what only files that are not in the bundle call. */
export const spawn = undefined;
export const spawnSync = undefined;
export const createInterface = undefined;
