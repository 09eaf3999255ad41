/** The function that edge-runtime is given. */
import { runBundled } from './bundled.js';

addEventListener('fetch', (event) =>
  event.respondWith(runBundled().then((result) => new Response(JSON.stringify(result)))),
);
