// The files of the facade that say where its wasm modules come from (src/wasm/sources.d.ts).

import { memoryImport } from './memory-import.js';
import { BEHIND } from './modules.js';
import { pack } from './pack/pack.js';

/**
 * Modules inlined, packed.
 * @param {{ name: string, bytes: Buffer }[]} modules
 * @param {Buffer} unpacker
 * @param {number} rounds of packing: more take longer and pack better
 * @param {string} [wasm] the folder wasm/, from where the file is to be
 */
export function inlinedSources(modules, unpacker, rounds, wasm = '.') {
  const { codes, packed } = pack(new Map(modules.map(({ name, bytes }) => [name, bytes])), BEHIND, rounds);
  const sources = modules.map(({ name, bytes }) => {
    const { flags, pages } = memoryImport(bytes);
    return `{
  name: '${name}',
  pages: ${pages},
  memoryFlags: ${flags},
  unpacker,
  packed: '${packed.get(name)}',
  size: ${bytes.length},
  behind: [${BEHIND[name].join(', ')}],
  unpacked: undefined,
  bytes: unpackInlined,
  compile: compileInlined,
}`;
  });
  return (
    `import { compileInlined, unpackInlined } from '${wasm}/inlined.js';\n` +
    `const unpacker = { wasm: '${unpacker.toString('base64')}', codes: '${codes}', opened: undefined };\n` +
    `export const sharable = true;\n${declare(modules, sources)}`
  );
}

/**
 * Modules that the host compiles, imported from a folder beside the bundle.
 * @param {{ name: string, bytes: Buffer }[]} modules
 * @param {string} folder
 */
export function importedSources(modules, folder) {
  const imports = modules.map(({ name }) => `import ${name}Module from '${folder}/${name}.wasm';\n`);
  const sources = modules.map(
    ({ name, bytes }) => `{ name: '${name}', pages: ${memoryImport(bytes).pages}, compile: () => ${name}Module }`,
  );
  return `${imports.join('')}export const sharable = false;\n${declare(modules, sources)}`;
}

/** Each module a constant of its own, and a literal, so that bundlers can drop those that a program does not use. */
function declare(modules, sources) {
  const lines = modules.map(({ name }, i) => `const ${name} = ${sources[i]};\n`);
  const maps = modules.map(({ name }) => name).filter((name) => name !== 'hasher');
  return `${lines.join('')}export { hasher };\nexport const maps = { ${maps.join(', ')} };\n`;
}
