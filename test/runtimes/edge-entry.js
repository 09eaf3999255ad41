/** The function that edge-runtime is given. */
import { runBundled } from './bundled.js';

/** edge-runtime puts another function in the place of this class, so that arrays of its host are instances, too; tests compare the classes of arrays. */
Uint8Array.prototype.constructor = Uint8Array;

addEventListener('fetch', (event) =>
  event.respondWith(runBundled().then((result) => new Response(JSON.stringify(result)))),
);
