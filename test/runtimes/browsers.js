/** Browsers: smoke.js in pages and workers, and test files in pages or in workers, all from a server on this machine. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, withChromium } from '../../scripts/browser/chromium.js';
import { findFirefox, withFirefox } from '../../scripts/browser/firefox.js';
import { serve } from '../../scripts/browser/server.js';
import { findWebKit, withWebKit } from '../../scripts/browser/webkit.js';
import { Absent } from './absent.js';
import { bundleTests } from './bundle.js';
import { packed, packedEntry, PLACE } from './packed.js';
import { attempt, MOST_MS } from './processes.js';
import { areaOf, areas } from './suites.js';

/** What the tests import by name; of packages also what these import. */
const NAMES = [
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

const IN_MODULE_WORKER = { call: 'smokeInWorker', argument: 'module' };
/** How smoke.js is run: in which page, by which function of page.js. */
const SMOKES = {
  page: {},
  'module worker': IN_MODULE_WORKER,
  'classic worker': { call: 'smokeInWorker', argument: 'classic' },
  'page and workers at once': { call: 'smokeTogether' },
  'strict CSP': { policy: STRICT },
  'strict CSP, worker': { policy: STRICT, call: 'smokeInWorker', argument: 'module' },
};

/**
 * By name: where the browser is; what is to be installed where it is not; `open`, which starts it and calls `use` with
 * its version and `visit`, which goes to a URL in a new page, evaluates a function there and leaves the page; and the
 * variables of the process that test files need.
 */
export const browsers = {
  Chromium: {
    find: findChromium,
    needs: 'chromium',
    open: (path, _variables, use) =>
      withChromium(path, (browser) => use(browser.version(), (...visit) => inNewPage(browser, ...visit))),
  },
  Firefox: {
    find: findFirefox,
    needs: 'firefox-esr',
    open: (path, _variables, use) =>
      withFirefox(path, MOST_MS, async (browser) =>
        use((await browser.version()).split('/').at(-1), (...visit) => inNewPage(browser, ...visit)),
      ),
  },
  WebKitGTK: {
    find: findWebKit,
    needs: 'webkit2gtk-driver and xvfb',
    open: (paths, variables, use) =>
      withWebKit(paths, variables, MOST_MS, (session) =>
        use(session.version, async (url, run, argument) => {
          await session.goto(url);
          return session.evaluate(run, argument);
        }),
      ),
    // It gives pages no shared memory, of which some tests have columns. smoke.js runs without.
    variables: { JSC_useSharedArrayBuffer: '1' },
  },
};

async function inNewPage(browser, url, run, argument) {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    return await within(MOST_MS, page.evaluate(run, argument));
  } finally {
    await page.close();
  }
}

/** Runs in the pages of a browser: a new one for each of the smoke tests and for each area of the suite. */
export async function inBrowser(name, files, environment) {
  return inNewPages(name, environment, files, { smokes: smokesOf, call: 'testFiles' });
}

/** Runs in dedicated workers of a browser, module workers: a new one, of a new page, for each area of the suite. */
export async function inBrowserWorker(name, files, environment) {
  const { code } = await bundleTests('worker-entry.js', files, environment, 'browser');
  const smokes = async (inPage) => ({ 'module worker': await attempt(() => smokeAt(inPage, IN_MODULE_WORKER)) });
  const script = `${name}-worker.js`;
  writeFileSync(join(packed, script), code);
  return inNewPages(name, environment, files, { smokes, call: 'testFilesInWorker', argument: `/${PLACE}/${script}` });
}

/**
 * @param {{ smokes: (inPage: Function) => Promise<object>, call: string, argument?: string }} how `call`: the function
 * of page.js that runs test files
 */
async function inNewPages(name, environment, files, { smokes, call, argument }) {
  const { find, needs, open, variables = {} } = browsers[name];
  const found = find();
  if (found === undefined) throw new Absent(`no ${needs} on this machine`);
  const { url, close } = await serve(NAMES, { ...OTHERS, tophash: `/${packedEntry()}` });
  try {
    const callsIn = (visit) => (call, argument, policy) => {
      const place = policy === undefined ? url : `${url}/?policy=${encodeURIComponent(policy)}`;
      return visit(place, callInPage, { module: `/${PLACE}/test/runtimes/page.js`, call, argument });
    };
    const smoked = await open(found, {}, (_version, visit) => smokes(callsIn(visit)));
    return await open(found, variables, async (version, visit) => {
      const inPage = callsIn(visit);
      const outcomes = [];
      for (const area of areas) {
        const part = files.filter((file) => areaOf(file) === area);
        if (part.length === 0) continue;
        outcomes.push(...(await inPage(call, [part, { ...environment, TOPHASH_RUNTIME: 'browser' }, argument])));
      }
      return { version, smokes: smoked, outcomes };
    });
  } finally {
    close();
  }
}

async function smokesOf(inPage) {
  const smokes = {};
  for (const [place, how] of Object.entries(SMOKES)) smokes[place] = await attempt(() => smokeAt(inPage, how));
  smokes['a CSP without wasm'] = await attempt(async () => {
    const refused = await attempt(() => inPage('smoke', undefined, TOO_STRICT));
    if (!/wasm-unsafe-eval/.test(refused?.message)) throw new Error(`no clear error, but ${refused?.message}`);
  });
  return smokes;
}

async function smokeAt(inPage, { call = 'smoke', argument, policy }) {
  const runtime = await inPage(call, argument, policy);
  if (runtime !== 'browser') throw new Error(`capabilities().runtime is '${runtime}'`);
}

async function callInPage({ module, call, argument }) {
  const page = await import(module);
  return page[call](argument);
}

function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
