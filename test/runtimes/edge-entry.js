/** The function that edge-runtime is given. */
import { runBundled } from './bundled.js';

/**
 * Tests compare the classes of arrays. edge-runtime puts other functions in the place of these classes, so that arrays
 * of its host are instances, too; and bytes that its TextEncoder makes are of the host.
 */
for (const Class of [Array, Object, Uint8Array]) Class.prototype.constructor = Class;
const { encode } = TextEncoder.prototype;
TextEncoder.prototype.encode = function (text) {
  return new Uint8Array(encode.call(this, text));
};

addEventListener('fetch', (event) =>
  event.respondWith(runBundled().then((result) => new Response(JSON.stringify(result)))),
);
