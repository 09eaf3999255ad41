// Which host this is, and what kind of memory suits it.
//
// Growing a non-shared memory is the pause source on Node up to 24: V8 counts it as external memory and collects
// garbage in full, 4 ms and more at a time. Shared memory grows by single pages without one. Bun, Deno and Node 26 have
// no such pause either way; browsers refuse shared views in several of their own calls and need cross-origin isolation;
// edge hosts have no use for them. So: shared on Node, unshared elsewhere, an eighth at a time. Figures: README,
// "Memory".

import { sharable } from './sources.js';

type Runtime = 'node' | 'deno' | 'bun' | 'workerd' | 'edge-light' | 'browser' | 'unknown';

function detect(): Runtime {
  const host = globalThis as Record<string, unknown> & { process?: { versions?: { node?: string } } };
  if (host['Bun'] !== undefined) return 'bun';
  if (host['Deno'] !== undefined) return 'deno';
  if (host['EdgeRuntime'] !== undefined) return 'edge-light';
  const agent = (host['navigator'] as { userAgent?: string } | undefined)?.userAgent;
  if (agent === 'Cloudflare-Workers') return 'workerd';
  if (typeof host.process?.versions?.node === 'string') return 'node';
  if (host['window'] !== undefined || host['WorkerGlobalScope'] !== undefined) return 'browser';
  return 'unknown';
}

export const runtime: Runtime = detect();

/**
 * Do maps use a shared memory? Those of pools too, which never grow: another kind of memory would be another module to
 * compile, 8 ms.
 */
export const sharedMemory: boolean = sharable && runtime === 'node' && typeof SharedArrayBuffer === 'function';

/** Memory grows by at least `size >> stepShift`; 31: by single pages. */
export const stepShift: number = sharedMemory ? 31 : 3;

/**
 * The same for byte keys, of which a map takes many pages soon: each step is a call of the kernel that took 5 ns a key
 * in all.
 */
export const byteStepShift: number = sharedMemory ? 4 : 3;
