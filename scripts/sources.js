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
    const behind = `[${BEHIND[name].join(', ')}]`;
    return `new Inlined('${name}', ${pages}, ${flags}, unpacker, '${packed.get(name)}', ${bytes.length}, ${behind})`;
  });
  return (
    `import { Inlined } from '${wasm}/inlined.js';\nimport { Unpacker } from '${wasm}/unpacker.js';\n` +
    `const unpacker = /* @__PURE__ */ new Unpacker('${unpacker.toString('base64')}', '${codes}');\n` +
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
  const sources = modules.map(({ name, bytes }) => `new Ready('${name}', ${memoryImport(bytes).pages}, ${name}Module)`);
  return (
    `import { Ready } from './ready.js';\n${imports.join('')}` +
    `export const sharable = false;\n${declare(modules, sources)}`
  );
}

/** Each module a constant of its own, so that bundlers can drop those that a program does not use. */
function declare(modules, sources) {
  const lines = modules.map(({ name }, i) => `const ${name} = /* @__PURE__ */ ${sources[i]};\n`);
  const maps = modules.map(({ name }) => name).filter((name) => name !== 'hasher');
  return `${lines.join('')}export { hasher };\nexport const maps = { ${maps.join(', ')} };\n`;
}
