/**
 * Checks the programs that the parent (../../fuzz.js) asks for: the arguments are a profile and settings of fast-check.
 * Prints a line of JSON before each program, so that the parent knows of one that never ends, and one at the end.
 */
import { writeSync } from 'node:fs';
import { counters } from '../counters.js';
import { check, report } from '../property.js';

const [profile, settings] = process.argv.slice(2);
const counts = counters();
const say = (what) => writeSync(1, `${JSON.stringify(what)}\n`);

let run = 0;
const details = check(profile, counts, JSON.parse(settings), () => say({ run: run++, counts }));
if (details.failed) say({ counts, failed: true, path: details.counterexamplePath, report: report(details, profile) });
else say({ counts, failed: false });
