// JSON as values, by its declared type and lazily: an object is wrapped, not copied, and a field is
// read when an expression reads it. And values as JSON again, exactly.
// Upstream: apiserver/pkg/cel/common/values.go, apiserver/pkg/cel/value.go.
import { decodeBytes, encodeBytes } from '../api/base64';
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp } from './time-values';
import type { CelType, MapType, ObjectType } from './types';
import {
  CelError,
  CelList,
  Duration,
  OpaqueValue,
  OptionalValue,
  Timestamp,
  TypeValue,
  Uint,
  isStructValue,
  keyText,
  type CelValue,
  type MapValue,
  type StructValue,
} from './values';

type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON value as one of the type. Throws CelError when it is none. */
export function fromJson(json: unknown, type: CelType): CelValue {
  if (json === null || json === undefined) return null;
  switch (type.kind) {
    case 'int':
      if (typeof json === 'number' && Number.isInteger(json)) return BigInt(json);
      return mistyped('integer', json);
    case 'uint':
      return typeof json === 'number' ? new Uint(BigInt(json)) : mistyped('integer', json);
    case 'double':
      return typeof json === 'number' ? json : mistyped('number', json);
    case 'bool':
      return typeof json === 'boolean' ? json : mistyped('boolean', json);
    case 'string':
      return typeof json === 'string' ? json : mistyped('string', json);
    case 'bytes':
      return typeof json === 'string' ? bytesOf(json) : mistyped('string', json);
    case 'timestamp':
      return typeof json === 'string' ? timestampOf(json) : mistyped('string', json);
    case 'duration':
      return typeof json === 'string' ? durationOf(json) : mistyped('string', json);
    case 'list':
      if (!Array.isArray(json)) return mistyped('array', json);
      return new CelList(
        json.map((item) => fromJson(item, type.element)),
        type.listType,
        type.mapKeys,
      );
    case 'map':
      return isObject(json) ? new JsonMap(json, type) : mistyped('object', json);
    case 'object':
      return isObject(json) ? new JsonStruct(json, type) : mistyped('object', json);
    default:
      return fromUntyped(json);
  }
}

const UNTYPED_MAP: MapType = { kind: 'map', key: { kind: 'string' }, element: { kind: 'dyn' } };

function fromUntyped(json: unknown): CelValue {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (Array.isArray(json)) return new CelList(json.map((item) => fromJson(item, { kind: 'dyn' })));
  return isObject(json) ? new JsonMap(json, UNTYPED_MAP) : (json as string | boolean);
}

class JsonMap implements MapValue {
  readonly isMap = true;
  constructor(
    private readonly json: JsonObject,
    private readonly type: MapType,
  ) {}

  get size(): number {
    return Object.keys(this.json).length;
  }

  keys(): CelValue[] {
    return Object.keys(this.json).sort();
  }

  get(key: CelValue): CelValue | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.json, key)) return undefined;
    return fromJson(this.json[key], this.type.element);
  }
}

class JsonStruct implements StructValue {
  readonly isStruct = true;
  constructor(
    private readonly json: JsonObject,
    private readonly type: ObjectType,
  ) {}

  get typeName(): string {
    return this.type.name;
  }

  fields(): string[] {
    return Object.keys(this.json).filter((name) => this.json[name] !== null);
  }

  get(field: string): CelValue | undefined {
    const type = this.type.field(field);
    const name = this.type.jsonName?.(field) ?? field;
    const value = Object.hasOwn(this.json, name) ? this.json[name] : undefined;
    if (value === undefined || value === null) return undefined;
    return fromJson(value, type ?? { kind: 'dyn' });
  }
}

/** Throws CelError for what JSON has no form for, and integers that it cannot hold exactly. */
export function toJson(value: CelValue): unknown {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'bigint' ? exactNumber(value) : value;
  }
  if (value instanceof Uint) return exactNumber(value.value);
  if (value instanceof Uint8Array) return encodeBytes(value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof CelList) return value.items.map(toJson);
  if (value instanceof OptionalValue) return value.value === undefined ? null : toJson(value.value);
  if (value instanceof OpaqueValue || value instanceof TypeValue) {
    throw new CelError('unsupported conversion to JSON');
  }
  if (isStructValue(value)) {
    return Object.fromEntries(
      value.fields().map((field) => [field, toJson(value.get(field)!)] as const),
    );
  }
  const entries = value.keys().map((key) => [keyText(key), toJson(value.get(key)!)] as const);
  return Object.fromEntries(entries);
}

function exactNumber(value: bigint): number {
  const number = Number(value);
  if (BigInt(number) !== value) throw new CelError(`integer ${value} cannot be written exactly`);
  return number;
}

function bytesOf(text: string): CelValue {
  try {
    return Uint8Array.from(decodeBytes(text));
  } catch {
    throw new CelError('invalid base64 data');
  }
}

function timestampOf(text: string): CelValue {
  const time = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time) return time;
  throw new CelError(`Invalid date-time format "${text}"`);
}

function durationOf(text: string): CelValue {
  const duration = parseDuration(text);
  if (duration) return duration;
  throw new CelError(`Invalid duration format "${text}"`);
}

function mistyped(expected: string, json: unknown): never {
  const found = Array.isArray(json) ? 'array' : typeof json;
  throw new CelError(`invalid data, expected ${expected} type, got ${found}`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
