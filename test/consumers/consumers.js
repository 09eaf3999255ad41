/**
 * The consumers: each gets a fresh folder with the tarball installed, program.js and main.js, and returns the file to
 * run, or what ran it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeBinary } from '../../bench/nodes.js';
import { Missing, modulesOf, versionOf } from './tools.js';

const NODE = process.execPath;
/** What workerd does, it does as on this day. */
const WORKERD_DATE = '2026-01-01';

/** @param {string} folder */
const inFolder = (folder) => ({ cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function node(folder, ...args) {
  return execFileSync(NODE, args, inFolder(folder));
}

const importTool = (modules, ...path) => import(pathToFileURL(join(modules, ...path)).href);

/**
 * TypeScript as strict as it is, without esnext.disposable, checking the package's declarations; what it makes is run.
 */
function typescript(options) {
  return (folder) => {
    const tsc = join(modulesOf('typescript'), 'typescript', 'bin', 'tsc');
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2022', 'dom'],
      types: [],
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      outDir: 'out',
      ...options,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    writeFileSync(join(folder, 'typed.ts'), TYPED);
    node(folder, tsc, '-p', '.');
    return node(folder, join('out', 'typed.js'));
  };
}

/** A number where the types say so, and an error where they must refuse. Prints what main.js prints. */
const TYPED = `
import { HashMap, type MapStats } from 'tophash';
import { type NativeAnswer, useNative } from 'tophash/native';
const map = new HashMap({ key: 'u32', value: 'f64' });
map.set(1, 2);
const value: number | undefined = map.get(1);
const { values } = map.getAll(Uint32Array.of(1));
const column: Float64Array = values;
const stats: MapStats = map.stats();
// @ts-expect-error the wrong kind
if (value === -1) map.set('1', 2);
// @ts-expect-error the wrong kind
const wrong: string | undefined = map.get(1);
const native: () => Promise<NativeAnswer> = useNative;
const backend: (answer: NativeAnswer) => 'simd' | 'avx512' = (answer) => answer.backend;
if (typeof native !== 'function' || backend({ backend: 'simd' }) !== 'simd') throw new Error('no tophash/native');
if (value !== 2 || column[0] !== 2 || stats.size !== 1 || wrong !== (2 as never)) throw new Error('wrong answers');
// @ts-ignore: JavaScript
await import('../main.js');
`;

const run = (folder) => node(folder, join('out', 'main.js'));

export const consumers = {
  'Node, ESM': { tool: NODE, use: (folder) => node(folder, 'main.js') },
  'Node, CommonJS': {
    tool: NODE,
    use(folder) {
      const source = readFileSync(join(folder, 'program.js'), 'utf8');
      const program = source.replace(/^import (\{.*\}) from 'tophash';$/m, "const $1 = require('tophash');");
      writeFileSync(join(folder, 'main.cjs'), `${program.replace('export ', '')}console.log(JSON.stringify(run()));`);
      return node(folder, '--no-warnings', ...requiresModules(), 'main.cjs');
    },
  },
  'TypeScript, nodenext': { tool: 'typescript', use: typescript({ module: 'nodenext' }) },
  'TypeScript, bundler': { tool: 'typescript', use: typescript({ module: 'esnext', moduleResolution: 'bundler' }) },
  esbuild: {
    tool: 'esbuild',
    async use(folder) {
      const { build } = await importTool(modulesOf('esbuild'), 'esbuild', 'lib', 'main.js');
      const options = { entryPoints: ['main.js'], bundle: true, minify: true, format: 'esm', outdir: 'out' };
      await build({ ...options, absWorkingDir: folder, logLevel: 'silent' });
      return run(folder);
    },
  },
  rollup: {
    tool: 'rollup',
    async use(folder) {
      const { rollup } = await importTool(modulesOf('rollup'), 'rollup', 'dist', 'es', 'rollup.js');
      const entry = join(folder, 'node_modules', 'tophash', 'dist', 'index.js');
      const resolve = { name: 'tophash', resolveId: (name) => (name === 'tophash' ? entry : null) };
      const bundle = await rollup({ input: join(folder, 'main.js'), plugins: [resolve] });
      await bundle.write({ dir: join(folder, 'out'), format: 'es' });
      return run(folder);
    },
  },
  Vite: {
    tool: 'vite',
    async use(folder) {
      const { build } = await importTool(modulesOf('vite'), 'vite', 'dist', 'node', 'index.js');
      const lib = { entry: 'main.js', formats: ['es'], fileName: 'main' };
      await build({ root: folder, configFile: false, logLevel: 'silent', build: { lib, outDir: 'out', minify: true } });
      return run(folder);
    },
  },
  webpack: {
    tool: 'webpack',
    async use(folder) {
      const { default: webpack } = await importTool(modulesOf('webpack'), 'webpack', 'lib', 'index.js');
      return pack(webpack, folder);
    },
  },
  rspack: {
    tool: '@rspack/core',
    async use(folder) {
      const { rspack } = await importTool(modulesOf('@rspack/core'), '@rspack/core', 'dist', 'index.js');
      return pack(rspack, folder);
    },
  },
  'bun build': {
    tool: 'bun',
    use(folder) {
      const modules = modulesOf('bun');
      const bun = ['@oven/bun-linux-x64/bin/bun', 'bun/bin/bun.exe']
        .map((path) => join(modules, path))
        .find(existsSync);
      if (bun === undefined) throw new Missing('bun: not for this machine');
      execFileSync(bun, ['build', 'main.js', '--outdir', 'out', '--minify'], inFolder(folder));
      return run(folder);
    },
  },
  wrangler: {
    tool: 'wrangler',
    use(folder) {
      const modules = modulesOf('wrangler');
      const newer = (...args) => execFileSync(newerNode(), args, inFolder(folder));
      writeFileSync(
        join(folder, 'worker.js'),
        "import { run } from './program.js';\nexport default { fetch: () => Response.json(run()), test: () => console.log(JSON.stringify(run())) };\n",
      );
      const date = ['--compatibility-date', WORKERD_DATE];
      const bin = join(modules, 'wrangler', 'bin', 'wrangler.js');
      newer(bin, 'deploy', 'worker.js', '--name', 'consumer', '--dry-run', '--outdir', 'out', ...date);
      return inWorkerd(modules, join(folder, 'out'));
    },
  },
};

/** Node before 22.12 and 20.19 asks for a flag. */
function requiresModules() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return (major === 20 && minor < 19) || (major === 22 && minor < 12) ? ['--experimental-require-module'] : [];
}

/** Webpack and rspack take the same. */
function pack(packer, folder) {
  return new Promise((resolve, reject) => {
    const options = {
      mode: 'production',
      context: folder,
      entry: './main.js',
      target: 'web',
      output: { path: join(folder, 'out'), filename: 'main.js', chunkFormat: false },
    };
    packer(options, (error, stats) => {
      if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString('errors-only')));
      else resolve(run(folder));
    });
  });
}

/** Runs what wrangler has bundled in workerd, which calls its `test`. */
function inWorkerd(modules, out) {
  const workerd = ['@cloudflare/workerd-linux-64/bin/workerd', 'workerd/bin/workerd']
    .map((path) => join(modules, path))
    .find(existsSync);
  if (workerd === undefined) throw new Missing('workerd: not for this machine');
  const files = readdirSync(out).filter((file) => /\.(js|wasm)$/.test(file));
  files.sort((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js'))); // the first is the main module
  const parts = files.map(
    (file) => `(name = "${file}", ${file.endsWith('.js') ? 'esModule' : 'wasm'} = embed "${file}")`,
  );
  writeFileSync(
    join(out, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const worker :Workerd.Worker = (modules = [${parts.join(', ')}], compatibilityDate = "${WORKERD_DATE}");
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
`,
  );
  return execFileSync(workerd, ['test', 'config.capnp'], inFolder(out));
}

/** A Node that wrangler runs on. @throws Missing */
function newerNode() {
  if (Number(process.versions.node.split('.')[0]) >= 22) return NODE;
  try {
    return nodeBinary(24);
  } catch (error) {
    throw new Missing(`node@24: ${error.message.split('\n')[0]}`);
  }
}

export const toolName = (tool) => (tool === NODE ? `node ${process.versions.node}` : `${tool} ${versionOf(tool)}`);
