/** The matrix: a row for each runtime, a column for each area of the tests. */
import Table from 'cli-table3';
import { areaOf, areas } from './suites.js';

export class Matrix {
  passed = 0;
  failed = 0;
  #skipped = [];
  #names;
  #rows = new Map();

  /** @param {string[]} names of the runtimes, in the order of their rows: they may be added in any */
  constructor(names) {
    this.#names = names;
  }

  /**
   * Adds a row, and prints what failed. Returns how much passed and failed, in words.
   * @param {string} name
   * @param {{ version: string, smokes: Record<string, unknown>, outcomes: import('./suite.js').Outcome[] }} result
   */
  add(name, { version, smokes, outcomes }) {
    const errors = Object.entries(smokes).filter(([, error]) => error);
    for (const [place, error] of errors) console.log(`\n${name}, ${place}: ${error.stack ?? error}`);
    for (const failure of outcomes.flatMap(({ failures }) => failures)) console.log(`\n${name}: ${failure}`);
    const places = Object.keys(smokes).length;
    const all = sum(outcomes);
    this.#count(places - errors.length, places);
    this.#count(all.passed, all.total);
    this.#rows.set(name, [
      name,
      version,
      share(places - errors.length, places),
      ...areas.map((area) => {
        const { passed, total } = sum(outcomes.filter(({ file }) => areaOf(file) === area));
        return share(passed, total);
      }),
      `${all.passed} of ${all.total}`,
    ]);
    const passed = places - errors.length + all.passed;
    return `${passed} passed, ${places + all.total - passed} failed`;
  }

  /** A runtime that is not there. @param {string} name */
  skip(name, reason) {
    this.#skipped.push(name);
    this.#rows.set(name, [name, { content: `skipped: ${reason}`, colSpan: areas.length + 3 }]);
    return 'skipped';
  }

  /** One that could not be run to the end, which is printed. @param {string} name */
  fail(name, error) {
    this.failed++;
    console.log(`\n${name}: ${error.stack ?? error}`);
    this.#rows.set(name, [name, { content: 'failed', colSpan: areas.length + 3 }]);
    return 'failed';
  }

  /** The table, which were skipped, and the sum. */
  toString() {
    const table = new Table({
      head: ['runtime', 'version', 'smoke', ...areas, 'tests'],
      style: { head: [], border: [] },
    });
    table.push(...this.#names.map((name) => this.#rows.get(name)));
    const skipped = this.#skipped.length > 0 ? `skipped, not passed: ${this.#skipped.join(', ')}\n` : '';
    return `\n${table}\n${skipped}${this.passed} passed, ${this.failed} failed`;
  }

  #count(passed, total) {
    this.passed += passed;
    this.failed += total - passed;
  }
}

function sum(outcomes) {
  let [passed, total] = [0, 0];
  for (const outcome of outcomes) {
    passed += outcome.passed;
    total += outcome.total;
  }
  return { passed, total };
}

/** How many passed; `-` where there were none to run. */
function share(passed, total) {
  if (total === 0) return '-';
  return passed === total ? `${passed}` : `${passed} of ${total}`;
}
