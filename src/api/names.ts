// The formats of names, keys and values. Each check returns the real server's messages, none when
// the text is fine. A name that passed once is remembered, since the same ones come again and
// again. Lengths of names and labels are told in bytes, those of keys and ports still in
// characters.
// Upstream: apimachinery/pkg/util/validation, apimachinery/pkg/api/validate/content.

type Check = (value: string) => readonly string[];

const NONE: readonly string[] = Object.freeze([]);
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const HEADER = '[-A-Za-z0-9]+';

const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
  'and must start and end with an alphanumeric character';
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or " +
  "'.', and must start and end with an alphanumeric character";
const DNS_1035_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', " +
  'start with an alphabetic character, and end with an alphanumeric character';
const KEY_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', " +
  'and must start and end with an alphanumeric character';
const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
  'and must start and end with an alphanumeric character';

const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const WILDCARD_RULE =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which " +
  "must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric " +
  'character';

const labelPattern = whole(LABEL);
const wildcardPattern = whole(WILDCARD);
const subdomainPattern = whole(SUBDOMAIN);
const dns1035Pattern = whole(DNS_1035);
const keyPattern = whole(KEY);
const labelValuePattern = whole(`(${KEY})?`);
const configKeyPattern = whole(CONFIG_KEY);
const headerPattern = whole(HEADER);

/** A DNS-1123 label: namespaces, containers, volumes. */
export const dnsLabel: Check = (value) => {
  if (value.length <= 63 && labelPattern.test(value)) return NONE;
  const messages = length(value, 63);
  if (!labelPattern.test(value)) {
    messages.push(
      subdomainPattern.test(value)
        ? 'must not contain dots'
        : patternMessage(LABEL_RULE, LABEL, 'my-name', '123-abc'),
    );
  }
  return messages;
};

/** A DNS-1123 subdomain: most objects. */
export const dnsSubdomain: Check = (value) => {
  // Names pass by once: to remember them would cost more than the pattern.
  if (value.length <= 253 && subdomainPattern.test(value)) return NONE;
  const messages = length(value, 253);
  if (!subdomainPattern.test(value)) {
    messages.push(patternMessage(SUBDOMAIN_RULE, SUBDOMAIN, 'example.com'));
  }
  return messages;
};

/** A host name with a star for its first label: '*.example.com'. */
export const wildcardSubdomain: Check = (value) => {
  const messages = length(value, 253);
  if (!wildcardPattern.test(value)) {
    messages.push(patternMessage(WILDCARD_RULE, WILDCARD, '*.example.com'));
  }
  return messages;
};

/** A DNS-1035 label, which may not start with a digit: Services. */
export const dns1035Label: Check = remember((value) => {
  const messages = length(value, 63);
  if (!dns1035Pattern.test(value)) {
    messages.push(patternMessage(DNS_1035_RULE, DNS_1035, 'my-name', 'abc-123'));
  }
  return messages;
});

/** A name that stands alone in a URL path: RBAC objects. */
export const pathSegment: Check = (value) => {
  if (value === '.') return ["may not be '.'"];
  if (value === '..') return ["may not be '..'"];
  return ['/', '%']
    .filter((part) => value.includes(part))
    .map((part) => `may not contain '${part}'`);
};

/**
 * A label key, annotation key, finalizer or resource name, with or without a 'domain/' before it.
 */
export const qualifiedName: Check = remember((value) => {
  const parts = value.split('/');
  if (parts.length > 2) {
    const rule = patternMessage(KEY_RULE, KEY, 'MyName', 'my.name', '123-abc');
    const prefixRule = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    return [`a valid label key ${rule} ${prefixRule}`];
  }
  const messages: string[] = [];
  const name = parts[parts.length - 1];
  if (parts.length === 2) {
    if (parts[0] === '') messages.push('prefix part must be non-empty');
    else messages.push(...dnsSubdomain(parts[0]).map((message) => `prefix part ${message}`));
  }
  if (name === '') messages.push('name part must be non-empty');
  else messages.push(...length(name, 63).map((message) => `name part ${message}`));
  if (!keyPattern.test(name)) {
    messages.push(`name part ${patternMessage(KEY_RULE, KEY, 'MyName', 'my.name', '123-abc')}`);
  }
  return messages;
});

export const labelValue: Check = remember((value) => {
  const messages = length(value, 63);
  if (!labelValuePattern.test(value)) {
    const format = `(${KEY})?`;
    messages.push(patternMessage(LABEL_VALUE_RULE, format, 'MyValue', 'my_value', '12345'));
  }
  return messages;
});

/** A key of a ConfigMap's or Secret's data. */
export const configMapKey: Check = (value) => {
  const messages = length(value, 253, 'characters');
  if (!configKeyPattern.test(value)) {
    const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    messages.push(patternMessage(rule, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name'));
  }
  return [...messages, ...parentDirectory(value)];
};

/** An environment variable's name: printable ASCII without '='. */
export const envVarName: Check = (value) => {
  if (value === '') return ['environment variable name must be non-empty'];
  if (/^[\x20-\x3c\x3e-\x7e]+$/.test(value)) return NONE;
  return [
    'a valid environment variable name must consist only of printable ASCII characters ' +
      "other than '='",
  ];
};

/** A name for a port: 'http', 'p-8080'. */
export const portName: Check = (value) => {
  const messages = length(value, 15, 'characters');
  if (!/^[-a-z0-9]+$/.test(value)) {
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) messages.push('must contain at least one letter (a-z)');
  if (value.includes('--')) messages.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) {
    messages.push('must not begin or end with a hyphen');
  }
  return messages;
};

export const httpHeaderName: Check = (value) => {
  if (headerPattern.test(value)) return NONE;
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [patternMessage(rule, HEADER, 'X-Header-Name')];
};

export const percent: Check = (value) => {
  if (/^[0-9]+%$/.test(value)) return NONE;
  const rule = "a valid percent string must be a numeric string followed by an ending '%'";
  return [patternMessage(rule, '[0-9]+%', '1%', '93%')];
};

/** A whole number within bounds, both included. */
export function inRange(value: number, low: number, high: number): readonly string[] {
  return value >= low && value <= high ? NONE : [`must be between ${low} and ${high}, inclusive`];
}

export const portNumber = (port: number): readonly string[] => inRange(port, 1, 65535);

export const userId = (id: number): readonly string[] => inRange(id, 0, 0xffffffff);

/** The check for the front of generateName: a trailing '-' is fine, the rest is to come. */
export function asPrefix(check: Check): Check {
  return (value) =>
    check(value.endsWith('-') && value.length > 1 ? value.slice(0, -1) + 'a' : value);
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function length(value: string, max: number, unit: 'bytes' | 'characters' = 'bytes'): string[] {
  return value.length > max ? [`must be no more than ${max} ${unit}`] : [];
}

function patternMessage(rule: string, pattern: string, ...examples: string[]): string {
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${list}regex used for validation is '${pattern}')`;
}

function parentDirectory(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

const REMEMBERED_MAX = 4096;

function remember(check: Check): Check {
  const passed = new Set<string>();
  return (value) => {
    if (passed.has(value)) return NONE;
    const messages = check(value);
    if (messages.length > 0) return messages;
    if (passed.size >= REMEMBERED_MAX) passed.clear();
    passed.add(value);
    return NONE;
  };
}
