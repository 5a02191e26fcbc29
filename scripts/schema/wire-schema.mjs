// Builds the wire schema: for every kind that a default 1.36 API server serves, its tree of types
// in the short form of src/api/wire-schema.ts, from the client's models and the wire declarations
// walked side by side. Alpha and beta versions, off by default in a real cluster, are left out.

/** Kinds that belong to no group of their own, but travel as bodies of requests and answers. */
const META_KINDS = ['DeleteOptions', 'Status', 'WatchEvent'];

/** Models of another group that only the core API's subresources take. */
const SUBRESOURCE_BODIES = ['AuthenticationV1TokenRequest', 'V1Eviction', 'V1Scale'];

/**
 * Answers { schema, models, values, docs }: the WireSchema; the client's model by short type name;
 * the closed sets of values and the descriptions by 'Type.field'.
 */
export function buildWireSchema(client, wire) {
  const walk = {
    client,
    wire,
    types: {},
    models: {},
    values: {},
    docs: {},
    pending: [],
    shortNames: {},
  };
  const kinds = {};
  for (const folder of wire.stableVersions().toSorted(byCoreFirst)) {
    const served = new Set([...client.apiModels(apiClassOf(folder)), ...SUBRESOURCE_BODIES]);
    for (const { kind, path } of wire.kinds(folder)) {
      const model = clientModelOf(folder, kind, served);
      if (model === undefined || kind.endsWith('List')) continue;
      kinds[`${folder}/${kind}`] = visit(walk, model, path);
    }
  }
  for (const kind of META_KINDS)
    kinds[`v1/${kind}`] = visit(walk, `V1${kind}`, wire.metaPath(kind));
  while (walk.pending.length > 0) fillType(walk, walk.pending.shift());
  return {
    schema: { types: sorted(walk.types), kinds: sorted(kinds) },
    models: walk.models,
    values: walk.values,
    docs: walk.docs,
  };
}

function byCoreFirst(a, b) {
  const rank = (folder) => (folder === 'v1' ? '' : folder);
  return rank(a) < rank(b) ? -1 : 1;
}

/** 'rbac.authorization.k8s.io/v1' gives 'RbacAuthorizationV1Api', 'v1' gives 'CoreV1Api'. */
function apiClassOf(folder) {
  const [group, version] = folder === 'v1' ? ['core', 'v1'] : folder.split('/');
  const words = group.replace(/\.k8s\.io$/, '').split('.');
  return `${[...words, version].map(capitalised).join('')}Api`;
}

function clientModelOf(folder, kind, served) {
  const version = capitalised(folder.split('/').at(-1));
  const group = capitalised(folder === 'v1' ? 'core' : folder.split(/[./]/)[0]);
  return [`${group}${version}${kind}`, `${version}${kind}`].find((name) => served.has(name));
}

/** Names a model and, the first time it is met, queues its fields. */
function visit(walk, model, path) {
  const name = shortName(walk, model);
  if (walk.models[name] === undefined) {
    walk.models[name] = model;
    walk.pending.push({ name, model, path });
  }
  return name;
}

/** 'V1PodSpec' and 'CoreV1Event' drop their prefix; a name already taken keeps its own in full. */
function shortName(walk, model) {
  const plain = model.replace(/^(Core)?V1(?=[A-Z])/, '').replace(/^V\d+(?=[A-Z])/, '');
  const owner = (walk.shortNames[plain] ??= model);
  return owner === model ? plain : model;
}

function fillType(walk, { name, model, path }) {
  const declared = path === undefined ? new Map() : walk.wire.fields(path);
  const fields = {};
  const required = [];
  for (const field of walk.client.model(model).fields) {
    const wireField = declared.get(field.name);
    fields[field.name] = fieldType(walk, field, wireField);
    if (field.required && field.name !== 'apiVersion' && field.name !== 'kind') {
      required.push(field.name);
    }
    if (wireField?.description) walk.docs[`${name}.${field.name}`] = wireField.description;
    const values = closedValues(wireField);
    if (values.length > 0) walk.values[`${name}.${field.name}`] = values;
  }
  walk.types[name] = required.length > 0 ? { fields, required } : { fields };
}

function fieldType(walk, field, wireField) {
  const list = /^Array<(.*)>$/.exec(field.type);
  if (list !== null) return `[${fieldType(walk, { ...field, type: list[1] }, wireField)}`;
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(field.type);
  if (map !== null) return `{${fieldType(walk, { ...field, type: map[1] }, wireField)}`;
  if (walk.client.has(field.type)) return `@${visit(walk, field.type, wireField?.target)}`;
  return scalarType(field, wireField);
}

function scalarType({ name, type, format }, wireField) {
  if (type === 'any') return 'o';
  if (type === 'boolean') return 'b';
  if (type === 'IntOrString') return 'x';
  if (type === 'Date') return 't';
  if (type === 'V1MicroTime') return 'T';
  if (type === 'number')
    return { int32: 'i', int64: 'l', double: 'n' }[format] ?? fail(name, format);
  if (type !== 'string') return fail(name, type);
  if (format === 'byte') return 'y';
  return wireField?.type.includes('ApiResourceQuantity') ? 'q' : 's';
}

function fail(field, what) {
  throw new Error(`field ${field}: no short form for "${what}": has the client changed?`);
}

/** 'Always' | 'Never' gives ['Always', 'Never']; empty for an open string. */
function closedValues(wireField) {
  const item = wireField?.type.replace(/^Array<(.*)>$/, '$1') ?? '';
  if (!/^\(?"[^"]*"( \| "[^"]*")*\)?$/.test(item)) return [];
  return [...item.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
}

function capitalised(word) {
  return word[0].toUpperCase() + word.slice(1);
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
