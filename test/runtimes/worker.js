/** Runs smoke.js in a worker of a browser, a classic one or a module, and posts what came of it. */
import('./smoke.js')
  .then(({ smoke }) => smoke())
  .then(
    (runtime) => postMessage({ answer: runtime }),
    (error) => postMessage({ error: String(error.stack ?? error) }),
  );
