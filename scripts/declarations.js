// The declarations of the package in one file: editors show them, and JSR wants those of an entry in a single graph.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * What an entry exports, and all that this is made of, and no more, as the text of one declaration file.
 * @param {string} entry a declaration file
 */
export function bundleDeclarations(entry) {
  const exported = [];
  const declared = new Map();
  const declarations = [];
  const references = new Set();
  const seen = new Set();

  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const { pos, end } of source.libReferenceDirectives)
      references.add(`/// <reference lib="${text.slice(pos, end)}" />`);
    for (const statement of source.statements) {
      const from = statement.moduleSpecifier?.text;
      if (from !== undefined) visit(join(dirname(file), from.replace(/\.js$/, '.d.ts')));
      if (ts.isImportDeclaration(statement)) check(statement.importClause?.namedBindings, file);
      else if (!ts.isExportDeclaration(statement)) declare(statement, source);
      else if (file === entry) exported.push(...namesOf(statement));
      else check(statement.exportClause, file);
    }
  };

  const declare = (statement, source) => {
    const names = statement.declarationList?.declarations ?? [statement];
    for (const { name } of names) {
      const other = declared.get(name.text);
      if (other !== undefined && other !== source.fileName) {
        throw new Error(`${name.text} is declared in ${other} and in ${source.fileName}`);
      }
      declared.set(name.text, source.fileName);
      if (source.fileName === entry && isExported(statement))
        exported.push({ name: name.text, isType: isType(statement) });
    }
    if (/\bimport\(/.test(statement.getText(source))) {
      throw new Error(
        `${source.fileName}: a type that is imported in place, where none was written: there are no other files beside the declarations`,
      );
    }
    declarations.push({
      names: names.map(({ name }) => name.text),
      uses: namesUsedBy(statement),
      text: statement
        .getFullText(source)
        .trim()
        .replace(/^((?:\/\*[^]*?\*\/\s*)*)export (?=\w)/, '$1')
        .replace(/^((?:\/\*[^]*?\*\/\s*)*)(class|const|function|let) /, '$1declare $2 '),
    });
  };

  visit(entry);
  for (const { name } of exported)
    if (!declared.has(name)) throw new Error(`${name} is exported, and declared nowhere`);
  const list = exported.map(({ name, isType }) => `  ${isType ? 'type ' : ''}${name},`);
  const wanted = reachedFrom(
    exported.map(({ name }) => name),
    declarations,
  );
  const texts = declarations.filter(({ names }) => names.some((name) => wanted.has(name))).map(({ text }) => text);
  return `${[...references].join('\n')}\n\n${texts.join('\n\n')}\n\nexport {\n${list.join('\n')}\n};\n`;
}

function isExported({ modifiers = [] }) {
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function isType(statement) {
  return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
}

/** The names that what these are made of is made of, and so on, with these: the rest is the facade's own. */
function reachedFrom(names, declarations) {
  const reached = new Set(names);
  for (const name of reached) {
    for (const one of declarations) if (one.names.includes(name)) for (const other of one.uses) reached.add(other);
  }
  return reached;
}

/** The names of types and values that a declaration is made of. */
function namesUsedBy(statement) {
  const names = [];
  const visit = (node) => {
    const used =
      node.typeName ?? node.exprName ?? (ts.isExpressionWithTypeArguments(node) ? node.expression : undefined);
    if (used !== undefined) names.push(leftmost(used).text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

/** `A` of `A.B.C`. */
function leftmost(name) {
  return ts.isIdentifier(name) ? name : leftmost(name.left ?? name.expression);
}

function namesOf({ exportClause, isTypeOnly }) {
  check(exportClause, 'the entry');
  return exportClause.elements.map(({ name, isTypeOnly: one }) => ({ name: name.text, isType: isTypeOnly || one }));
}

/** Names mean the same in all files. */
function check(names, file) {
  const renamed = names?.elements?.find(({ propertyName }) => propertyName !== undefined);
  if (names?.elements === undefined || renamed !== undefined)
    throw new Error(`${file}: expected names as they are declared`);
}
