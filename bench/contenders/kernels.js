/**
 * tophash with native kernels: for contenders that are nothing without them. (It is imported where it is used: the
 * suites know of this file, and other contenders have no part in tophash.)
 */
import { execFileSync } from 'node:child_process';

/** @throws Error where there are none, and why */
export async function useKernels() {
  const { useNative } = await import('tophash/native');
  const { reason } = await useNative();
  if (reason !== undefined) throw new Error(`there are no native kernels: ${reason}`);
}

/**
 * Why there are none; undefined where there are. Asks in a process of its own, as one that has them can't be without
 * any more.
 */
export function lackOfKernels() {
  const program = `import('tophash/native').then(({ useNative }) => useNative()).then(({ reason }) => console.log(reason ?? ''))`;
  const said = execFileSync(process.execPath, ['--no-warnings', '--eval', program], {
    encoding: 'utf8',
    cwd: new URL('.', import.meta.url),
  });
  return said.trim() || undefined;
}
