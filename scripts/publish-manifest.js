// Before and after publishing: names the platform packages that have been built in package.json, as optional
// dependencies of this version. They can't be named there before: nobody could install from the lock file what has not
// been published yet.
//
//   node scripts/publish-manifest.js name      what `npm run prepublishOnly` does; the platform packages must be published first
//   node scripts/publish-manifest.js unname    what `npm run postpublish` does

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'package.json');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

const manifest = read(file);
delete manifest.optionalDependencies;
if (process.argv[2] === 'name') manifest.optionalDependencies = platformPackages(manifest.version);
else if (process.argv[2] !== 'unname') throw new Error(`expected name or unname; got ${process.argv[2]}`);
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);

/** The packages whose addon is there, each with the version that this one has. */
function platformPackages(version) {
  const packages = join(root, 'packages');
  const built = readdirSync(packages).filter((platform) => existsSync(join(packages, platform, 'tophash.node')));
  return Object.fromEntries(
    built.map((platform) => {
      const own = read(join(packages, platform, 'package.json'));
      if (own.version !== version) throw new Error(`${own.name} is of version ${own.version}, tophash of ${version}`);
      return [own.name, version];
    }),
  );
}
