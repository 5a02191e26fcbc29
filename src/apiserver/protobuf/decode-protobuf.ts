// Reads an object in Kubernetes' protobuf encoding as the JSON that says the same, because kubectl
// sends its typed objects so and falls back to nothing. Answers are always JSON.
// Invariant: what is no such encoding throws RangeError; nothing is guessed.
// Where the real one differs: it also writes protobuf.
// Upstream: apimachinery/pkg/runtime/serializer/protobuf, api/*/generated.pb.go.
import { wireSchema } from '../../../generated/wire-schema';
import { encodeBytes } from '../../api/base64';
import { formatMicroTime, formatTime } from '../../api/time';
import type { FieldType } from '../../api/wire-schema';
import { messageLayout, type MessageField } from './message-layout';
import { ProtobufReader } from './protobuf-reader';
import { readSchemaUnion, type SchemaUnion } from './schema-union';

type Json = Record<string, unknown>;

/** 'k8s' and a zero: what every encoded object begins with. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];
const META_KINDS = new Set(['DeleteOptions']);

/** Throws RangeError when it is no encoded object of a built-in kind. */
export function decodeProtobuf(bytes: Uint8Array): Json {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) throw new RangeError('no encoded object');
  const envelope = new ProtobufReader(bytes.subarray(MAGIC.length));
  let typeMeta = { apiVersion: '', kind: '' };
  let raw = new Uint8Array();
  while (envelope.next()) {
    if (envelope.field === 1) typeMeta = readTypeMeta(envelope.bytes());
    else if (envelope.field === 2) raw = envelope.bytes();
    else envelope.skip();
  }
  const { apiVersion, kind } = typeMeta;
  const key = META_KINDS.has(kind) ? `v1/${kind}` : `${apiVersion}/${kind}`;
  const typeName = wireSchema.kinds[key];
  if (typeName === undefined) throw new RangeError(`no encoding of ${key} is known`);
  return { apiVersion, kind, ...readMessage(raw, typeName) };
}

function readTypeMeta(bytes: Uint8Array): { apiVersion: string; kind: string } {
  const typeMeta = { apiVersion: '', kind: '' };
  const reader = new ProtobufReader(bytes);
  while (reader.next()) {
    if (reader.field === 1) typeMeta.apiVersion = reader.text();
    else if (reader.field === 2) typeMeta.kind = reader.text();
    else reader.skip();
  }
  return typeMeta;
}

function readMessage(bytes: Uint8Array, typeName: string): Json {
  return readInto({}, bytes, typeName, typeName);
}

/** `rowName` is that of the message, `typeName` of the type whose JSON shows its fields. */
function readInto(into: Json, bytes: Uint8Array, rowName: string, typeName: string): Json {
  const layout = messageLayout(rowName);
  const { fields, required = [] } = wireSchema.types[typeName];
  const reader = new ProtobufReader(bytes);
  while (reader.next()) {
    const field = layout.get(reader.field);
    if (field === undefined) reader.skip();
    else if (field.isInline) readInto(into, reader.bytes(), field.name, typeName);
    else readField(into, reader, field, fields[field.name], required.includes(field.name));
  }
  return into;
}

function readField(
  into: Json,
  reader: ProtobufReader,
  { name, isPointer, union }: MessageField,
  type: FieldType,
  isRequired: boolean,
): void {
  if (type === undefined) return reader.skip();
  if (type[0] === '[') {
    const list = (into[name] ??= []) as unknown[];
    list.push(readValue(reader, type.slice(1)));
  } else if (type[0] === '{') {
    const [key, value] = readEntry(reader.bytes(), type.slice(1), union);
    Object.defineProperty((into[name] ??= {}), key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    const value = readValue(reader, type, union);
    // Go writes every field that is no pointer, so its zero says nothing.
    const saysNothing = !union && (value === '' || value === 0 || value === false);
    if (value !== undefined && (isPointer || isRequired || !saysNothing)) into[name] = value;
  }
}

function readEntry(
  bytes: Uint8Array,
  valueType: FieldType,
  union: SchemaUnion | undefined,
): [string, unknown] {
  const reader = new ProtobufReader(bytes);
  let key = '';
  let value: unknown;
  while (reader.next()) {
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = readValue(reader, valueType, union);
    else reader.skip();
  }
  return [key, value ?? (valueType === 's' ? '' : undefined)];
}

function readValue(reader: ProtobufReader, type: FieldType, union?: SchemaUnion): unknown {
  if (union) return readSchemaUnion(new ProtobufReader(reader.bytes()), union, readSchema);
  switch (type[0]) {
    case '@':
      return readMessage(reader.bytes(), type.slice(1));
    case '[':
      return readItems(reader.bytes(), type.slice(1));
    case 's':
      return reader.text();
    case 'b':
      return reader.integer() !== 0;
    case 'i':
    case 'l':
      return reader.integer();
    case 'n':
      return reader.double();
    case 't':
    case 'T':
      return readTime(reader.bytes(), type === 'T');
    case 'q':
      return readFirstText(reader.bytes());
    case 'x':
      return readIntOrString(reader.bytes());
    case 'y':
      return encodeBytes(reader.bytes());
    case 'o':
      return readAnyJson(reader.bytes());
    default:
      throw new RangeError(`no reader for type ${type}`);
  }
}

function readSchema(bytes: Uint8Array): Json {
  return readMessage(bytes, 'JSONSchemaProps');
}

/** A list inside a map travels as a message of its items. */
function readItems(bytes: Uint8Array, itemType: FieldType): unknown[] {
  const items: unknown[] = [];
  const reader = new ProtobufReader(bytes);
  while (reader.next()) items.push(readValue(reader, itemType));
  return items;
}

/** Undefined for the zero time, which JSON does not show. */
function readTime(bytes: Uint8Array, micro: boolean): string | undefined {
  const reader = new ProtobufReader(bytes);
  let seconds: number | undefined;
  let nanos = 0;
  while (reader.next()) {
    if (reader.field === 1) seconds = reader.integer();
    else if (reader.field === 2) nanos = reader.integer();
    else reader.skip();
  }
  if (seconds === undefined) return undefined;
  return micro ? formatMicroTime(seconds * 1000 + nanos / 1e6) : formatTime(seconds * 1000);
}

function readFirstText(bytes: Uint8Array): string {
  const reader = new ProtobufReader(bytes);
  let text = '';
  while (reader.next()) {
    if (reader.field === 1) text = reader.text();
    else reader.skip();
  }
  return text;
}

function readIntOrString(bytes: Uint8Array): number | string {
  const reader = new ProtobufReader(bytes);
  let isText = false;
  let number = 0;
  let text = '';
  while (reader.next()) {
    if (reader.field === 1) isText = reader.integer() === 1;
    else if (reader.field === 2) number = reader.integer();
    else if (reader.field === 3) text = reader.text();
    else reader.skip();
  }
  return isText ? text : number;
}

/** RawExtension, FieldsV1 and JSON all hold their JSON as text in their first field. */
function readAnyJson(bytes: Uint8Array): unknown {
  const text = readFirstText(bytes);
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('JSON inside of protobuf is malformed');
  }
}
