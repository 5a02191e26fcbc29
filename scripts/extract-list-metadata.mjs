// Rewrites src/api/list-metadata.ts from Kubernetes' Go types, for when a new version comes out:
// `npx tsx scripts/extract-list-metadata.mjs <folder that holds api/ and apimachinery/>`, which is
// staging/src/k8s.io of the Kubernetes source, or /usr/share/gocode/src/k8s.io of Debian's
// golang-k8s-api-dev and golang-k8s-apimachinery-dev.
// Run `npm run generate` before: names come from the wire schema, and only what it has is written.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Facts of the two groups whose Go types live outside api/; apiextensions and apiregistration. */
const OTHER_GROUPS = {
  'APIServiceStatus.conditions': conditions(),
  'CustomResourceDefinitionStatus.conditions': { listType: 'map', mapKeys: ['type'] },
  'JSONSchemaProps.x-kubernetes-validations': {
    mergeKey: 'rule',
    patchStrategy: 'merge',
    listType: 'map',
    mapKeys: ['rule'],
  },
};

const HEADER = `\
// How lists and maps of the built-in types of Kubernetes 1.36 are merged: facts that its Go types
// state and its OpenAPI models for clients do not. Written by scripts/extract-list-metadata.mjs.
// Upstream: staging/src/k8s.io/api/*/v1/types.go

export interface ListMetadata {
  /** Strategic merge patch: the field by which items of this list are told apart. */
  readonly mergeKey?: string;
  /** Strategic merge patch: without one, a list in a patch replaces the old list. */
  readonly patchStrategy?: 'merge' | 'replace' | 'retainKeys' | 'merge,retainKeys';
  /** Server-side apply: without one, the patch strategy decides, else the list is atomic. */
  readonly listType?: 'atomic' | 'set' | 'map';
  /** Server-side apply: the fields that identify an item of a list of type map. */
  readonly mapKeys?: readonly string[];
  /** Server-side apply: a map or struct that is owned as a whole; without it, by its fields. */
  readonly mapType?: 'atomic';
}

const table: readonly (readonly [ListMetadata, string])[] = [
`;

const FOOTER = `];

/**
 * By 'PodSpec.containers', with the type names of the wire schema; a type's own facts stand under
 * its bare name ('SecretKeySelector'). What is not listed follows the defaults named above.
 */
export const listMetadata: Readonly<Record<string, ListMetadata>> = Object.fromEntries(
  table.flatMap(([metadata, keys]) => keys.split(/\\s+/).map((key) => [key, metadata])),
);
`;

const source = process.argv[2];
if (source === undefined) {
  console.error(
    'usage: tsx scripts/extract-list-metadata.mjs <folder with api/ and apimachinery/>',
  );
  process.exit(1);
}
const { wireSchema } = await import('../generated/wire-schema.ts');
const structs = readStructs();
const metadata = { ...OTHER_GROUPS };
for (const name of Object.keys(wireSchema.types)) addType(name);
writeFileSync(new URL('../src/api/list-metadata.ts', import.meta.url), moduleText());
console.log(`src/api/list-metadata.ts: ${Object.keys(metadata).length} entries`);

function conditions() {
  return { mergeKey: 'type', patchStrategy: 'merge', listType: 'map', mapKeys: ['type'] };
}

/** Every struct of the stable versions by 'group/Name', its markers and its fields. */
function readStructs() {
  const folders = readdirSync(join(source, 'api')).flatMap((group) =>
    ['v1', 'v2'].map((version) => ({ group, version, path: join(source, 'api', group, version) })),
  );
  folders.push({
    group: 'meta',
    version: 'v1',
    path: join(source, 'apimachinery/pkg/apis/meta/v1'),
  });
  const found = new Map();
  for (const { group, version, path } of folders) {
    for (const text of goFiles(path)) {
      for (const [, comment, name, body] of text.matchAll(
        /((?:^\/\/.*\n)*)^type (\w+) struct \{\n([\s\S]*?)^\}/gm,
      )) {
        const struct = { group, markers: markersOf(comment), fields: fieldsOf(body) };
        found.set(`${group}/${version}/${name}`, struct);
      }
    }
  }
  return found;
}

function goFiles(path) {
  try {
    return readdirSync(path)
      .filter((file) => file.endsWith('.go') && !/_test|generated/.test(file))
      .map((file) => readFileSync(join(path, file), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  }
}

function fieldsOf(body) {
  const fields = [];
  let comment = '';
  for (const line of body.split('\n')) {
    if (/^\s*\/\//.test(line)) {
      comment += `${line.trim()}\n`;
      continue;
    }
    const field = /^\s*(?:(\w+)\s+)?(\S+)\s+`(.*)`/.exec(line);
    if (field !== null) {
      const [, , type, tag] = field;
      const [name, ...options] = (/json:"([^"]*)"/.exec(tag)?.[1] ?? '').split(',');
      const markers = { ...markersOf(comment), ...tagsOf(tag) };
      fields.push({ name, inline: options.includes('inline'), type, markers });
    }
    comment = '';
  }
  return fields;
}

function markersOf(comment) {
  const value = (name) => new RegExp(`\\+${name}=(\\S+)`).exec(comment)?.[1];
  const mapKeys = [...comment.matchAll(/\+listMapKey=(\S+)/g)].map((match) => match[1]);
  return {
    listType: value('listType'),
    mapType: value('mapType') ?? value('structType'),
    ...(mapKeys.length > 0 ? { mapKeys } : {}),
  };
}

/** Strategic merge reads the struct tags, never the comments, so the tags are what counts. */
function tagsOf(tag) {
  const mergeKey = /patchMergeKey:"([^"]*)"/.exec(tag)?.[1];
  const patchStrategy = /patchStrategy:"([^"]*)"/.exec(tag)?.[1];
  return { ...(mergeKey ? { mergeKey } : {}), ...(patchStrategy ? { patchStrategy } : {}) };
}

function addType(name) {
  const struct = structOf(name);
  if (struct === undefined) return;
  record(name, { mapType: struct.markers.mapType });
  for (const field of flattened(struct)) {
    if (wireSchema.types[name].fields[field.name] === undefined) continue;
    record(`${name}.${field.name}`, field.markers);
  }
}

/** The struct whose fields are those of the wire type: names alone do not tell groups apart. */
function structOf(name) {
  const [, group, version, plain] = /^(?:([A-Z][a-z]+)?V(\d)(?=[A-Z]))?(\w+)$/.exec(name);
  const wireFields = Object.keys(wireSchema.types[name].fields).toSorted().join();
  const path = new RegExp(`/v${version ?? '[12]'}/${plain}$`);
  const candidates = [...structs].filter(([key]) => path.test(key));
  const same = candidates.filter(
    ([, struct]) =>
      flattened(struct)
        .map((field) => field.name)
        .toSorted()
        .join() === wireFields,
  );
  const chosen = same.find(([, struct]) => struct.group === group?.toLowerCase()) ?? same[0];
  if (chosen === undefined && candidates.length > 0) console.error(`no struct fits ${name}`);
  return chosen?.[1];
}

function flattened(struct) {
  return struct.fields.flatMap((field) => {
    if (!field.inline) return field.name === '' || field.name === '-' ? [] : [field];
    const plain = field.type.split('.').at(-1).replace('*', '');
    const group = field.type.includes('metav1.') ? 'meta' : struct.group;
    const inlined = structs.get(`${group}/v1/${plain}`) ?? structs.get(`core/v1/${plain}`);
    return inlined === undefined ? [] : flattened(inlined);
  });
}

/** Atomic lists and granular maps are the rule, so only what differs from it is kept. */
function record(key, { mergeKey, patchStrategy, listType, mapKeys, mapType }) {
  const entry = {
    ...(mergeKey ? { mergeKey } : {}),
    ...(patchStrategy ? { patchStrategy } : {}),
    ...(listType && (listType !== 'atomic' || patchStrategy) ? { listType } : {}),
    ...(mapKeys ? { mapKeys } : {}),
    ...(mapType === 'atomic' ? { mapType } : {}),
  };
  if (Object.keys(entry).length > 0) metadata[key] = entry;
}

/** One row for each set of facts, followed by all that they hold for. */
function moduleText() {
  const rows = new Map();
  for (const key of Object.keys(metadata).toSorted()) {
    const facts = literal(metadata[key]);
    rows.set(facts, [...(rows.get(facts) ?? []), key]);
  }
  const row = ([facts, keys]) => `  [\n    ${facts},\n    \`${wrapped(keys)}\`,\n  ],\n`;
  const table = [...rows].toSorted(([, a], [, b]) => b.length - a.length).map(row);
  return `${HEADER}${table.join('')}${FOOTER}`;
}

function literal(entry) {
  return JSON.stringify(entry)
    .replace(/"(\w+)":/g, ' $1: ')
    .replaceAll('"', "'")
    .replace(/\}$/, ' }')
    .replaceAll("','", "', '");
}

function wrapped(words) {
  const lines = [''];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > 92) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join('\n     ');
}
