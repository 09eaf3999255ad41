/**
 * The tools that consumers and the checks of the package are run with, in these versions: npm installs them into a
 * cache folder when they are first asked for.
 */
import { install } from '../../scripts/install.js';

const VERSIONS = {
  '@arethetypeswrong/cli': '0.18.5',
  '@rspack/core': '2.3.3',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  publint: '0.3.25',
  rollup: '4.68.8',
  typescript: '6.0.3',
  vite: '8.3.8',
  webpack: '5.112.2',
  wrangler: '4.164.0',
};

/** A tool that npm did not give. */
export class Missing extends Error {}

/**
 * The `node_modules` that a tool is in.
 * @param {keyof typeof VERSIONS} name
 * @throws Missing
 */
export function modulesOf(name) {
  try {
    return install(name, VERSIONS[name]);
  } catch (error) {
    throw new Missing(`${name}@${VERSIONS[name]}: ${error.message.split('\n')[0]}`);
  }
}

/** @param {keyof typeof VERSIONS} name */
export const versionOf = (name) => VERSIONS[name];
