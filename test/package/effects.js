/**
 * Watches what importing an entry, and making maps that nothing is written to, use of the host; and then what the first
 * write does. Prints that as JSON.
 */
import fs from 'node:fs';

const used = new Set();

/** Notes the use of a method or a class of the host. */
function watch(owner, name) {
  owner[name] = new Proxy(owner[name], {
    construct: (target, args) => used.add(name) && Reflect.construct(target, args),
    apply: (target, that, args) => used.add(name) && Reflect.apply(target, that, args),
  });
}

watch(fs, 'readSync');
watch(crypto, 'getRandomValues');
watch(crypto, 'randomUUID');
watch(Math, 'random');
watch(Date, 'now');
watch(performance, 'now');
for (const name of ['Module', 'Instance', 'Memory', 'compile', 'instantiate']) watch(WebAssembly, name);
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'queueMicrotask']) watch(globalThis, name);

const before = Reflect.ownKeys(globalThis).length;
Object.freeze(Object); // what is changed there throws
const entries = await Promise.all(process.argv.slice(2).map((entry) => import(entry)));
used.delete('queueMicrotask'); // of the host's own loader
for (const { HashMap, HashSet, capabilities } of entries) {
  new HashMap({ key: 'string', value: 'any' }).get('a');
  new HashSet({ key: 'f64' }).delete(1);
  capabilities();
}
if (Reflect.ownKeys(globalThis).length !== before) used.add('globalThis');
const report = { used: [...used] };
used.clear();
for (const { HashMap } of entries) new HashMap({ key: 'u32', value: 'u32' }).set(1, 2);
report.written = ['readSync', 'getRandomValues', 'Module'].filter((name) => used.has(name));
console.log(JSON.stringify(report));
