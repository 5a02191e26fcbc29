// Names of drivers, pools, attributes and capacities, and lists of what has names.
// Upstream: pkg/apis/resource/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { dnsSubdomain } from '../../api/names';

const DRIVER_MAX = 63;
const POOL_MAX = 253;
const ID_MAX = 32;
/** The longest key of attributes and capacities: a domain, a slash, and a name. */
const KEY_MAX = 63 + 1 + ID_MAX;
const IDENTIFIER =
  "a valid C identifier must start with alphabetic character or '_', followed by a string of " +
  "alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for " +
  "validation is '[A-Za-z_][A-Za-z0-9_]*')";
const FULLY = 'a fully qualified name must be a domain and a name separated by a slash';
const UID = 'uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` ';
const UID_FORM = `${UID}with lowercase hexadecimal characters`;

type Validate<T> = (item: T, path: string, errors: FieldErrors) => void;

/** Of a driver, or the domain of an attribute. */
export function validateDriver(driver: string, path: string, errors: FieldErrors): void {
  if (driver === '') errors.required(path);
  else if (driver.length > DRIVER_MAX) errors.tooLong(path, DRIVER_MAX);
  errors.invalidEach(path, driver, driver === '' ? [] : dnsSubdomain(driver.toLowerCase()));
}

/** Subdomains, with slashes between them. */
export function validatePoolName(name: string, path: string, errors: FieldErrors): void {
  if (name === '') {
    errors.required(path);
    return;
  }
  if (name.length > POOL_MAX) errors.tooLong(path, POOL_MAX);
  for (const part of name.split('/')) errors.invalidEach(path, part, dnsSubdomain(part));
}

/** A name that may have a domain before it. */
export function validateQualifiedName(name: string, path: string, errors: FieldErrors): void {
  const parts = name.split('/');
  if (parts.length === 1) validateIdentifier(name, path, errors);
  if (parts.length !== 2) return;
  const [domain, id] = parts;
  if (domain === '') errors.invalid(path, '', 'the domain must not be empty');
  else validateDriver(domain, path, errors);
  if (id === '') errors.invalid(path, '', 'the name must not be empty');
  else validateIdentifier(id, path, errors);
}

/** A name that has a domain before it. */
export function validateFullyQualifiedName(name: string, path: string, errors: FieldErrors): void {
  validateQualifiedName(name, path, errors);
  if (!name.includes('/')) errors.invalid(path, name, FULLY);
}

function validateIdentifier(id: string, path: string, errors: FieldErrors): void {
  if (id.length > ID_MAX) errors.tooLong(path, ID_MAX);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(id)) errors.invalid(path, id, IDENTIFIER);
}

/** Of a share of a device. */
export function validateUid(uid: string, path: string, errors: FieldErrors): void {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uid)) return;
  if (/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(uid)) {
    errors.invalid(path, uid, UID_FORM);
  } else {
    const why = uid.length === 36 ? 'invalid UUID format' : `invalid UUID length: ${uid.length}`;
    errors.invalid(path, uid, `error validating uid: ${why}`);
  }
}

/** A list that is too long is told so, and then not looked at. */
export function validateEach<T>(
  items: readonly T[],
  max: number,
  path: string,
  errors: FieldErrors,
  validate: Validate<T>,
): void {
  if (items.length > max) errors.tooMany(path, items.length, max);
  else items.forEach((item, index) => validate(item, `${path}[${index}]`, errors));
}

/** As `validateEach`, of items no two of which may have one key. */
export function validateSet<T>(
  items: readonly T[],
  max: number,
  path: string,
  errors: FieldErrors,
  validate: Validate<T>,
  keyOf: (item: T) => string,
): void {
  validateEach(items, max, path, errors, validate);
  if (items.length > max) return;
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) errors.duplicate(`${path}[${index}]`, key);
    seen.add(key);
  });
}

/** As `validateEach`, of what stands by name. */
export function validateNamed<T>(
  items: Readonly<Record<string, T>>,
  max: number,
  path: string,
  errors: FieldErrors,
  validateKey: Validate<string>,
  validate: Validate<T>,
  keyMax = KEY_MAX,
): void {
  const entries = Object.entries(items).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length > max) {
    errors.tooMany(path, entries.length, max);
    return;
  }
  for (const [key, item] of entries) {
    const at = `${path}[${shortened(key, keyMax)}]`;
    validateKey(key, at, errors);
    validate(item, at, errors);
  }
}

/** The middle of a long key is left out. */
function shortened(key: string, max: number): string {
  if (key.length <= max) return key;
  const left = max - 3;
  return key.slice(0, Math.floor((left + 1) / 2)) + '...' + key.slice(-Math.floor(left / 2));
}
