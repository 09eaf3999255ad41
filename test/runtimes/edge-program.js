/**
 * In a Node of its own: edge-program.js <edge-runtime> <script>: runs a script in edge-runtime, which runs Vercel's
 * edge functions on Node, and prints the answer.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [edgeRuntime, script] = process.argv.slice(2);
const { EdgeRuntime } = (await import(pathToFileURL(edgeRuntime).href)).default;
const host = new EdgeRuntime({ initialCode: readFileSync(script, 'utf8') });
const response = await host.dispatchFetch('http://localhost/');
console.log(`\n${await response.text()}`);
process.exit();
