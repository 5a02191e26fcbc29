// Builds the editor's JSON Schema from the wire schema and the client's descriptions. One object
// carries every kind: an if on apiVersion and kind picks the definition, whose properties are
// closed, while kinds that are not built in stay open.

const SCALARS = {
  s: { type: 'string' },
  b: { type: 'boolean' },
  i: { type: 'integer' },
  l: { type: 'integer' },
  n: { type: 'number' },
  t: { type: 'string', format: 'date-time' },
  T: { type: 'string', format: 'date-time' },
  q: { type: ['string', 'number'] },
  x: { type: ['integer', 'string'] },
  y: { type: 'string' },
  o: {},
};

/**
 * Takes what buildWireSchema answered. Fields are described in the wire models' words, which are
 * the server's to the letter, and where those have none, in the client's.
 */
export function buildDocsSchema({ schema, models, values, docs }, client) {
  const definitions = {};
  for (const [name, type] of Object.entries(schema.types)) {
    definitions[name] = definitionOf(name, type, client.model(models[name]), { values, docs });
  }
  const pairs = Object.keys(schema.kinds).map((key) => {
    const slash = key.lastIndexOf('/');
    return { apiVersion: key.slice(0, slash), kind: key.slice(slash + 1), type: schema.kinds[key] };
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: openString(pairs.map((pair) => pair.apiVersion)),
      kind: openString(pairs.map((pair) => pair.kind)),
    },
    allOf: pairs.map(({ apiVersion, kind, type }) => ({
      if: {
        required: ['apiVersion', 'kind'],
        properties: { apiVersion: { const: apiVersion }, kind: { const: kind } },
      },
      then: { $ref: `#/definitions/${type}` },
    })),
    definitions,
  };
}

/** A string that offers the known values and accepts any other. */
function openString(values) {
  return { anyOf: [{ enum: [...new Set(values)].toSorted() }, { type: 'string' }] };
}

function definitionOf(name, type, model, { values, docs }) {
  const documented = new Map(model.fields.map((field) => [field.name, field.description]));
  const properties = {};
  for (const [field, fieldType] of Object.entries(type.fields)) {
    const property = propertyOf(fieldType, values[`${name}.${field}`]);
    const description = docs[`${name}.${field}`] ?? documented.get(field);
    // draft-07 ignores whatever stands beside a $ref, so a described reference is wrapped.
    if (!description) properties[field] = property;
    else if ('$ref' in property) properties[field] = { description, allOf: [property] };
    else properties[field] = { description, ...property };
  }
  return {
    description: model.description,
    type: 'object',
    properties,
    ...(type.required ? { required: type.required } : {}),
    additionalProperties: false,
  };
}

function propertyOf(fieldType, values) {
  if (fieldType[0] === '[') return { type: 'array', items: propertyOf(fieldType.slice(1), values) };
  if (fieldType[0] === '{') {
    return { type: 'object', additionalProperties: propertyOf(fieldType.slice(1), values) };
  }
  if (fieldType[0] === '@') return { $ref: `#/definitions/${fieldType.slice(1)}` };
  return values === undefined ? SCALARS[fieldType] : { ...SCALARS[fieldType], enum: values };
}
