/** The Chromium of this machine, driven by playwright-core, which brings none of its own. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The names that systems give it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const FLAGS = [
  '--no-sandbox', // it has none for root, as whom machines of CI run it
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Where the first of some commands lies on PATH.
 * @param {string[]} names
 */
export function findCommand(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The path of Chromium; undefined where it is not installed. */
export const findChromium = () => findCommand(NAMES);

/**
 * Starts a Chromium with an empty profile, calls `use` with it and ends it.
 * @template T
 * @param {string} executablePath
 * @param {(browser: import('playwright-core').Browser) => Promise<T>} use
 */
export async function withChromium(executablePath, use) {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
