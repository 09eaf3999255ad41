/** `readFileSync` of node:fs, for bundles: the golden files, which are in there. */
import { golden } from 'tophash-golden';

export function readFileSync(url) {
  const name = new URL(url).pathname.split('/').at(-1);
  if (!Object.hasOwn(golden, name)) throw new Error(`${url} is not in the bundle`);
  return golden[name];
}
