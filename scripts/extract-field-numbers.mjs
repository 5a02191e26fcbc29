// Rewrites src/apiserver/protobuf/field-numbers.ts from Kubernetes' protobuf definitions, for when
// a new version comes out: `npx tsx scripts/extract-field-numbers.mjs <folder that holds api/ and
// apimachinery/>`, which is staging/src/k8s.io of the Kubernetes source, or
// /usr/share/gocode/src/k8s.io of Debian's golang-k8s-api-dev and golang-k8s-apimachinery-dev.
// Run `npm run generate` before: types and their fields come from the wire schema.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADER = `\
// Which number each field of the built-in types of Kubernetes 1.36 has in protobuf, and in which
// package its message is. Written by scripts/extract-field-numbers.mjs.
// Upstream: staging/src/k8s.io/api/*/generated.proto

/**
 * A package in brackets, then its messages under their type names of the wire schema, each followed
 * by its fields in the order of their numbers, which count from one: 'name@7' jumps to seven. '*'
 * after a name: a pointer in Go, whose zero differs from its absence. '+Name' is a message whose
 * fields JSON shows as those of the type around it. Lines that begin with a space go on.
 */
const TABLE = `;
const FOOTER = `
export interface MessageRow {
  /** 'api.core.v1'. */
  readonly packageName: string;
  readonly fields: readonly string[];
}

/** By type name. */
export const fieldNumbers: ReadonlyMap<string, MessageRow> = parseTable();

function parseTable(): Map<string, MessageRow> {
  const rows = new Map<string, MessageRow>();
  let packageName = '';
  for (const line of TABLE.trim().replace(/\\n +/g, ' ').split('\\n')) {
    if (line[0] === '[') {
      packageName = line.slice(1, -1);
      continue;
    }
    const [name, ...fields] = line.split(' ');
    rows.set(name, { packageName, fields });
  }
  return rows;
}
`;
const COLUMNS = 100;
const META = 'k8s.io.apimachinery.pkg.apis.meta.v1';

const source = process.argv[2];
if (source === undefined) {
  console.error(
    'usage: tsx scripts/extract-field-numbers.mjs <folder with api/ and apimachinery/>',
  );
  process.exit(1);
}
const { wireSchema } = await import('../generated/wire-schema.ts');
const messages = new Map();
const rows = {};
for (const [key, typeName] of Object.entries(wireSchema.kinds)) visitKind(key, typeName);
const file = new URL('../src/apiserver/protobuf/field-numbers.ts', import.meta.url);
writeFileSync(file, `${HEADER}\`\n${tableText()}\`;\n${FOOTER}`);
console.log(`${Object.keys(rows).length} types; not found: ${missing().join(', ')}`);

function visitKind(key, typeName) {
  const parts = key.split('/');
  const kind = parts.at(-1);
  const version = parts.at(-2);
  const group = parts.length === 2 ? 'core' : parts[0].split('.')[0];
  const own = messageOf(`k8s.io.api.${group}.${version}.${kind}`);
  visit(typeName, own ?? messageOf(`${META}.${kind}`));
}

function visit(typeName, message) {
  if (message === undefined || rows[typeName] !== undefined) return;
  addRow(typeName, message, wireSchema.types[typeName].fields);
}

/** Also visits the types of the fields. */
function addRow(rowName, message, wireFields) {
  const words = [];
  rows[rowName] = [message.package, words];
  let expected = 1;
  // Go's names lend some fields another case than JSON's tags do.
  const byLowerCase = new Map(Object.keys(wireFields).map((name) => [name.toLowerCase(), name]));
  for (const field of message.fields.toSorted((a, b) => a.number - b.number)) {
    const name = byLowerCase.get(field.name.toLowerCase());
    const wireType = wireFields[name];
    const at = field.number === expected ? '' : `@${field.number}`;
    expected = field.number + 1;
    if (wireType === undefined) {
      if (!field.type.includes('.')) {
        throw new Error(`${rowName}.${field.name} is not in the wire schema`);
      }
      words.push(`+${addInline(rowName, field, wireFields)}${at}`);
      continue;
    }
    const isPointer = message.pointers.has(name) && /^[sbilnqx]$/.test(wireType);
    words.push(`${name}${isPointer ? '*' : ''}${at}`);
    const target = /@(\w+)$/.exec(wireType)?.[1];
    if (target !== undefined) visit(target, messageOf(field.type));
  }
}

function addInline(rowName, field, wireFields) {
  const message = messageOf(field.type);
  if (message === undefined) throw new Error(`${rowName}.${field.name}: no message ${field.type}`);
  // The message may also be a type of its own, with the same fields; one row serves both.
  if (rows[message.name] === undefined) addRow(message.name, message, wireFields);
  return message.name;
}

function messageOf(fullName) {
  const dot = fullName.lastIndexOf('.');
  return messagesOf(fullName.slice(0, dot)).get(fullName.slice(dot + 1));
}

/** The messages of a package, by name. */
function messagesOf(packageName) {
  if (!messages.has(packageName)) messages.set(packageName, readPackage(packageName));
  return messages.get(packageName);
}

function readPackage(packageName) {
  const folder = join(source, packageName.replace(/^k8s\.io\./, '').replaceAll('.', '/'));
  const found = new Map();
  if (!existsSync(join(folder, 'generated.proto'))) return found;
  const text = readFileSync(join(folder, 'generated.proto'), 'utf8');
  const pointers = readPointers(folder);
  for (const [, name, body] of text.matchAll(/^message (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields = [
      ...body.matchAll(/^ {2}(?:optional |repeated )?(map<[^>]*>|\S+) (\w+) = (\d+);/gm),
    ];
    found.set(name, {
      name,
      package: packageName,
      pointers: pointers.get(name) ?? new Set(),
      fields: fields.map(([, type, field, number]) => ({
        type: fullName(type.replace(/^map<string, (.*)>$/, '$1'), packageName),
        name: field,
        number: Number(number),
      })),
    });
  }
  return found;
}

/** '.k8s.io.api.core.v1.Pod' and, within its package, 'Pod'; scalars have no dot. */
function fullName(type, packageName) {
  if (type.includes('.')) return type.replace(/^\./, '');
  return /^[A-Z]/.test(type) ? `${packageName}.${type}` : type;
}

/** The fields of a package's Go structs that are pointers. */
function readPointers(folder) {
  const found = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('types.go'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
      const fields = body.matchAll(/^\t\w+\s+\*\S+\s+`json:"(\w+)/gm);
      found.set(name, new Set([...fields].map((field) => field[1])));
    }
  }
  return found;
}

function tableText() {
  const byPackage = {};
  for (const name of Object.keys(rows).toSorted()) (byPackage[rows[name][0]] ??= []).push(name);
  return Object.keys(byPackage)
    .toSorted()
    .map((name) => `[${name.replace(/^k8s\.io\./, '')}]\n${byPackage[name].map(rowText).join('')}`)
    .join('');
}

function rowText(name) {
  const lines = [name];
  for (const word of rows[name][1]) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length > COLUMNS) lines.push(` ${word}`);
    else lines[lines.length - 1] = longer;
  }
  return `${lines.join('\n')}\n`;
}

function missing() {
  return Object.keys(wireSchema.types).filter((name) => rows[name] === undefined);
}
