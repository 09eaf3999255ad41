/** The measurement in Chromium, each contender in a browser of its own. */
import { findChromium, withChromium } from '../../scripts/browser/chromium.js';
import { serve } from '../../scripts/browser/server.js';

/**
 * The figures of all contenders; undefined where there is no Chromium.
 * @param {string[]} contenders
 * @param {number} entries
 */
export async function runInChromium(contenders, entries) {
  const path = findChromium();
  if (path === undefined) return undefined;
  const { url, close } = await serve(['tophash']);
  try {
    const all = [];
    for (const contender of contenders) {
      all.push(
        await withChromium(path, async (browser) => {
          const page = await browser.newPage();
          await page.goto(url);
          const figures = await page.evaluate(inPage, { contender, entries });
          return { host: `Chromium ${browser.version()}`, ...figures };
        }),
      );
    }
    return all;
  } finally {
    close();
  }
}

/** @param {{ contender: string, entries: number }} job */
async function inPage({ contender, entries }) {
  const place = '/bench/pauses/page.js';
  const { runInPage } = await import(place);
  return runInPage(contender, entries);
}
