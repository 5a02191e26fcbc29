import { expect, it } from 'vitest';
import { readYaml } from './read-yaml';
import { writeYaml } from './write-yaml';

it('is written as Go writes it', () => {
  const value = {
    metadata: { name: 'v', creationTimestamp: '2026-01-01T00:00:00Z', resourceVersion: '7' },
    kind: 'ConfigMap',
    data: { yes: 'on', text: 'one\ntwo\n', number: '1', empty: '', plain: 'a b' },
    list: [{ a: 1 }, { b: [] }],
    none: {},
  };
  expect(writeYaml(value)).toBe(`data:
  empty: ""
  number: "1"
  plain: a b
  text: |
    one
    two
  "yes": "on"
kind: ConfigMap
list:
- a: 1
- b: []
metadata:
  creationTimestamp: "2026-01-01T00:00:00Z"
  name: v
  resourceVersion: "7"
none: {}
`);
  expect(readYaml(writeYaml(value)).value).toEqual(value);
});
