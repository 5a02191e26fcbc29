// Turns parsed JSON into a value of a type of the wire schema: what the type does not know is left
// out and noted, scalars are checked and spelled canonically, nulls and forgotten zeros disappear.
// The first mismatch ends it, with the message of Go's decoder.
// Upstream: sigs.k8s.io/json, apimachinery/pkg/api/resource, apimachinery/pkg/apis/meta/v1.
import { canonicalQuantity, QuantityError } from '../../api/quantity';
import type { FieldType } from '../../api/wire-schema';
import { isObject, setMember, type JsonObject } from '../patch/json-value';
import { fillAlwaysPresent } from './always-present';
import { decodeTime } from './decode-time';
import { goName, goType, goTypeOfField, jsonKind } from './go-types';
import { typeSchema } from './known-types';
import { isForgotten } from './zero-values';

/** A mismatch of types; the message begins with 'json:' or is that of the field's own decoder. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** Where a schema may hold a schema or something else, its own decoder looks at what is there. */
function schemaType(typeName: string, field: string, value: unknown): FieldType | undefined {
  if (typeName !== 'JSONSchemaProps') return undefined;
  const isOther = field === 'items' ? Array.isArray(value) : typeof value === 'boolean';
  const isEither = field === 'items' || field === 'additionalProperties';
  return isEither && !isOther ? '@JSONSchemaProps' : undefined;
}

const INT32_MAX = 2 ** 31;
const BASE64 = /^[A-Za-z0-9+/]*$/;

export class ValueDecoder {
  /** 'unknown field "spec.replicsa"' and 'duplicate field "data.a"', in the order of the text. */
  readonly complaints: string[] = [];
  /** Where the decoder stands: field names, list indexes and keys of maps. */
  private readonly path: (string | number | { key: string })[] = [];
  private owner = '';
  private field = '';

  constructor(private readonly duplicates: ReadonlyMap<object, readonly string[]>) {}

  /** The object as `typeName`. Throws DecodeError. */
  object(value: unknown, typeName: string): JsonObject {
    if (value === null) return {};
    if (!isObject(value)) this.mismatch(value, '@' + typeName);
    const { owner, field } = this;
    this.owner = typeName;
    const { fields, required = [] } = typeSchema(typeName);
    const result: JsonObject = {};
    for (const name in value) {
      this.path.push(name);
      const declared = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const type = schemaType(typeName, name, value[name]) ?? declared;
      if (type === undefined) {
        this.complaints.push(`unknown field "${this.where()}"`);
      } else {
        this.field = name;
        const decoded = this.value(value[name], type);
        const isRequired = required.includes(name);
        const isEmpty = !isRequired && isEmptyCollection(decoded, type);
        if (
          decoded !== undefined &&
          !isEmpty &&
          !isForgotten(typeName, name, decoded, isRequired)
        ) {
          result[name] = decoded;
        }
      }
      this.path.pop();
    }
    fillAlwaysPresent(result, typeName);
    this.noteDuplicates(value);
    this.owner = owner;
    this.field = field;
    return result;
  }

  private value(value: unknown, type: string): unknown {
    if (value === null || value === undefined) return undefined;
    switch (type[0]) {
      case '@':
        return this.object(value, type.slice(1));
      case '[':
        return this.list(value, type);
      case '{':
        return this.map(value, type);
      case 's':
        return typeof value === 'string' ? value : this.mismatch(value, type);
      case 'b':
        return typeof value === 'boolean' ? value : this.mismatch(value, type);
      case 'i':
      case 'l':
        return this.integer(value, type);
      case 'n':
        return typeof value === 'number' ? value : this.mismatch(value, type);
      case 't':
      case 'T':
        return this.time(value, type === 'T');
      case 'q':
        return quantity(value);
      case 'x':
        return intOrString(value);
      case 'y':
        return this.bytes(value);
      default:
        return value;
    }
  }

  private list(value: unknown, type: string): unknown[] {
    if (!Array.isArray(value)) this.mismatch(value, type);
    const itemType = type.slice(1);
    return value.map((item: unknown, index) => {
      this.path.push(index);
      const decoded = this.value(item ?? nothing(itemType), itemType) ?? zeroOf(itemType);
      this.path.pop();
      return decoded;
    });
  }

  private map(value: unknown, type: string): JsonObject {
    if (!isObject(value)) this.mismatch(value, type);
    const valueType = type.slice(1);
    const result: JsonObject = {};
    for (const key in value) {
      this.path.push({ key });
      const part = value[key] ?? nothing(valueType);
      setMember(result, key, this.value(part, valueType) ?? zeroOf(valueType));
      this.path.pop();
    }
    this.noteDuplicates(value);
    return result;
  }

  private integer(value: unknown, type: string): number {
    if (typeof value !== 'number') return this.mismatch(value, type);
    const fits = type === 'l' || (value >= -INT32_MAX && value < INT32_MAX);
    return Number.isInteger(value) && fits ? value : this.mismatch(value, type, ` ${value}`);
  }

  private time(value: unknown, micro: boolean): string {
    if (typeof value !== 'string') {
      throw new DecodeError(
        `json: cannot unmarshal ${jsonKind(value)} into Go value of type string`,
      );
    }
    try {
      return decodeTime(value, micro);
    } catch (error) {
      throw new DecodeError((error as Error).message);
    }
  }

  private bytes(value: unknown): string {
    if (typeof value !== 'string') return this.mismatch(value, 'y');
    const text = value.replace(/[\r\n]/g, '');
    const body = text.replace(/={1,2}$/, '');
    if (BASE64.test(body) && text.length % 4 === 0 && body.length % 4 !== 1) return text;
    const bad = [...text].findIndex((char) => !BASE64.test(char));
    const at = bad >= 0 && bad < body.length ? bad : text.length - (text.length % 4);
    throw new DecodeError(`illegal base64 data at input byte ${at}`);
  }

  private noteDuplicates(value: object): void {
    const keys = this.duplicates.get(value);
    if (!keys) return;
    for (const key of keys) {
      this.path.push(key);
      this.complaints.push(`duplicate field "${this.where()}"`);
      this.path.pop();
    }
  }

  /** 'spec.containers[0].image'. */
  private where(): string {
    let text = '';
    for (const step of this.path) {
      if (typeof step === 'number') text += `[${step}]`;
      else text += (text && '.') + (typeof step === 'string' ? step : step.key);
    }
    return text;
  }

  private mismatch(value: unknown, type: string, literal = ''): never {
    const what = `json: cannot unmarshal ${jsonKind(value)}${literal} into Go`;
    const names = this.path.filter((step) => typeof step === 'string');
    if (names.length === 0) throw new DecodeError(`${what} value of type ${goType(type)}`);
    const own = typeof this.path.at(-1) === 'string';
    const wanted = own ? goTypeOfField(this.owner, this.field, type) : this.elementType(type);
    const field = `${goName(this.owner)}.${names.join('.')}`;
    throw new DecodeError(`${what} struct field ${field} of type ${wanted}`);
  }

  /** Of an item in a list whose Go type has a name: '[]v1.Capability' gives 'v1.Capability'. */
  private elementType(type: string): string {
    const whole = goTypeOfField(this.owner, this.field, '[' + type);
    return whole.startsWith('[]') ? whole.slice(2) : goType(type);
  }
}

function isEmptyCollection(value: unknown, type: string): boolean {
  if (type[0] === '[') return (value as unknown[] | undefined)?.length === 0;
  return type[0] === '{' && value !== undefined && Object.keys(value as object).length === 0;
}

/** What null is as an item: of a struct an empty one, with all that is always there. */
function nothing(type: string): unknown {
  return type[0] === '@' ? {} : undefined;
}

function zeroOf(type: string): unknown {
  return { s: '', b: false, i: 0, l: 0, n: 0, q: '0', y: '', '@': {}, '[': [], '{': {} }[type[0]];
}

function quantity(value: unknown): string {
  const isText = typeof value === 'string' || typeof value === 'number';
  try {
    return canonicalQuantity(isText ? value : '');
  } catch (error) {
    if (error instanceof QuantityError) throw new DecodeError(error.message);
    throw error;
  }
}

function intOrString(value: unknown): unknown {
  if (typeof value === 'string') return value;
  const literal = typeof value === 'number' ? ` ${value}` : '';
  if (literal && Number.isInteger(value) && Math.abs(value as number) < INT32_MAX) return value;
  const kind = jsonKind(value) + literal;
  throw new DecodeError(`json: cannot unmarshal ${kind} into Go value of type int32`);
}
