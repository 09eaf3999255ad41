/**
 * The Markdown pages of the project and what is in them: fenced blocks, links, headings.
 *
 * A comment right before a fence says what is not in the block:
 *
 *   <!-- sample                      names that the block uses: this is run before it
 *   const ids = Uint32Array.of(1);
 *   -->
 *   <!-- sample: goes on -->         the block is run together with the one before, in one module
 *   <!-- sample: not run: why -->    it is not run
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = new URL('../../', import.meta.url);

/** Pages for users and for who works on the project; of a folder all. */
const FOLDERS = ['', 'docs/', 'bench/'];

/** Paths of the pages, from the root. */
export function pages() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, root)))
      .filter((name) => name.endsWith('.md'))
      .map((name) => folder + name),
  );
}

export function read(path) {
  return readFileSync(new URL(path, root), 'utf8');
}

const FENCE = /^```(\S*)\s*$/;

/**
 * The fenced blocks of a page. Lines count from 0.
 * @returns {{ path: string, language: string, from: number, to: number, setup?: { from: number, to: number }, goesOn: boolean, notRun?: string }[]}
 *   `from` .. `to`: the lines between the fences; the same of `setup`
 */
export function blocksOf(path, text = read(path)) {
  const lines = text.split('\n');
  const blocks = [];
  for (let i = 0; i < lines.length; i++) {
    const opening = FENCE.exec(lines[i]);
    if (!opening) continue;
    const from = i + 1;
    const to = lines.indexOf('```', from);
    if (to < 0) throw new Error(`${path}:${from}: the block has no end`);
    blocks.push({ path, language: opening[1], from, to, ...commentBefore(path, lines, i) });
    i = to;
  }
  return blocks;
}

/** What the comment before a fence says. */
function commentBefore(path, lines, fence) {
  const nothing = { setup: undefined, goesOn: false, notRun: undefined };
  const last = fence - 1;
  if (!lines[last]?.endsWith('-->')) return nothing;
  let first = last;
  while (!lines[first].startsWith('<!--')) first--;
  const comment = lines.slice(first, last + 1).join('\n');
  if (comment === '<!-- sample: goes on -->') return { ...nothing, goesOn: true };
  const notRun = /^<!-- sample: not run: (\S.*\S) -->$/.exec(comment)?.[1];
  if (notRun) return { ...nothing, notRun };
  if (/^<!-- sample\n[^]*\n-->$/.test(comment)) return { ...nothing, setup: { from: first + 1, to: last } };
  throw new Error(`${path}:${first + 1}: expected a comment as test/support/pages.js has them; got ${comment}`);
}

/** Targets of the links of a page, outside of fenced blocks. */
export function linksOf(path) {
  const text = withoutBlocks(path).replace(/`[^`\n]*`/g, (code) => '`'.repeat(code.length));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** The anchors that GitHub gives to a page's headings: the second of the same gets a number. */
export function anchorsOf(path) {
  const seen = new Map();
  return [...withoutBlocks(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

function withoutBlocks(path) {
  const lines = read(path).split('\n');
  for (const { from, to } of blocksOf(path)) lines.fill('', from, to);
  return lines.join('\n');
}
