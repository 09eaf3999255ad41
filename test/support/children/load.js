/** Imports a copy of the package, deletes the copy, uses what was imported; prints what was compiled and when. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = new URL('../../../', import.meta.url);
const copy = mkdtempSync(join(tmpdir(), 'tophash-load-'));
for (const path of ['package.json', 'dist', 'build']) {
  cpSync(new URL(path, root), join(copy, path), { recursive: true });
}

const made = [];
for (const name of [
  'Module',
  'Instance',
  'Memory',
  'compile',
  'instantiate',
  'compileStreaming',
  'instantiateStreaming',
]) {
  WebAssembly[name] = new Proxy(WebAssembly[name], {
    construct: (target, args) => note(name) ?? new target(...args),
    apply: (target, that, args) => note(name) ?? target.apply(that, args),
  });
}

function note(name) {
  made.push(name);
}

const entries = { release: 'dist/index.js', debug: 'build/debug/index.js', high: 'build/high/index.js' };
const globals = new Set(Object.getOwnPropertyNames(globalThis));
const resources = process.getActiveResourcesInfo();
const { HashMap, hash, capabilities } = await import(
  pathToFileURL(join(copy, entries[process.env.TOPHASH_BUILD ?? 'release'])).href
);
const report = { afterImport: made.splice(0) };
report.globals = Object.getOwnPropertyNames(globalThis).filter((name) => !globals.has(name));
report.resources = process.getActiveResourcesInfo().slice(resources.length);

rmSync(copy, { recursive: true });
const map = new HashMap({ key: 'u32', value: 'u32' });
map.get(1);
map.delete(1);
report.afterConstruction = made.splice(0);

for (let i = 1; i <= 100; i++) map.set(i, i);
const keys = Uint32Array.from({ length: 50000 }, (_, i) => i);
const large = HashMap.fromColumns(keys, keys, { key: 'u32', value: 'u32' });
hash.partition(hash.u32(keys), 4);
capabilities();
report.afterWrite = made.splice(0);

const more = Array.from({ length: 300 }, (_, i) => new HashMap({ key: 'u32', value: 'u32' }).set(i, i));
for (const small of more.slice(0, 5)) small.putAll(keys, 1);
hash.u32(keys);
report.afterMore = made.splice(0);
report.sum = large.size === 50000 ? map.getAll(keys).values.reduce((a, b) => a + b) : -1;

console.log(JSON.stringify(report));
