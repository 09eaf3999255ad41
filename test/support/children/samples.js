/** Imports the modules whose paths are its arguments, one after the other; prints what each threw, or null. */
import { pathToFileURL } from 'node:url';

const { log } = console;
console.log = () => {}; // what a sample prints is not the report
const report = [];
for (const path of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(path).href);
    report.push(null);
  } catch (error) {
    report.push(error instanceof Error ? error.stack : String(error));
  }
}
log(JSON.stringify(report));
process.exit(); // a sample may have left something open
