/**
 * The builds of the library that are tested:
 *
 *   release    the package as users get it
 *   debug      checks the invariants of the table after every mutation; a violation traps
 *   high       places every segment of memory above 2 GiB, where addresses no longer fit an i32
 *   constant   places all keys as if they had the same hash
 *   truncated  places keys by four bits of their hash
 *
 * The last two exist as debug builds as well.
 */
export const builds = ['release', 'debug', 'high', 'constant', 'constant-debug', 'truncated', 'truncated-debug'];

/**
 * Besides, where there is a C compiler (`npm run test:native`): modules for servers over an addon for tests, whose
 * kernels are emulated where the processor lacks the instructions.
 *
 *   native         those of the package
 *   native-debug   those that check their invariants
 */
export const nativeBuilds = ['native', 'native-debug'];

export const hasBadHash = (build) => build.startsWith('constant') || build.startsWith('truncated');
