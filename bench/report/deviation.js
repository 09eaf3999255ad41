/**
 * The speed of batches over the deviation of bucket loads, with the verdict of ../counters/verdicts.js: a part of the
 * report.
 */
import { verdictsOf } from '../counters/verdicts.js';
import { SKEWS, deviationOf, rowOf } from '../rows/deviation-rows.js';
import { figures, samplesOf, spreadOf } from '../statistics.js';

/** Of a bucket of u32 keys and values. */
const BUCKET_BYTES = 64;
const WHO = 'tophash-batch';

/**
 * A line for each skew; nothing where it was not measured.
 * @param {import('../driver.js').Results[]} all
 * @returns {string[]}
 */
export function deviationLines(all) {
  return all
    .filter(({ suite }) => suite.name === 'deviation')
    .flatMap((results) => {
      const even = figures(results, rowOf(SKEWS[0]), WHO)?.median;
      return SKEWS.flatMap((skew) => {
        const ns = figures(results, rowOf(skew), WHO)?.median;
        const bytes = spreadOf(samplesOf(results, WHO, rowOf(skew)), 'bytesPerEntry')?.median;
        if (!ns || !bytes || !even) return [];
        const loadDeviation = deviationOf(BUCKET_BYTES / bytes, skew);
        const verdict = verdictsOf({ loadDeviation }).find(({ figure }) => figure === loadDeviation);
        const speed = `${ns.toFixed(1)} ns, ${((100 * even) / ns).toFixed(0)} % of the speed of the even map`;
        return [`- +-${skew * 100} %: ${loadDeviation.toFixed(1)} entries deviation, ${speed}: ${verdict?.verdict}`];
      });
    });
}
