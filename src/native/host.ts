// What a server's host offers besides the web's: modules of Node, which Deno and Bun have as well. They are asked for
// by name at run time, so that no bundler looks for them.

/** A module of the host's. */
export async function nodeModule<Module>(name: string): Promise<Module> {
  return (await import(`node:${name}`)) as Module;
}

interface Process {
  readonly platform: string;
  readonly arch: string;
  readonly env: Record<string, string | undefined>;
}

/** undefined: not even something like Node. */
export const host = (globalThis as { process?: Process }).process;

/** Why there are no native kernels: the words of the answer. */
export class Unavailable extends Error {}

/** Codes of what was denied: by Node's permission model, by its switch for addons, by the system. */
const DENIED = ['ERR_ACCESS_DENIED', 'ERR_DLOPEN_DISABLED', 'EACCES', 'EPERM'];
/** Names of Deno's errors. */
const DENIED_BY_DENO = ['NotCapable', 'PermissionDenied'];

/** Was it a permission that something failed for? */
export function isDenial(error: unknown): boolean {
  const { code, name } = error as { code?: string; name?: string };
  return DENIED.includes(code ?? '') || DENIED_BY_DENO.includes(name ?? '');
}

/** What an error says, in a line. */
export function lineOf(error: unknown): string {
  return String((error as Error | undefined)?.message ?? error).split('\n', 1)[0] as string;
}
