// tophash.wasi.wasm: a command for any WASI host that counts, tells apart or looks up the lines of its standard input.
// `_start` is its only export besides the memory.
//
// The memory holds one table, the command's, and lies a page higher than elsewhere (HIGH=1): below is the room for the
// texts.

import { argumentAt, argumentCount, isArgument, lengthOfArgument, readArguments } from "./arguments";
import { openFile, opened } from "./files";
import { openBuffer } from "./input";
import { LIMIT, STEP_SHIFT, count, lookUp, openTable, unique } from "./lines";
import { DONE, NOTHING, TROUBLE, exit, fail, openOutput, print } from "./output";
import { NO_SUCH_FILE, NOT_PERMITTED, STDERR, STDOUT } from "../preview1";

const USAGE: string =
  "usage: tophash count [--by-count]        how often each line occurs, as `sort | uniq -c` prints it;\n" +
  "                                         with --by-count the most frequent lines first\n" +
  "       tophash unique                    each line the first time that it occurs\n" +
  "       tophash lookup [--invert] FILE    the lines that are lines of FILE, or those that are not\n" +
  "       tophash --help                    this text\n" +
  "Lines are those of the standard input, and any bytes. Ends with 0; lookup that selects no line with 1; 2: trouble.\n";

main();

function main(): void {
  const table = openTable();
  if (!openOutput(STEP_SHIFT, LIMIT) || !openBuffer(STEP_SHIFT, LIMIT) || !readArguments(STEP_SHIFT, LIMIT)) {
    fail("the host has no memory or no arguments to give");
  }
  if (argumentCount < 2) refuseUsage();
  const verb = argumentAt(1);
  if (isArgument(verb, "--help") || isArgument(verb, "-h")) {
    print(STDOUT, USAGE);
    exit(DONE);
  }
  if (isArgument(verb, "count")) {
    const byCount = hasOption("--by-count");
    expectArguments(byCount ? 3 : 2);
    count(table, byCount);
    exit(DONE);
  }
  if (isArgument(verb, "unique")) {
    expectArguments(2);
    unique(table);
    exit(DONE);
  }
  if (isArgument(verb, "lookup")) {
    const invert = hasOption("--invert");
    expectArguments(invert ? 4 : 3);
    exit(lookUp(table, open(argumentAt(argumentCount - 1)), invert) ? DONE : NOTHING);
  }
  refuseUsage();
}

/** Is the argument behind the verb this option? */
function hasOption(option: string): bool {
  return argumentCount > 2 && isArgument(argumentAt(2), option);
}

function expectArguments(expected: u32): void {
  if (argumentCount != expected) refuseUsage();
}

function refuseUsage(): void {
  print(STDERR, USAGE);
  exit(TROUBLE);
}

function open(path: usize): u32 {
  const length = lengthOfArgument(path);
  const errno = openFile(path, length);
  if (errno == NOT_PERMITTED) {
    fail("no directory of this path is open to the command (wasmtime: --dir): ", path, length);
  }
  if (errno) fail(errno == NO_SUCH_FILE ? "no such file: " : "can't open the file: ", path, length);
  return opened;
}
