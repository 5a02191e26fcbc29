// The shape of a custom resource, read from the structural OpenAPI v3 schema of its definition.
// Upstream: kube-openapi/pkg/schemaconv/openapi.go,
// apiextensions-apiserver/pkg/controller/openapi/builder.
import { isObject, type JsonObject } from '../patch/json-value';
import { DEDUCED, shapeOfType, type ListShape, type MapShape, type Shape } from './shape';

const STRING: Shape = { scalar: 'string' };
const UNTYPED: Shape = { scalar: 'untyped' };

/** `schema` is that of the whole object; its metadata is that of every object. */
export function shapeOfSchema(schema: unknown): Shape {
  if (!isObject(schema)) return DEDUCED;
  const shape = shapeOf(schema);
  if (!shape.map) return shape;
  return { map: withTypeMeta(shape.map) };
}

function withTypeMeta(map: MapShape): MapShape {
  return {
    ...map,
    field: (name) => {
      if (name === 'metadata') return shapeOfType('ObjectMeta');
      return name === 'apiVersion' || name === 'kind' ? STRING : map.field(name);
    },
  };
}

function shapeOf(schema: JsonObject): Shape {
  if (schema['x-kubernetes-int-or-string'] === true) return UNTYPED;
  switch (schema.type) {
    case 'object': {
      const map = mapShape(schema);
      return { map: schema['x-kubernetes-embedded-resource'] === true ? withTypeMeta(map) : map };
    }
    case 'array':
      return { list: listShape(schema) };
    case 'string':
      return schema.format === undefined || schema.format === 'byte' ? STRING : UNTYPED;
    case 'integer':
    case 'number':
      return { scalar: 'numeric' };
    case 'boolean':
      return { scalar: 'boolean' };
    default:
      return DEDUCED;
  }
}

function mapShape(schema: JsonObject): MapShape {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const shapes = new Map<string, Shape>();
  const field = (name: string): Shape | undefined => {
    if (!Object.hasOwn(properties, name)) return undefined;
    let shape = shapes.get(name);
    if (!shape) {
      const property = properties[name];
      shapes.set(name, (shape = isObject(property) ? shapeOf(property) : DEDUCED));
    }
    return shape;
  };
  return {
    isAtomic: schema['x-kubernetes-map-type'] === 'atomic',
    field,
    element: elementShape(schema, properties),
  };
}

/** Of members without a property; none when the properties are all there may be. */
function elementShape(schema: JsonObject, properties: JsonObject): Shape | undefined {
  const { additionalProperties: others } = schema;
  if (isObject(others)) return shapeOf(others);
  if (others === true || schema['x-kubernetes-preserve-unknown-fields'] === true) return DEDUCED;
  return Object.keys(properties).length === 0 ? DEDUCED : undefined;
}

function listShape(schema: JsonObject): ListShape {
  const type = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  const items = isObject(schema.items) ? schema.items : {};
  const element = shapeOf(items);
  return {
    isAtomic: type !== 'set' && type !== 'map',
    keys: type === 'map' && Array.isArray(keys) ? (keys as string[]) : [],
    keyDefaults: defaultsOf(items),
    element,
  };
}

function defaultsOf({ properties }: JsonObject): JsonObject {
  if (!isObject(properties)) return {};
  const entries = Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) && property.default !== undefined ? [[name, property.default]] : [],
  );
  return Object.fromEntries(entries) as JsonObject;
}
