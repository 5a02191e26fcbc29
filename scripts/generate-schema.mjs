// Writes the generated/ folder: the wire schema that the engine imports and the documented schema
// that the editor loads. Everything else runs this first, so a hash of the inputs makes a fresh
// run cost nothing. `--force` writes anyway, `--quiet` says nothing.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const nodeModules = join(root, 'node_modules');
const wireFile = join(root, 'generated/wire-schema.ts');
const coreFile = join(root, 'generated/core-wire-types.ts');
const moreFile = join(root, 'generated/more-wire-types.ts');
const kindsFile = join(root, 'generated/wire-kinds.ts');
const docsFile = join(root, 'generated/docs-schema.json');
const hashFile = join(root, 'generated/.inputs');
const wireGzipBytesMax = 30_000;
const NOTE = '// Written by scripts/generate-schema.mjs; not to be edited.';
/** Everything at once, for those who do not count bytes. */
const wholeModule = [
  NOTE,
  `import type { WireSchema } from '../src/api/wire-schema';`,
  `import { coreWireTypes } from './core-wire-types';`,
  `import { moreWireTypes } from './more-wire-types';`,
  `import { wireKinds } from './wire-kinds';`,
  '',
  'export const wireSchema: WireSchema = {',
  '  types: { ...coreWireTypes, ...moreWireTypes },',
  '  kinds: wireKinds,',
  '};',
  '',
].join('\n');

const hash = inputHash();
const fresh =
  [wireFile, coreFile, moreFile, kindsFile, docsFile, hashFile].every((file) => existsSync(file)) &&
  readFileSync(hashFile, 'utf8') === hash;
if (!fresh || process.argv.includes('--force')) await generate();

/** Covers the generator's own files and the versions of the packages that it reads. */
function inputHash() {
  const schemaScripts = join(root, 'scripts/schema');
  const files = [
    fileURLToPath(import.meta.url),
    ...readdirSync(schemaScripts).map((file) => join(schemaScripts, file)),
    ...['kubernetes-openapi', 'kubernetes-models', '@kubernetes-models/apimachinery'].map((name) =>
      join(nodeModules, name, 'package.json'),
    ),
  ];
  const sum = createHash('sha256');
  for (const file of files) sum.update(readFileSync(file));
  return sum.digest('hex');
}

async function generate() {
  const { openClientModels } = await import('./schema/client-models.mjs');
  const { openWireModels } = await import('./schema/wire-models.mjs');
  const { buildWireSchema } = await import('./schema/wire-schema.mjs');
  const { buildDocsSchema } = await import('./schema/docs-schema.mjs');
  const client = openClientModels(join(nodeModules, 'kubernetes-openapi/dist/gen'));
  const built = buildWireSchema(client, openWireModels(nodeModules));
  const { splitTypes } = await import('./schema/core-types.mjs');
  const { core, more } = splitTypes(built.schema);
  const coreText = typesModule('coreWireTypes', core);
  const moreText = typesModule('moreWireTypes', more);
  const kindsText = kindsModule(built.schema.kinds);
  const wireGzipBytes = gzipSync(coreText + moreText + kindsText).length;
  if (wireGzipBytes > wireGzipBytesMax) {
    throw new Error(`the wire schema is ${wireGzipBytes} bytes gzip, over ${wireGzipBytesMax}`);
  }
  const docsText = JSON.stringify(buildDocsSchema(built, client));
  mkdirSync(dirname(wireFile), { recursive: true });
  writeFileSync(coreFile, coreText);
  writeFileSync(moreFile, moreText);
  writeFileSync(kindsFile, kindsText);
  writeFileSync(wireFile, wholeModule);
  writeFileSync(docsFile, docsText);
  writeFileSync(hashFile, hash);
  if (process.argv.includes('--quiet')) return;
  const count = (record) => Object.keys(record).length;
  console.log(
    `generated: ${count(built.schema.kinds)} kinds, ${count(built.schema.types)} types; ` +
      `wire schema ${kilobytes(wireGzipBytes)} gzip, ` +
      `documented schema ${kilobytes(gzipSync(docsText).length)} gzip`,
  );
}

function typesModule(name, types) {
  const lines = Object.entries(types).map(([type, schema]) => `  ${type}: ${literal(schema)},`);
  return [
    NOTE,
    `import type { WireSchema } from '../src/api/wire-schema';`,
    '',
    `export const ${name}: WireSchema['types'] = {`,
    ...lines,
    '};',
    '',
  ].join('\n');
}

function kindsModule(kinds) {
  return [
    NOTE,
    `import type { WireSchema } from '../src/api/wire-schema';`,
    '',
    `export const wireKinds: WireSchema['kinds'] = {`,
    ...Object.entries(kinds).map(([key, name]) => `  '${key}': '${name}',`),
    '};',
    '',
  ].join('\n');
}

function literal(value) {
  return JSON.stringify(value).replace(/"([A-Za-z_]\w*)":/g, '$1:');
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
