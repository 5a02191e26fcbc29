// The OpenAPI 2 document in protobuf, as kubectl asks for it when it meets a kind that no version 3
// document knows. It reads nothing else there.
// Source: gnostic's openapiv2/OpenAPIv2.proto.
import type { Schema } from './schemas';

/** Media types that ask for it. */
export const V2_PROTOBUF = /^application\/com\.github\.proto-openapi\.spec\.v2[.@]v1\.0\+protobuf/;
export const V2_PROTOBUF_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

export interface DocumentV2 {
  swagger: string;
  info: { title: string; version: string };
  paths: Record<string, Schema>;
  definitions: Record<string, Schema>;
}

type Bytes = number[];

/** Numbers of a PathItem's operations. */
const OPERATIONS: Readonly<Record<string, number>> = {
  get: 2,
  put: 3,
  post: 4,
  delete: 5,
  patch: 8,
};

/** The document's bytes. */
export function encodeDocumentV2({ swagger, info, paths, definitions }: DocumentV2): Uint8Array {
  const head = [
    ...text(1, swagger),
    ...message(2, [...text(1, info.title), ...text(2, info.version)]),
  ];
  const body = message(8, named(2, paths, pathItem));
  return Uint8Array.from(head.concat(body, message(9, named(1, definitions, schema))));
}

function pathItem(item: Schema): Bytes {
  return Object.keys(OPERATIONS).flatMap((method) => {
    const found = item[method] as Schema | undefined;
    return found ? message(OPERATIONS[method], operation(found)) : [];
  });
}

function operation({ parameters, ...rest }: Schema): Bytes {
  const queries = (parameters as Schema[]).map(({ name, in: where, type }) => {
    const query = [...text(2, where), ...text(4, name), ...text(6, type)];
    // Item, parameter, one that is no body, one of the query.
    return message(8, message(1, message(2, message(3, query))));
  });
  return [...queries.flat(), ...extensions(13, rest)];
}

function schema(source: Schema): Bytes {
  const { $ref, format, description, required = [], type, items, properties } = source;
  const { additionalProperties } = source;
  return [
    ...text(1, $ref),
    ...text(2, format),
    ...text(4, description),
    ...(required as string[]).flatMap((name) => text(19, name)),
    ...(additionalProperties
      ? message(21, message(1, schema(additionalProperties as Schema)))
      : []),
    ...(type ? message(22, text(1, type)) : []),
    ...(items ? message(23, message(1, schema(items as Schema))) : []),
    ...(properties ? message(25, named(1, properties as Record<string, Schema>, schema)) : []),
    ...extensions(31, source),
  ];
}

/** A map, as pairs of name and value. */
function named<T>(number: number, map: Record<string, T>, encode: (value: T) => Bytes): Bytes {
  const parts: Bytes = [];
  for (const [name, value] of Object.entries(map)) {
    for (const byte of message(number, [...text(1, name), ...message(2, encode(value))])) {
      parts.push(byte);
    }
  }
  return parts;
}

/** What begins with 'x-', as YAML, of which JSON is a part. */
function extensions(number: number, source: Schema): Bytes {
  const own = Object.entries(source).filter(([name]) => name.startsWith('x-'));
  return named(number, Object.fromEntries(own), (value) => text(2, JSON.stringify(value)));
}

function text(number: number, value: unknown): Bytes {
  return typeof value === 'string' ? message(number, [...new TextEncoder().encode(value)]) : [];
}

function message(number: number, content: Bytes): Bytes {
  const head = [...varint((number << 3) | 2), ...varint(content.length)];
  return head.concat(content);
}

function varint(value: number): Bytes {
  const bytes: Bytes = [];
  let left = value;
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  bytes.push(left);
  return bytes;
}
