/** tophash with native kernels: for contenders that are nothing without them. */
import { execFileSync } from 'node:child_process';
import { useNative } from 'tophash/native';

/** @throws Error where there are none, and why */
export async function useKernels() {
  const { reason } = await useNative();
  if (reason !== undefined) throw new Error(`there are no native kernels: ${reason}`);
}

/** Why there are none; undefined where there are. Asks in a process of its own, as one that has them can't be without any more. */
export function lackOfKernels() {
  const program = `import('tophash/native').then(({ useNative }) => useNative()).then(({ reason }) => console.log(reason ?? ''))`;
  const said = execFileSync(process.execPath, ['--no-warnings', '--eval', program], {
    encoding: 'utf8',
    cwd: new URL('.', import.meta.url),
  });
  return said.trim() || undefined;
}
