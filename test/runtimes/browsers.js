/** Browsers: smoke.js in pages and workers, and test files in a page, all from a server on this machine. */
import { findChromium, withChromium } from '../../scripts/browser/chromium.js';
import { serve } from '../../scripts/browser/server.js';
import { Absent } from './absent.js';
import { attempt } from './processes.js';

/** What the tests import by name; of packages also what these import. */
const NAMES = [
  'tophash',
  'uvu',
  'uvu/assert',
  'uvu/diff',
  'dequal',
  'diff',
  'kleur',
  'fast-check',
  ...['distribution/uniformBigInt', 'distribution/uniformInt', 'utils/skipN'].map((name) => `pure-rand/${name}`),
  ...['congruential32', 'mersenne', 'xoroshiro128plus', 'xorshift128plus'].map((name) => `pure-rand/generator/${name}`),
];

/** And what is another file there than in Node. */
const OTHERS = {
  'apache-arrow': '/node_modules/apache-arrow/Arrow.dom.mjs',
  flatbuffers: '/node_modules/flatbuffers/mjs/flatbuffers.js',
  tslib: '/node_modules/tslib/tslib.es6.mjs',
  'node:fs': '/test/runtimes/shims/fs.js',
  'node:url': '/test/runtimes/shims/url.js',
  'node:util': '/test/runtimes/shims/util.js',
};

/** A policy as strict as pages have it that the library can run in. */
const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
/** And one in which it can't. */
const TOO_STRICT = "default-src 'none'; script-src 'self'";

/** How smoke.js is run: in which page, by which function of page.js. */
const SMOKES = {
  page: {},
  'module worker': { call: 'smokeInWorker', argument: 'module' },
  'classic worker': { call: 'smokeInWorker', argument: 'classic' },
  'page and workers at once': { call: 'smokeTogether' },
  'strict CSP': { policy: STRICT },
  'strict CSP, worker': { policy: STRICT, call: 'smokeInWorker', argument: 'module' },
};

const MOST_MS = 15 * 60_000;

/** Runs in Chromium, against a page that is new for each of them. */
export async function inChromium(files, environment) {
  const path = findChromium();
  if (path === undefined) throw new Absent('no chromium on PATH');
  const { url, close } = await serve(NAMES, OTHERS);
  try {
    return await withChromium(path, async (browser) => {
      const inPage = async (call, argument, policy) => {
        const page = await browser.newPage();
        try {
          await page.goto(policy === undefined ? url : `${url}/?policy=${encodeURIComponent(policy)}`);
          return await within(MOST_MS, page.evaluate(callInPage, { call, argument }));
        } finally {
          await page.close();
        }
      };
      const smokes = {};
      for (const [name, { call = 'smoke', argument, policy }] of Object.entries(SMOKES)) {
        smokes[name] = await attempt(async () => {
          const runtime = await inPage(call, argument, policy);
          if (runtime !== 'browser') throw new Error(`capabilities().runtime is '${runtime}'`);
        });
      }
      smokes['a CSP without wasm'] = await attempt(async () => {
        const refused = await attempt(() => inPage('smoke', undefined, TOO_STRICT));
        if (!/wasm-unsafe-eval/.test(refused?.message)) throw new Error(`no clear error, but ${refused?.message}`);
      });
      const suite = await inPage('testFiles', [files, environment]);
      return { version: browser.version(), smokes, suite };
    });
  } finally {
    close();
  }
}

async function callInPage({ call, argument }) {
  const page = await import('/test/runtimes/page.js');
  return page[call](argument);
}

function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
