/**
 * The WebKitGTK of this machine, in its MiniBrowser on a display that nobody sees, driven by WebDriver
 * (https://www.w3.org/TR/webdriver2/), which is HTTP with JSON.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findCommand } from './chromium.js';

/** Where Debian puts the MiniBrowser: in a folder for each version of its interface, in one for each machine. */
const LIBRARIES = '/usr/lib';
/** How long the driver has to start. */
const START_MS = 20_000;

/**
 * The paths of what it takes; undefined where one is not installed.
 * @returns {{ driver: string, display: string, browser: string } | undefined}
 */
export function findWebKit() {
  const [driver, display] = [findCommand(['WebKitWebDriver']), findCommand(['xvfb-run'])];
  const browser = miniBrowsers().at(-1);
  return driver && display && browser ? { driver, display, browser } : undefined;
}

function miniBrowsers() {
  const foldersOf = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  return foldersOf(LIBRARIES)
    .filter((folder) => /-linux-gnu\w*$/.test(folder))
    .flatMap(foldersOf)
    .filter((folder) => /\/webkit2?gtk-[\d.]+$/.test(folder))
    .map((folder) => join(folder, 'MiniBrowser'))
    .filter((file) => existsSync(file));
}

/**
 * Starts a WebKit, calls `use` with it and ends it.
 * @template T
 * @param {NonNullable<ReturnType<typeof findWebKit>>} paths
 * @param {Record<string, string>} variables of the environment of its process, besides
 * @param {number} mostMs how long a call in a page may take
 * @param {(session: Session) => Promise<T>} use
 */
export async function withWebKit({ driver, display, browser }, variables, mostMs, use) {
  const port = await freePort();
  const child = spawn(display, ['-a', driver, `--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, ...variables },
    stdio: 'ignore',
    detached: true, // xvfb-run passes no signal on: what ends is its group
  });
  try {
    const session = await Session.open(`http://127.0.0.1:${port}`, browser, mostMs);
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  } finally {
    process.kill(-child.pid);
  }
}

/** One browser, with one page at a time. */
class Session {
  #url;
  version;

  constructor(url, version) {
    this.#url = url;
    this.version = version;
  }

  static async open(server, binary, mostMs) {
    const capabilities = {
      alwaysMatch: {
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
        timeouts: { script: mostMs, pageLoad: START_MS },
      },
    };
    for (const end = Date.now() + START_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      try {
        const { sessionId, capabilities: found } = await request('POST', `${server}/session`, { capabilities });
        return new Session(`${server}/session/${sessionId}`, found.browserVersion || versionOf(binary));
      } catch (error) {
        if (error.code !== 'ECONNREFUSED' || Date.now() > end) throw error;
      }
    }
  }

  /** Leaves the page that there is for another. @param {string} url */
  async goto(url) {
    await request('POST', `${this.#url}/url`, { url });
  }

  /** What an async function of one argument gives in the page, in JSON. */
  async evaluate(run, argument) {
    const script = `const [argument, done] = arguments;
      (${run})(argument).then(
        (value) => done({ value: value ?? null }),
        (error) => done({ error: error.message + '\\n' + error.stack }),
      );`;
    const answer = await request('POST', `${this.#url}/execute/async`, { script, args: [argument ?? null] });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }

  async close() {
    await request('DELETE', this.#url);
  }
}

/** Not by `fetch`, which waits 5 minutes at most for an answer. */
function request(method, url, body) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers: { 'Content-Type': 'application/json' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.once('error', reject).once('end', () => {
        const { value } = JSON.parse(text);
        if (response.statusCode === 200) resolve(value);
        else reject(new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`));
      });
    });
    sent.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Debian's browser tells WebDriver no version. */
function versionOf(binary) {
  return spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.match(/\d[\d.]*/)?.[0] ?? '';
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
