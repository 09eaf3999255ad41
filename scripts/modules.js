// The wasm modules: one for each pair of widths of keys and values, and the hasher. The WASI command is a module by
// itself.

import { FORMAT } from './pack/format.js';

/**
 * Module name -> entry file and the types that asc puts for `Key` and `Value`. Each stands behind those that it is
 * inlined behind.
 */
const MODULES = {
  hasher: { entry: 'assembly/hasher.ts', types: {} },
  k4v4: { entry: 'assembly/index.ts', types: { Key: 'u32', Value: 'u32' } },
  k4v0: { entry: 'assembly/index.ts', types: { Key: 'u32', Value: 'bool' } },
  k4v8: { entry: 'assembly/index.ts', types: { Key: 'u32', Value: 'u64' } },
  k8v4: { entry: 'assembly/wide.ts', types: { Key: 'u64', Value: 'u32' } },
  k8v0: { entry: 'assembly/wide.ts', types: { Key: 'u64', Value: 'bool' } },
  k8v8: { entry: 'assembly/wide.ts', types: { Key: 'u64', Value: 'u64' } },
  bytes: { entry: 'assembly/bytes.ts', types: {}, bytes: true },
};

/** The target of the WASI command. */
export const WASI = 'wasi';
const COMMAND = { command: { entry: 'assembly/wasi/command.ts', types: {}, bytes: true } };

/** The targets of modules for servers, and the targets whose modules stand beside them. */
export const BESIDE = { native: 'release', 'native-debug': 'debug' };
const OF_SERVERS = Object.fromEntries(
  Object.entries(MODULES).map(([name, module]) => [
    name,
    { ...module, entry: module.entry.replace('assembly/', 'assembly/native/') },
  ]),
);

/** The modules of a target. */
export function modulesOf(target) {
  if (target === WASI) return COMMAND;
  return target in BESIDE ? OF_SERVERS : MODULES;
}

/** Which modules each is inlined behind, that it is much like: what is unpacked before it. */
export const BEHIND = {
  hasher: [],
  k4v4: ['hasher'],
  k4v0: ['k4v4'],
  k4v8: ['k4v4'],
  k8v4: ['k4v4'],
  k8v0: ['k4v4', 'k8v4'],
  k8v8: ['k4v4', 'k8v4'],
  bytes: ['hasher', 'k4v4'],
};

/** What unpacks them (scripts/pack/): the same in all targets. */
export const UNPACKER = { entry: 'assembly/unpack.ts', types: FORMAT };

/** Targets for bad hashes differ from the release in placement alone, of which the hasher knows nothing. */
const WITH_HASHER_OF_RELEASE = ['constant', 'constant-debug', 'truncated', 'truncated-debug'];

/** The target whose wasm is that of `target`: itself, but for modules that come out the same. */
export function compiledAs(target, name) {
  if (name === 'unpacker') return 'release';
  return name === 'hasher' && WITH_HASHER_OF_RELEASE.includes(target) ? 'release' : target;
}
