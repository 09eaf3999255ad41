/**
 * The repository over HTTP on this machine alone, for browsers: its files as they are, and at `/` a page without
 * content whose import map knows bare names; at `/?policy=` one with this content security policy and no map. All is
 * cross-origin isolated, for which browsers give clocks of a finer step.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
};

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
};

/**
 * Where a bare name leads, as Node resolves it, from the root.
 * @param {string} name
 */
function placeOf(name) {
  return `/${import.meta.resolve(name).slice(root.href.length)}`;
}

/**
 * Serves until `close` is called.
 * @param {string[]} names what pages may import by name
 * @param {Record<string, string>} others where other names lead, from the root
 */
export async function serve(names, others = {}) {
  const imports = { ...Object.fromEntries(names.map((name) => [name, placeOf(name)])), ...others };
  const page = '<!doctype html><meta charset="utf-8"><title>tophash</title><link rel="icon" href="data:,">';
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') {
      const policy = searchParams.get('policy');
      const headers = { ...HEADERS, 'Content-Type': TYPES['.html'] };
      if (policy === null) response.writeHead(200, headers).end(page + map);
      else response.writeHead(200, { ...headers, 'Content-Security-Policy': policy }).end(page);
      return;
    }
    const file = join(fileURLToPath(root), pathname); // a URL has no `..` left, and what is encoded stays so
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))];
    if (type === undefined || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, HEADERS).end();
      return;
    }
    response.writeHead(200, { ...HEADERS, 'Content-Type': type });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
