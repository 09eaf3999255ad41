import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { parseCounts } from '../bench/counters/perf.js';
import { verdictsOf } from '../bench/counters/verdicts.js';
import { behaviour } from './support/behaviour.js';

const test = behaviour('bench-counters');

const recorded = (name) => parseCounts(readFileSync(new URL(`golden/perf/${name}.csv`, import.meta.url), 'utf8'));
const verdicts = (counts) => Object.fromEntries(verdictsOf(counts).map(({ what, verdict }) => [what, verdict]));
const NOT_COUNTED = { 'vector unit busy': 'not counted', 'deviation of bucket loads': 'not counted' };
const all = (verdict) => ({
  'instructions per cycle': verdict,
  'cache misses': verdict,
  'branch misses': verdict,
  'L1 misses': verdict,
  'dTLB misses': verdict,
  ...NOT_COUNTED,
});

test('what perf writes, with and without the suffix of user space', () => {
  assert.is(recorded('healthy').instructions, 2_210_000_000);
  assert.is(recorded('at-risk')['dTLB-load-misses'], 22_400_000);
});

test('where nothing is counted there is no verdict', () => {
  assert.equal(recorded('not-supported'), {});
  assert.equal(verdicts(recorded('not-supported')), all('not counted'));
});

test('a healthy loop', () => {
  assert.equal(verdicts(recorded('healthy')), all('healthy'));
  assert.ok(verdictsOf(recorded('healthy')).every(({ cause }) => cause === undefined));
});

test('a loop at risk in everything, at the thresholds', () => {
  assert.equal(verdicts(recorded('at-risk')), all('at risk'));
  const [{ figure, cause }] = verdictsOf(recorded('at-risk'));
  assert.is(figure, 0.65);
  assert.match(cause, /dependency/);
});

test('between healthy and at risk', () => {
  assert.equal(verdicts(recorded('watch')), {
    ...all('healthy'),
    'instructions per cycle': 'watch',
    'dTLB misses': 'watch',
  });
});

test('the vector unit, and the deviation of bucket loads', () => {
  const of = (busy, loadDeviation) => verdicts({ cycles: 1000, 'vector-busy-cycles': busy, loadDeviation });
  assert.is(of(979, 2.4)['vector unit busy'], 'healthy');
  assert.is(of(980, 2.4)['vector unit busy'], 'at risk');
  assert.is(of(0, 4.5)['deviation of bucket loads'], 'healthy');
  assert.is(of(0, 4.6)['deviation of bucket loads'], 'at risk');
});

test.run();
