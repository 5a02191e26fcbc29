import { expect, test } from 'vitest';
import {
  asPrefix,
  configMapKey,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  envVarName,
  inRange,
  labelValue,
  pathSegment,
  portName,
  qualifiedName,
} from './names';

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must " +
  "start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for " +
  "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and " +
  "must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation " +
  "is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const KEY =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

test.each([
  [dnsLabel, 'web-1', []],
  [dnsLabel, 'Web', [LABEL]],
  [dnsLabel, 'a.b', ['must not contain dots']],
  [dnsLabel, 'a'.repeat(64), ['must be no more than 63 bytes']],
  [dnsSubdomain, 'a.b-c.d', []],
  [dnsSubdomain, 'a_b', [SUBDOMAIN]],
  [dns1035Label, '1a', [expect.stringContaining('a DNS-1035 label must consist of')]],
  [pathSegment, 'a/b%', ["may not contain '/'", "may not contain '%'"]],
  [pathSegment, '..', ["may not be '..'"]],
  [qualifiedName, 'example.com/Name', []],
  [qualifiedName, '/x', ['prefix part must be non-empty']],
  [
    qualifiedName,
    'X/',
    [`prefix part ${SUBDOMAIN}`, 'name part must be non-empty', `name part ${KEY}`],
  ],
  [labelValue, '', []],
  [configMapKey, '..a', ["must not start with '..'"]],
  [envVarName, 'a b', []],
  [envVarName, '', ['environment variable name must be non-empty']],
  [
    portName,
    '80-',
    ['must contain at least one letter (a-z)', 'must not begin or end with a hyphen'],
  ],
  [asPrefix(dnsLabel), 'web-', []],
])('%# %o says of %j', (check, value, messages) => {
  expect(check(value)).toEqual(messages);
});

test('a range names its bounds', () => {
  expect(inRange(0, 1, 65535)).toEqual(['must be between 1 and 65535, inclusive']);
});
