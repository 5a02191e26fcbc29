// One step of a path in a set of fields, as text: 'f:spec' a field, 'k:{"name":"web"}' the item of
// a list with that key, 'v:"x"' the item of a set, 'i:0' the item of a list by its place. The text
// is canonical (keys sorted, JSON as Go writes it), so that equal steps are equal strings.
// Upstream: sigs.k8s.io/structured-merge-diff fieldpath.
import { isObject, type JsonObject } from '../patch/json-value';

export function fieldElement(name: string): string {
  return 'f:' + name;
}

/** `fields` by name; their order does not matter. */
export function keyElement(fields: Readonly<JsonObject>): string {
  const names = Object.keys(fields);
  if (names.length > 1) names.sort();
  let text = '';
  for (const name of names) {
    text += `${text && ','}${goJson(name)}:${goJson(fields[name])}`;
  }
  return `k:{${text}}`;
}

export function valueElement(value: unknown): string {
  return 'v:' + goJson(value);
}

/** A step that a client wrote, in its canonical spelling. Undefined when its kind is not known. */
export function parseElement(text: string): string | undefined {
  if (text.length < 2) throw new SyntaxError('key must be 2 characters long:');
  if (text[1] !== ':') throw new SyntaxError(`missing colon: ${text}`);
  const content = text.slice(2);
  switch (text[0]) {
    case 'f':
      return text;
    case 'v':
      return valueElement(JSON.parse(content));
    case 'k': {
      const fields: unknown = JSON.parse(content);
      if (!isObject(fields)) throw new SyntaxError(`no object: ${content}`);
      return keyElement(fields);
    }
    case 'i':
      if (!/^[-+]?\d+$/.test(content)) throw new SyntaxError(`no number: ${content}`);
      return 'i:' + Number(content);
    default:
      return undefined;
  }
}

/** The order of steps: fields, keys, values, indexes; numbers by their size. */
export function compareElements(a: string, b: string): number {
  if (a === b) return 0;
  if (a[0] !== b[0]) return KINDS.indexOf(a[0]) - KINDS.indexOf(b[0]);
  if (a[0] === 'f') return a < b ? -1 : 1;
  const [left, right]: unknown[] = [JSON.parse(a.slice(2)), JSON.parse(b.slice(2))];
  if (a[0] === 'k') return compareKeys(left as JsonObject, right as JsonObject);
  return compareValues(left, right);
}

const KINDS = 'fkvi';

function compareKeys(a: JsonObject, b: JsonObject): number {
  const [left, right] = [Object.keys(a), Object.keys(b)];
  for (let at = 0; at < left.length && at < right.length; at++) {
    if (left[at] !== right[at]) return left[at] < right[at] ? -1 : 1;
    const order = compareValues(a[left[at]], b[right[at]]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareValues(a: unknown, b: unknown): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === 'object') {
    const [left, right] = [goJson(a), goJson(b)];
    return left < right ? -1 : Number(left > right);
  }
  return (a as string) < (b as string) ? -1 : Number((a as string) > (b as string));
}

function rankOf(value: unknown): number {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return ['number', 'string', 'boolean', 'array', 'object', 'null'].indexOf(kind);
}

/** As conflicts name it: '.spec', '[name="web"]', '[="x"]', '[0]'. */
export function describeElement(element: string): string {
  const content = element.slice(2);
  switch (element[0]) {
    case 'f':
      return '.' + content;
    case 'v':
      return `[=${content}]`;
    case 'k': {
      const fields = JSON.parse(content) as JsonObject;
      return `[${Object.keys(fields)
        .map((name) => `${name}=${JSON.stringify(fields[name])}`)
        .join(',')}]`;
    }
    default:
      return `[${content}]`;
  }
}

/** '.spec.template.spec.containers[name="web"].image'. */
export function describePath(path: readonly string[]): string {
  return path.map(describeElement).join('');
}

/** JSON as Go writes it: `<`, `>` and `&` escaped, members sorted. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (isObject(value)) return keyElement(value).slice(2);
  const text = JSON.stringify(value);
  if (!ESCAPED.test(text)) return text;
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}

const ESCAPED = /[<>&\u2028\u2029]/;
