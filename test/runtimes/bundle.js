/** The tests in one file, for hosts that have no modules of their own: as an edge function is deployed. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { packed } from './packed.js';

const tests = join(packed, 'test');
const shims = join(tests, 'runtimes', 'shims');

/**
 * Bundles an entry with test files.
 * @param {string} entry the name of a file beside this one; it calls bundled.js
 * @param {string[]} files
 * @param {Record<string, string>} environment
 * @param {string} condition that by which the host chooses entries of packages
 * @returns {Promise<{ code: string, wasm: string[] }>} the bundle as a module, and the files that it imports as they
 *   are, beside it
 */
export async function bundleTests(entry, files, environment, condition) {
  const wasm = new Set();
  const { outputFiles } = await build({
    entryPoints: [join(tests, 'runtimes', entry)],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: [condition],
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': JSON.stringify('file:///test/bundled.js') },
    write: false,
    logLevel: 'error',
    plugins: [
      byName,
      withoutNode,
      withoutEval,
      asLiterals,
      beside(wasm),
      virtual('tophash-tests', testsOf(files, environment)),
      virtual('tophash-golden', golden()),
    ],
  });
  return { code: outputFiles[0].text, wasm: [...wasm] };
}

/** smoke.js imports a file of the package: here it gets the entry for the host, as all others do. */
const byName = {
  name: 'by name',
  setup: (bundler) =>
    bundler.onResolve({ filter: /node_modules\/tophash\/dist\/index\.js$/ }, ({ kind }) =>
      bundler.resolve('tophash', { kind, resolveDir: tests }),
    ),
};

/** Imports of wasm stay, of files beside the bundle. */
function beside(wasm) {
  return {
    name: 'wasm',
    setup: ({ onResolve }) =>
      onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
        wasm.add(join(resolveDir, path));
        return { path: `./${basename(path)}`, external: true };
      }),
  };
}

/** What the tests import of Node. */
const withoutNode = {
  name: 'without Node',
  setup({ onResolve }) {
    onResolve({ filter: /^node:fs$/ }, () => ({ path: join(shims, 'golden.js') }));
    onResolve({ filter: /^node:(url|util)$/ }, ({ path }) => ({
      path: join(shims, `${path.slice('node:'.length)}.js`),
    }));
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path: join(shims, 'nothing.js'), suffix: `?${path}` }));
  },
};

/** apache-arrow, the tests' own, generates code. */
const withoutEval = {
  name: 'without eval',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]apache-arrow[\\/]builder[\\/]valid\.m?js$/ }, () => ({
      contents: readFileSync(join(shims, 'arrow-valid.js'), 'utf8'),
    })),
};

/** A bundler follows imports whose names are literals: the tests put theirs together from that of the build. */
const asLiterals = {
  name: 'as literals',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]test[\\/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace("build === 'release' ? 'tophash' : `../../build/${build}/index.js`", "'tophash'")
        .replace(/await import\(place\)/, "await import('tophash')")
        .replaceAll(/`\$\{place\}\/([^`$]+)`/g, "'../../build/release/$1'")
        .replaceAll(/`((?:\.\.\/)+build)\/\$\{build\}\/([^`$]+)`/g, "'$1/release/$2'"),
    })),
};

function virtual(name, contents) {
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      onLoad({ filter: /^/, namespace: name }, () => ({ contents, resolveDir: tests }));
    },
  };
}

function testsOf(files, environment) {
  const lines = files.map((file) => `  ${JSON.stringify(file)}: () => import('./${file}'),\n`);
  return `export const environment = ${JSON.stringify(environment)};\nexport const loaders = {\n${lines.join('')}};\n`;
}

function golden() {
  const names = readdirSync(join(tests, 'golden')).filter((name) => name.endsWith('.json'));
  const texts = names.map((name) => [name, readFileSync(join(tests, 'golden', name), 'utf8')]);
  return `export const golden = ${JSON.stringify(Object.fromEntries(texts))};\n`;
}
