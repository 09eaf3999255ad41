/**
 * What a browser's dedicated worker runs, bundled (bundle.js), as import maps are of pages alone: the test files that
 * it is sent. Posts what came of them.
 */
import './shims/globals.js';
import { loaders } from 'tophash-tests';
import { runFiles } from './suite.js';

onmessage = ({ data: { files, environment } }) => {
  Object.assign(globalThis.process.env, environment);
  runFiles(files, (file) => loaders[file]()).then(
    (outcomes) => postMessage({ answer: outcomes }),
    (error) => postMessage({ error: String(error.stack ?? error) }),
  );
};
