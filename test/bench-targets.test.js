import * as assert from 'uvu/assert';
import { atLeast, atMost, targetLines, verdictsOf } from '../bench/targets.js';
import { behaviour } from './support/behaviour.js';

const test = behaviour('bench-targets');

const suite = {
  name: 'made up',
  unit: 'ns per operation',
  counts: 'entries',
  contenders: { own: { own: 'batch', presizes: true }, other: {}, peer: { peer: true } },
  targets: [
    ...atLeast('against other', 'get', 'own', 'other', { 10: 2, 20: 2, 30: 2 }),
    ...atLeast('against peer', 'get', 'own', 'peer', { 10: 1 }),
    ...atMost('alone', 'get', 'own', { 10: 5, 20: 5 }),
  ],
};
const samples = (...times) => ({ get: times.map((ns) => ({ ns })) });
const all = [
  { suite, n: 10, samples: { own: samples(4, 5, 6), other: samples(8, 15, 12) } },
  { suite, n: 20, samples: { own: samples(6, 8, 7), other: samples(9, 9, 14) } },
];

test('met, missed, and not shown where the size or the peer is missing', () => {
  const verdicts = verdictsOf(all, suite).map(({ target, verdict }) => `${target.label} ${target.n} ${verdict}`);
  assert.equal(verdicts, [
    'against other 10 met',
    'against other 20 missed',
    'against other 30 not shown',
    'against peer 10 not shown',
    'alone 10 met',
    'alone 20 missed',
  ]);
});

test('the figure is the median of the ratios of the rounds', () => {
  assert.equal(verdictsOf(all, suite)[0].measured, { q1: 2, median: 2, q3: 2.5 });
});

test('a line for each target of a size that was measured', () => {
  const lines = targetLines(all, suite);
  assert.is(lines.length, 7);
  assert.match(lines[1], /against other +>= +2\.00x +2\.00x \(2\.00 to 2\.50\) +met/);
  assert.match(lines[2], /against peer .* not shown/);
});

test.run();
