// Versions, named formats and JSON pointers.
// Upstream: apiserver/pkg/cel/library/{semverlib,format,jsonpatch}.go.
import { decodeBytes } from '../../api/base64';
import {
  asPrefix,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  portName,
  qualifiedName,
} from '../../api/names';
import type { Library } from '../overload';
import { parseTimestamp } from '../time-values';
import { CelError, CelList, OpaqueValue, OptionalValue, type CelValue } from '../values';
import { urlProblem } from './network';

const SEMVER = 'kubernetes.Semver';
const FORMAT = 'kubernetes.NamedFormat';

interface Semver {
  readonly numbers: readonly bigint[];
  readonly pre: readonly string[];
  readonly build: string;
}

type Check = (text: string) => readonly string[];

const order = (compare: (a: OpaqueValue, b: OpaqueValue) => number, prefix: string, type: string) =>
  ({
    greater: [
      `${prefix}_is_greater_than`,
      `${type}.(${type}) -> bool`,
      (a: OpaqueValue, b: OpaqueValue) => compare(a, b) > 0,
    ],
    less: [
      `${prefix}_is_less_than`,
      `${type}.(${type}) -> bool`,
      (a: OpaqueValue, b: OpaqueValue) => compare(a, b) < 0,
    ],
    compare: [
      `${prefix}_compare_to`,
      `${type}.(${type}) -> int`,
      (a: OpaqueValue, b: OpaqueValue) => BigInt(Math.sign(compare(a, b))),
    ],
  }) as const;

const semvers = order((a, b) => compareSemver(semverOf(a), semverOf(b)), 'semver', SEMVER);

export const kubernetesLibrary: Library = {
  isGreaterThan: [semvers.greater],
  isLessThan: [semvers.less],
  compareTo: [semvers.compare],
  semver: [
    ['string_to_semver', `(string) -> ${SEMVER}`, toSemver],
    ['string_bool_to_semver', `(string, bool) -> ${SEMVER}`, toSemver],
  ],
  isSemver: [
    ['is_semver_string', '(string) -> bool', isSemver],
    ['is_semver_string_bool', '(string, bool) -> bool', isSemver],
  ],
  major: semverPart('major', 0),
  minor: semverPart('minor', 1),
  patch: semverPart('patch', 2),
  validate: [
    [
      'format_validate',
      `${FORMAT}.(string) -> optional<list<string>>`,
      (format: OpaqueValue, text: string) => {
        const problems = formats[format.content as string](text);
        return problems.length === 0
          ? OptionalValue.none
          : new OptionalValue(new CelList(problems));
      },
    ],
  ],
  'format.named': [
    [
      'format_named',
      `(string) -> optional<${FORMAT}>`,
      (name: string) =>
        Object.hasOwn(formats, name)
          ? new OptionalValue(new OpaqueValue(FORMAT, name))
          : OptionalValue.none,
    ],
  ],
  'jsonpatch.escapeKey': [
    [
      'string_jsonpatch_escapeKey_string',
      '(string) -> string',
      (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1'),
    ],
  ],
};

const formats: Readonly<Record<string, Check>> = {
  dns1123Label: dnsLabel,
  dns1123Subdomain: dnsSubdomain,
  dns1035Label,
  qualifiedName,
  dns1123LabelPrefix: asPrefix(dnsLabel),
  dns1123SubdomainPrefix: asPrefix(dnsSubdomain),
  dns1035LabelPrefix: asPrefix(dns1035Label),
  labelValue,
  portName,
  uri: (text) => {
    const problem = urlProblem(text);
    return problem === undefined ? [] : [problem];
  },
  uuid: (text) =>
    /^[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/.test(text)
      ? []
      : ['does not match the UUID format'],
  byte: (text) => (isBase64(text) ? [] : ['invalid base64']),
  date: (text) => (parseTimestamp(`${text}T00:00:00Z`) ? [] : ['invalid date']),
  datetime: (text) => (parseTimestamp(text) ? [] : ['invalid datetime']),
};

/** `format.dns1123Label()` and so on, one function each. */
export const formatLibrary: Library = Object.fromEntries(
  Object.keys(formats).map((name) => [
    `format.${name}`,
    [[`format_${name}`, `() -> ${FORMAT}`, () => new OpaqueValue(FORMAT, name)]],
  ]),
);

function isBase64(text: string): boolean {
  try {
    decodeBytes(text);
    return text.length % 4 === 0;
  } catch {
    return false;
  }
}

const NUMBER = String.raw`(?:0|[1-9]\d*)`;
const PRE = String.raw`(?:${NUMBER}|\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const SEMVER_PATTERN = new RegExp(
  String.raw`^(${NUMBER})\.(${NUMBER})\.(${NUMBER})(?:-(${PRE}(?:\.${PRE})*))?` +
    String.raw`(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$`,
);

function parseSemver(text: string, normalize: boolean): Semver {
  const match = SEMVER_PATTERN.exec(normalize ? normalized(text) : text);
  if (!match) throw new CelError(semverProblem(text));
  const numbers = match.slice(1, 4).map(BigInt);
  return { numbers, pre: match[4]?.split('.') ?? [], build: match[5] ?? '' };
}

function semverProblem(text: string): string {
  if (text === '') return 'Version string empty';
  const parts = text.split('.');
  if (parts.length < 3) return 'No Major.Minor.Patch elements found';
  const bad = parts.slice(0, 2).find((part) => !/^\d+$/.test(part));
  if (bad !== undefined) {
    const name = bad === parts[0] ? 'major' : 'minor';
    return `Invalid character(s) found in ${name} number ${JSON.stringify(bad)}`;
  }
  const zero = parts.slice(0, 2).find((part) => /^0\d/.test(part));
  if (zero !== undefined) {
    const which = zero === parts[0] ? 'Major' : 'Minor';
    return `${which} number must not contain leading zeroes ${JSON.stringify(zero)}`;
  }
  return `Invalid character(s) found in patch number ${JSON.stringify(parts.slice(2).join('.'))}`;
}

/** Without 'v', leading zeros, and with the parts that are missing. */
function normalized(text: string): string {
  const [first, second, ...rest] = text.replace(/^v/, '').split('.');
  const given = [first, second, rest.length > 0 ? rest.join('.') : undefined];
  const parts = given
    .filter((part) => part !== undefined)
    .map((part) => part.replace(/^0+(?=\d)/, ''));
  if (parts.length < 3 && /[+-]/.test(parts[parts.length - 1])) {
    throw new CelError('short version cannot contain PreRelease/Build meta data');
  }
  while (parts.length < 3) parts.push('0');
  return parts.join('.');
}

/** A version as a value; throws CelError when the text is none. */
export function toSemver(text: string, normalize = false): OpaqueValue {
  const version = parseSemver(text, normalize);
  return new OpaqueValue(SEMVER, version, (other) => compareSemver(semverOf(other), version) === 0);
}

function isSemver(text: string, normalize = false): boolean {
  try {
    parseSemver(text, normalize);
    return true;
  } catch {
    return false;
  }
}

function semverPart(name: string, index: number) {
  const run = (value: OpaqueValue): CelValue => semverOf(value).numbers[index];
  return [[`semver_${name}`, `${SEMVER}.() -> int`, run]] as const;
}

function semverOf({ content }: OpaqueValue): Semver {
  return content as Semver;
}

function compareSemver(a: Semver, b: Semver): number {
  for (const [index, number] of a.numbers.entries()) {
    if (number !== b.numbers[index]) return number < b.numbers[index] ? -1 : 1;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let index = 0; index < Math.max(a.pre.length, b.pre.length); index++) {
    const result = comparePre(a.pre[index], b.pre[index]);
    if (result !== 0) return result;
  }
  return 0;
}

function comparePre(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const [first, second] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (first && second) return Number(a) - Number(b);
  if (first !== second) return first ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
