// The package: the facade in three files for each entry, as a start in Node takes its time for every file, and one more
// for tophash/native; the declarations of what they export; and the wasm modules as they are.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { bundleDeclarations } from './declarations.js';
import { importedSources } from './sources.js';

/** All hosts know this: what `engines` says of Node, and newer ones. */
const TARGET = 'es2022';
const NOTICE =
  '/*! Contains of @assemblyscript/loader what it needs. Copyright The AssemblyScript Authors, licence Apache-2.0. */';

/** What all bundles have in common. */
const SETTINGS = { bundle: true, format: 'esm', platform: 'neutral', target: TARGET, logLevel: 'warning' };
/** A start takes its time for everything that is parsed. */
const MINIFIED = { minify: true, format: 'esm', target: TARGET, legalComments: 'inline' };
/** Lines have an end: Node prints the one that an error comes from. */
const IN_LINES = { minifyWhitespace: true, lineLimit: 160, format: 'esm', target: TARGET, legalComments: 'inline' };

/**
 * Writes the package.
 * @param {string} facade the facade over inlined modules, file by file
 * @param {string} dist
 * @param {{ name: string, bytes: Buffer }[]} modules
 */
export async function packageFrom(facade, dist, modules) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'wasm'), { recursive: true });
  modules.forEach(checkImports);
  for (const { name, bytes } of modules) writeFileSync(join(dist, 'wasm', `${name}.wasm`), bytes);
  await bundle(facade, dist);
  // workerd lets nobody compile wasm at run time: its entry imports the modules.
  await bundle(facade, join(dist, 'workerd'), importedSources(modules, '../wasm'));
  await bundleNative(facade, dist);
  await Promise.all(SCRIPTS.map((file) => minify(join(dist, file))));
  writeFileSync(join(dist, LICENCES), licencesOfOthers());
  writeFileSync(join(dist, 'index.d.ts'), bundleDeclarations(join(facade, 'index.d.ts')));
  writeFileSync(join(dist, 'native.d.ts'), bundleDeclarations(join(facade, 'native', 'index.d.ts')));
}

/** Whose code is in the package: of the loader, and in the modules of the compiler's library. */
const LICENCES = 'THIRD-PARTY-LICENSES.txt';

function licencesOfOthers() {
  const folder = fileURLToPath(new URL('../node_modules/assemblyscript/', import.meta.url));
  const texts = ['NOTICE', 'LICENSE'].map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const head = 'This folder contains parts of AssemblyScript and of @assemblyscript/loader, under the licence below.';
  return `${[head, ...texts].join('\n\n')}\n`;
}

/** Bundles go first, as exports between files would lose their names in these. */
const SCRIPTS = ['core.js', 'maps.js', 'workerd/core.js', 'workerd/maps.js', 'native.js'];

/** @param {string} file */
async function minify(file) {
  const { code } = await transform(readFileSync(file, 'utf8'), MINIFIED);
  writeFileSync(file, (await transform(withNames(code), IN_LINES)).code);
}

/**
 * Gives the classes that users see their names back, which debuggers and stack traces show. (Each has a static accessor
 * for its name as well, in case users minify it once more.) A class that refers to itself has a short name already, by
 * which it does so, and would not be found.
 * @param {string} code minified
 */
function withNames(code) {
  const classes = /\bclass( extends \w+)?\{static get name\(\)\{return"(\w+)"\}/g;
  const found = code.match(classes)?.length ?? 0;
  const accessors = code.match(/\bstatic get name\(/g)?.length ?? 0;
  if (found !== accessors) throw new Error(`${accessors - found} of ${accessors} classes with names were not found`);
  return code.replace(classes, 'class $2$1{static get name(){return"$2"}');
}

/** Writes native.js, with the modules for servers: it takes what it shares with the others from core.js. */
async function bundleNative(facade, outdir) {
  await build({
    ...SETTINGS,
    entryPoints: { native: join(facade, 'native', 'index.js') },
    outdir,
    plugins: [
      {
        name: 'shared core',
        setup: ({ onResolve }) => {
          onResolve({ filter: /[\\/](core|inlined)\.js$/ }, () => ({ path: './core.js', external: true }));
        },
      },
    ],
  });
}

/**
 * Writes maps.js, core.js with what core.ts exports and what maps.js needs of it, and index.js, which says where each
 * of the exports is. Bundlers leave files out of which a program uses nothing, as the package has no side effects: but
 * not a file that they find something in, were it only to pass it on.
 * @param {string} facade
 * @param {string} outdir
 * @param {string} [sources] what stands in for wasm/sources.js
 */
async function bundle(facade, outdir, sources) {
  await build({
    // What both entries reach becomes core.js: the second is there for what maps do not need, and leaves nothing for a
    // file of its own.
    entryPoints: { maps: join(facade, 'index.js'), entry: join(facade, 'core.js') },
    ...SETTINGS,
    outdir,
    splitting: true,
    chunkNames: 'core',
    banner: { js: NOTICE },
    external: ['*.wasm'],
    plugins: [reducedLoader, ...(sources === undefined ? [] : [standIn(sources)])],
  });
  rmSync(join(outdir, 'entry.js')); // it says no more than that core.js is all of it
  cpSync(join(facade, 'index.js'), join(outdir, 'index.js'));
}

/** @param {string} sources */
function standIn(sources) {
  return {
    name: 'other sources',
    setup: ({ onLoad }) => onLoad({ filter: /[\\/]wasm[\\/]sources\.js$/ }, () => ({ contents: sources })),
  };
}

/**
 * What the loader does and the package does not. Where it is imported, it changes `Object` where that is older than any
 * host of ours. It adds to the imports what modules of AssemblyScript may ask for, with messages and their decoder:
 * ours ask for their memory alone. And of an instance's exports it makes objects and classes with everything that
 * managed objects need: nobody asks for these here, and they took longer than compiling.
 */
const CHANGES = [
  [/^Object\.hasOwn = Object\.hasOwn \|\|[^}]*\};$/m, ''],
  [/= new TextDecoder\(/, '= /* @__PURE__ */ new TextDecoder('],
  [
    / +const extended = preInstantiate\(imports\);\n( +const instance = new WebAssembly\.Instance\(module, imports\);\n) +const exports = postInstantiate\(.*\);\n/,
    '$1const { exports } = instance;\n',
  ],
];

/** @throws Error where a module asks for more than its memory */
function checkImports({ name, bytes }) {
  const others = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind !== 'memory');
  if (others.length > 0) throw new Error(`${name} imports ${others.map((one) => one.name).join(', ')}`);
}

const reducedLoader = {
  name: 'reduced loader',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]wasm[\\/]loader\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [old, instead] of CHANGES) {
        if (!old.test(contents)) throw new Error(`the loader has not ${old}: is it another version?`);
        contents = contents.replace(old, instead);
      }
      return { contents };
    }),
};
