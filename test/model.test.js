import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { counters, summary } from './support/counters.js';
import { check, report } from './support/property.js';
import { build, checked } from './support/tophash.js';

const test = behaviour('model');
const profile = checked ? 'small' : 'normal';
const counts = counters();
const SHRINKING = 30_000;

test('random programs do as Map does, and iterators as promised', () => {
  const settings = { seed: seed >>> 1, numRuns: budget(250, { debug: 400, high: 100, badHash: 70 }) };
  const found = check(profile, counts, { ...settings, endOnFailure: true });
  if (!found.failed) return;
  const shrunk = check(profile, counters(), {
    seed: found.seed,
    path: found.counterexamplePath,
    numRuns: 1,
    interruptAfterTimeLimit: SHRINKING,
  });
  // What came before in this process may have been needed: then only the whole run shows it.
  throw new Error(report(shrunk.failed ? shrunk : found, profile));
});

test('the hard cases were met', () => {
  console.log(`${build}: ${summary(counts)}`);
  const least = Math.min(1000, budget(1000, { badHash: 600 }));
  for (const name of ['growths', 'iterators crossed by a growth'])
    assert.ok(counts[name] > least, `${counts[name]} ${name}`);
});

test.run();
