/** The Firefox of this machine, driven by puppeteer-core, which brings none of its own. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from '../install.js';
import { findCommand } from './chromium.js';

/** The last of those for Node 20. */
const VERSION = '24.43.1';
const NAMES = ['firefox-esr', 'firefox'];

/** The path of Firefox; undefined where it is not installed. */
export const findFirefox = () => findCommand(NAMES);

/**
 * Starts a Firefox with an empty profile, calls `use` with it and ends it.
 * @template T
 * @param {string} executablePath
 * @param {number} mostMs how long a call in a page may take
 * @param {(browser: { version: () => Promise<string>, newPage: () => Promise<any> }) => Promise<T>} use
 */
export async function withFirefox(executablePath, mostMs, use) {
  const { resolve } = createRequire(join(install('puppeteer-core', VERSION), 'puppeteer-core', 'package.json'));
  const { default: puppeteer } = await import(pathToFileURL(resolve('puppeteer-core')).href);
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, protocolTimeout: mostMs });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
