// The package: the facade in three files for each entry, as a start in Node takes its time for every file, and one more for
// tophash/native; the declarations of what they export; and the wasm modules as they are.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleDeclarations } from './declarations.js';
import { importedSources } from './sources.js';

/** All hosts know this: what `engines` says of Node, and newer ones. */
const TARGET = 'es2022';
const NOTICE =
  '/*! Contains of @assemblyscript/loader what it needs. Copyright The AssemblyScript Authors, licence Apache-2.0. */';

/** What all bundles have in common. */
const SETTINGS = { bundle: true, format: 'esm', platform: 'neutral', target: TARGET, logLevel: 'warning' };

/**
 * Writes the package.
 * @param {string} facade the facade over inlined modules, file by file
 * @param {string} dist
 * @param {{ name: string, bytes: Buffer }[]} modules
 */
export async function packageFrom(facade, dist, modules) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(join(dist, 'wasm'), { recursive: true });
  for (const { name, bytes } of modules) writeFileSync(join(dist, 'wasm', `${name}.wasm`), bytes);
  await bundle(facade, dist);
  // workerd lets nobody compile wasm at run time: its entry imports the modules.
  await bundle(facade, join(dist, 'workerd'), importedSources(modules, '../wasm'));
  await bundleNative(facade, dist);
  writeFileSync(join(dist, 'index.d.ts'), bundleDeclarations(join(facade, 'index.d.ts')));
  writeFileSync(join(dist, 'native.d.ts'), bundleDeclarations(join(facade, 'native', 'index.d.ts')));
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
          onResolve({ filter: /[\\/](core|inlined|unpacker)\.js$/ }, () => ({ path: './core.js', external: true }));
        },
      },
    ],
  });
}

/**
 * Writes maps.js, core.js with what core.ts exports and what maps.js needs of it, and index.js, which says where each of the exports is. Bundlers leave files out
 * of which a program uses nothing, as the package has no side effects: but not a file that they find something in.
 * @param {string} facade
 * @param {string} outdir
 * @param {string} [sources] what stands in for wasm/sources.js
 */
async function bundle(facade, outdir, sources) {
  await build({
    // What both entries reach becomes core.js: the second is there for what maps do not need, and leaves nothing for a file of its own.
    entryPoints: { maps: join(facade, 'index.js'), entry: join(facade, 'core.js') },
    ...SETTINGS,
    outdir,
    splitting: true,
    chunkNames: 'core',
    banner: { js: NOTICE },
    external: ['*.wasm'],
    plugins: [withoutEffects, ...(sources === undefined ? [] : [standIn(sources)])],
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

/** What the loader does where it is imported, and the package does not: it changes `Object` where that is older than any host of ours, and makes a decoder. */
const EFFECTS = [
  [/^Object\.hasOwn = Object\.hasOwn \|\|[^}]*\};$/m, ''],
  [/= new TextDecoder\(/, '= /* @__PURE__ */ new TextDecoder('],
];

const withoutEffects = {
  name: 'loader without effects',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]wasm[\\/]loader\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [effect, instead] of EFFECTS) {
        if (!effect.test(contents)) throw new Error(`the loader has not ${effect}: is it another version?`);
        contents = contents.replace(effect, instead);
      }
      return { contents };
    }),
};
