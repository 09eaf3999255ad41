import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { child } from './support/child.js';

const test = behaviour('load');
let report;
const seen = () => (report ??= child('load.js'));

test('importing the package compiles no wasm and makes no memory', () => {
  assert.equal(seen().afterImport, []);
});

test('a map that is never written compiles none either', () => {
  assert.equal(seen().afterConstruction, []);
});

test('the first write does', () => {
  assert.ok(seen().afterWrite.includes('Module'), String(seen().afterWrite));
});

test('and what is compiled serves all maps of the same kinds', () => {
  assert.is(seen().afterMore.includes('Module'), false, String(seen().afterMore));
});

test('no file is read after import: the package works when its files are gone', () => {
  assert.is(seen().sum, 5050);
});

test('importing leaves no trace in the global scope and nothing that keeps the process alive', () => {
  assert.equal(seen().globals, []);
  assert.equal(seen().resources, []);
});

test.run();
