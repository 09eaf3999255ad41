/** The WASI command of the package (tophash.wasi.wasm), under this host's `node:wasi`. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const commandFile = new URL(import.meta.resolve('tophash/tophash.wasi.wasm'));
let module;

/**
 * Runs the command.
 * @param {string[]} args
 * @param {Uint8Array | string} input
 * @param {Record<string, Uint8Array | string>} files by name, in a folder that is open to the command as `.` or as `preopen`
 */
export function command(args, input = '', files = {}, preopen = '.') {
  const folder = mkdtempSync(join(tmpdir(), 'tophash-wasi-'));
  const path = (name) => join(folder, name);
  for (const [name, bytes] of Object.entries({ ...files, stdin: input })) writeFileSync(path(name), bytes);
  const stdin = openSync(path('stdin'), 'r');
  const stdout = openSync(path('stdout'), 'w');
  const stderr = openSync(path('stderr'), 'w');
  try {
    const status = start(args, { preopens: { [preopen]: folder }, stdin, stdout, stderr });
    return { status, stdout: readFileSync(path('stdout')), stderr: readFileSync(path('stderr'), 'utf8') };
  } finally {
    for (const file of [stdin, stdout, stderr]) closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

/** Runs the command with these files and folders, this process's own where none are given; returns its status. */
export function start(args, files = {}) {
  module ??= new WebAssembly.Module(readFileSync(commandFile));
  const wasi = new WASI({ version: 'preview1', args: ['tophash', ...args], returnOnExit: true, ...files });
  return wasi.start(new WebAssembly.Instance(module, { wasi_snapshot_preview1: callable(wasi.wasiImport) }));
}

/**
 * Node 20 lets wasm call `node:wasi` directly, and crashes where such a call collects garbage: through JavaScript it
 * does not.
 */
function callable(functions) {
  return Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, (...args) => call(...args)]));
}

/** What `LC_ALL=C sort | uniq -c` prints. */
export function counted(input, byCount = false) {
  const counts = new Map();
  for (const line of linesOf(input)) counts.set(line, (counts.get(line) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)); // one code unit a byte
  if (byCount) sorted.sort(([, a], [, b]) => b - a);
  return Buffer.from(sorted.map(([line, count]) => `${String(count).padStart(7)} ${line}\n`).join(''), 'latin1');
}

/** The lines of some bytes, one code unit a byte. */
export function linesOf(input) {
  const lines = Buffer.from(input).toString('latin1').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export const bytesOf = (lines) => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
