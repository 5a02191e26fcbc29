// Completes package-lock.json after npm install. A registry that mirrors only some platforms makes
// npm leave the packages of the others out, and npm ci then refuses the lock file everywhere. Those
// packages are optional and pinned by the package that asks for them; their names say the platform.

import { readFileSync, writeFileSync } from 'node:fs';

const operatingSystems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const libcs = { gnu: ['glibc'], gnueabihf: ['glibc'], musl: ['musl'], musleabihf: ['musl'] };

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = {};
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const held = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (held.some((place) => lock.packages[place] !== undefined)) continue;
    added[`node_modules/${name}`] = platformEntry(name, version, entry);
  }
}
const packages = Object.entries({ ...lock.packages, ...added });
lock.packages = Object.fromEntries(packages.toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`package-lock.json: ${Object.keys(added).length} packages of other platforms added`);

function platformEntry(name, version, { dev, engines }) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${name} is not pinned: ${version}`);
  const words = name.split('/').at(-1).split('-');
  const os = words.find((word) => operatingSystems.includes(word));
  const cpu = words[words.indexOf(os) + 1];
  if (os === undefined || cpu === undefined) throw new Error(`${name} names no platform`);
  const libc = os === 'linux' ? libcs[words.at(-1)] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc ? { libc } : {}),
    optional: true,
    os: [os],
    ...(engines ? { engines } : {}),
  };
}
