/** edge-runtime, which runs Vercel's edge functions on Node: smoke.js in one script, as its bundlers make it. Prints the result as program.js does. */
import { fileURLToPath, pathToFileURL } from 'node:url';

const [edgeRuntime, esbuild] = process.argv.slice(2);
const { EdgeRuntime } = (await import(pathToFileURL(edgeRuntime).href)).default;
const { buildSync } = (await import(pathToFileURL(esbuild).href)).default;

const { outputFiles } = buildSync({
  stdin: {
    contents: `import { smoke } from './smoke.js';
      addEventListener('fetch', (event) => event.respondWith(smoke().then((runtime) => new Response(runtime))));`,
    resolveDir: fileURLToPath(new URL('.', import.meta.url)),
  },
  bundle: true,
  format: 'iife',
  write: false,
});
const host = new EdgeRuntime({ initialCode: outputFiles[0].text });
const response = await host.dispatchFetch('http://localhost/');
const runtime = await response.text();
if (runtime !== 'edge-light') throw new Error(`${response.status}: ${runtime}`);
console.log(JSON.stringify({ runtime }));
