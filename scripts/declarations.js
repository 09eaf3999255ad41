// The declarations of the package in one file: editors show them, and JSR wants those of an entry in a single graph.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * What an entry exports, and all that this is made of, as the text of one declaration file.
 * @param {string} entry a declaration file that only exports what others declare
 */
export function bundleDeclarations(entry) {
  const exported = [];
  const declared = new Map();
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
    const declarations = statement.declarationList?.declarations ?? [statement];
    for (const { name } of declarations) {
      const other = declared.get(name.text);
      if (other !== undefined && other !== source.fileName) {
        throw new Error(`${name.text} is declared in ${other} and in ${source.fileName}`);
      }
      declared.set(name.text, source.fileName);
    }
    if (/\bimport\(/.test(statement.getText(source))) {
      throw new Error(
        `${source.fileName}: a type that is imported in place, where none was written: there are no other files beside the declarations`,
      );
    }
    statements.push(
      statement
        .getFullText(source)
        .trim()
        .replace(/^((?:\/\*[^]*?\*\/\s*)*)export (?=\w)/, '$1'),
    );
  };

  const statements = [];
  visit(entry);
  for (const { name } of exported)
    if (!declared.has(name)) throw new Error(`${name} is exported, and declared nowhere`);
  const list = exported.map(({ name, isType }) => `  ${isType ? 'type ' : ''}${name},`);
  const declarations = statements.map((text) =>
    text.replace(/^((?:\/\*[^]*?\*\/\s*)*)(class|const|function|let) /, '$1declare $2 '),
  );
  return `${[...references].join('\n')}\n\n${declarations.join('\n\n')}\n\nexport {\n${list.join('\n')}\n};\n`;
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
