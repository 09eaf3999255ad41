/**
 * Samples of code in Markdown pages as modules that check what they say. A comment behind a statement is what its
 * expression (or that of a variable) must be, where it is a literal, or an array, typed array or object of them, or an
 * error:
 *
 *   map.get('be'); // 2
 *   map.set('be', -1); // RangeError: value
 *   map.keys(); // what else is there is prose
 *
 * After `=>` it must be a value. What follows ": " after a value is prose.
 */
import ts from 'typescript';
import { blocksOf, read } from './pages.js';

const RUN = ['js', 'ts'];
const EXPECTATIONS = new URL('expectations.js', import.meta.url).href;

/** Is a block code that can be run? */
export const isCode = ({ language }) => RUN.includes(language);

/**
 * The modules of a page: a block each, or several that go on. All lines stand where they do in the page, so that stacks
 * tell the right ones.
 * @returns {{ name: string, language: string, code: string, checks: number }[]}
 */
export function samplesOf(path, text = read(path)) {
  const chains = [];
  for (const block of blocksOf(path, text).filter(isCode)) {
    if (block.notRun !== undefined) continue;
    if (!block.goesOn) chains.push([block]);
    else if (chains.length > 0) chains.at(-1).push(block);
    else throw new Error(`${path}:${block.from}: there is no block that this one could go on from`);
  }
  return chains.map((blocks) => {
    const { language, from } = blocks[0];
    const lines = text.split('\n');
    const kept = new Set();
    for (const { from, to, setup } of blocks) {
      for (const part of [{ from, to }, setup ?? { from, to: from }]) {
        for (let line = part.from; line < part.to; line++) kept.add(line);
      }
    }
    const source = lines.map((line, i) => (kept.has(i) ? line : '')).join('\n');
    return { name: `${path}:${from + 1}`, language, source, ...withChecks(source, path) };
  });
}

/** The module with its comments as checks. */
function withChecks(source, path) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const edits = [];
  const visit = (node) => {
    const target = targetOf(node);
    const comment = target && commentBehind(source, node);
    if (comment !== undefined) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const expected = expectedOf(comment, `${path}:${line}`);
      if (expected !== undefined) edits.push({ from: target.getStart(), to: target.end, line, ...expected });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let code = source;
  for (const { from, to, line, value, error } of edits.reverse()) {
    const expression = code.slice(from, to);
    const check =
      error === undefined
        ? `$is((${expression}), (${value}), ${line})`
        : `await $throws(async () => (${expression}), ${JSON.stringify(error)}, ${line})`;
    code = code.slice(0, from) + check + code.slice(to);
  }
  // The first line of a page is its title.
  return { code: `import { $is, $throws } from '${EXPECTATIONS}';${code}`, checks: edits.length };
}

/** The expression of a statement that a comment may be about. */
function targetOf(node) {
  if (ts.isVariableStatement(node)) {
    const [variable, more] = node.declarationList.declarations;
    return more === undefined && ts.isIdentifier(variable.name) ? variable.initializer : undefined;
  }
  if (!ts.isExpressionStatement(node)) return undefined;
  const { expression } = node;
  const isLog = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log';
  return isLog && expression.arguments.length === 1 ? expression.arguments[0] : expression;
}

function commentBehind(source, node) {
  const [comment] = ts.getTrailingCommentRanges(source, node.end) ?? [];
  return comment && source.slice(comment.pos + 2, comment.end).trim();
}

const ERROR = /^(\w*Error)\b(?:: (.*))?$/;

/** What a comment expects: a value or an error; undefined where it is prose. */
function expectedOf(comment, where) {
  const error = ERROR.exec(comment);
  if (error) return { error: { name: error[1], message: error[2] ?? '' } };
  const text = comment.replace(/^=>\s*/, '');
  const value = [text, text.split(': ')[0]].find(isValue);
  if (value === undefined && text !== comment) throw new Error(`${where}: expected a value; got ${comment}`);
  return value === undefined ? undefined : { value };
}

function isValue(text) {
  const file = ts.createSourceFile('value.js', `(${text})`, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const [statement, more] = file.statements;
  if (file.parseDiagnostics.length > 0 || more !== undefined || !ts.isExpressionStatement(statement)) return false;
  return isLiteral(statement.expression.expression);
}

const CONSTANTS = ['undefined', 'NaN', 'Infinity'];

function isLiteral(node) {
  if (node === undefined) return false;
  if (ts.isIdentifier(node)) return CONSTANTS.includes(node.text);
  if (ts.isPrefixUnaryExpression(node)) return isLiteral(node.operand);
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every(({ initializer }) => isLiteral(initializer));
  if (ts.isCallExpression(node))
    return /^\w+Array\.of$/.test(node.expression.getText()) && node.arguments.every(isLiteral);
  return (
    ts.isLiteralExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
  );
}

/** A sample in TypeScript as JavaScript. */
export function toJavaScript({ language, code }) {
  if (language === 'js') return code;
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  return outputText;
}

/** What the compiler says of TypeScript files, as users have it: strict, by the types of the package. */
export function typeErrors(files) {
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && file.getLineAndCharacterOfPosition(start).line + 1;
    return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}
