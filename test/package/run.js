/**
 * `npm run test:package`: is the package fit to be published? Checks of its contents, its types, its entries and its
 * registries, each by name; one whose tool is not there is skipped, and neither passes nor fails. Ends with `N passed,
 * N failed`.
 */
import { rmSync } from 'node:fs';
import { Missing } from '../consumers/tools.js';
import { makeWorkshop, packTo } from '../consumers/tarball.js';
import { checks } from './checks.js';

const workshop = makeWorkshop();
const tarball = packTo(workshop);
let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check(tarball, workshop);
    passed++;
    console.log(`passed   ${name}`);
  } catch (error) {
    if (error instanceof Missing) {
      console.log(`skipped  ${name}: ${error.message}`);
      continue;
    }
    failed++;
    console.log(`FAILED   ${name}\n${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  }
}
rmSync(workshop, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
