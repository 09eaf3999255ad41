// What the package knows of the addons of its platform packages: size and checksum, which it checks before it loads one.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file src/native/record.d.ts tells of: the addons that have been built.
 * @param {string} packages the folder of the platform packages
 */
export function recordsOfAddons(packages) {
  const entries = readdirSync(packages).flatMap((platform) => {
    const addon = join(packages, platform, 'tophash.node');
    if (!existsSync(addon)) return [];
    const file = readFileSync(addon);
    const sha256 = createHash('sha256').update(file).digest('hex');
    return [`  '${platform}': { bytes: ${file.length}, sha256: '${sha256}' },\n`];
  });
  return `export const records = {\n${entries.join('')}};\n`;
}
