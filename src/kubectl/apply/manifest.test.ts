import { describe, expect, it } from 'vitest';
import { parseManifests } from './manifest';
import type { Manifest } from './manifest';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app.kubernetes.io/name: web }
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: wbe }
    spec:
      containers:
        - name: nginx
          image: "nginx:1.27"
          ports:
            - containerPort: 80
            - containerPort: http
          args: [a, b]
`;

/** The text that a range covers, with its line: '14: nginx'. */
function covered(text: string, range: ReturnType<Manifest['locate']>): string {
  const line = text.split('\n')[range.startLine - 1]!;
  return `${range.startLine}: ${line.slice(range.startColumn - 1, range.endColumn - 1)}`;
}

describe('reading manifests', () => {
  it('cuts documents as kubectl does and skips those of comments', () => {
    const text = [
      '# only a comment',
      '--- # first',
      'apiVersion: v1',
      'kind: Namespace',
      'metadata: {name: a}',
      '---',
      '',
      '---',
      '{"apiVersion":"v1","kind":"Namespace",',
      ' "metadata":{"name":"b"}}',
    ].join('\n');
    const read = parseManifests(text).map(({ index, startLine, object, problems }) => {
      return { index, startLine, object, problems };
    });
    expect(read).toEqual([
      {
        index: 1,
        startLine: 3,
        object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
        problems: [],
      },
      {
        index: 3,
        startLine: 9,
        object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b' } },
        problems: [],
      },
    ]);
  });

  it('opens lists and finds fields inside their items', () => {
    const text = `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { x: "1" } }
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: b }, data: { z: "2" } }
`;
    const manifests = parseManifests(text);
    expect(manifests.map((it) => it.object?.metadata.name)).toEqual(['a', 'b']);
    expect(covered(text, manifests[1]!.locate('data[z]'))).toBe('5: "2"');
  });

  it.each([
    ['0644', 420],
    ['on', true],
    ['No', false],
    ['80:80', '80:80'],
    ['2001-01-01', '2001-01-01'],
    ['!!binary aGk=', 'aGk='],
    ['1_000', 1000],
    ['0x1F', 31],
    ['~', null],
    ['1e3', 1000],
    ['"on"', 'on'],
  ])('reads the scalar %s as YAML 1.1 in Go does', (scalar, value) => {
    const text = `apiVersion: v1\nkind: X\nmetadata: {name: a}\nvalue: ${scalar}\n`;
    expect(parseManifests(text)[0]!.object).toEqual({
      apiVersion: 'v1',
      kind: 'X',
      metadata: { name: 'a' },
      value,
    });
  });

  it('shares anchors and merges maps', () => {
    const text = `apiVersion: v1
kind: X
metadata: { name: a }
base: &base { cpu: 1, memory: 2 }
mine: { <<: *base, memory: 3 }
`;
    expect(parseManifests(text)[0]!.object).toMatchObject({ mine: { cpu: 1, memory: 3 } });
  });

  it('keeps the other documents when one is broken, and says where', () => {
    const text = `${deployment}---\nkind: [\n---\napiVersion: v1\nkind: Namespace\n`;
    const manifests = parseManifests(text);
    expect(manifests.map((it) => it.object?.kind)).toEqual(['Deployment', undefined, undefined]);
    expect(manifests[1]!.problems).toEqual([
      {
        message: 'Flow sequence in block collection must be sufficiently indented and end with a ]',
        range: { startLine: 21, startColumn: 8, endLine: 21, endColumn: 9 },
      },
    ]);
    expect(manifests[2]!.problems.map((it) => it.message)).toEqual([
      'resource name may not be empty',
    ]);
  });

  it.each([
    ['just words', 'the document must be a mapping with apiVersion, kind and metadata'],
    ['kind: Pod', 'apiVersion not set'],
    ['apiVersion: v1', 'kind not set'],
    ['apiVersion: v1\nkind: Pod', 'resource name may not be empty'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: 7}', 'resource name may not be empty'],
  ])('says why %j is no object', (text, message) => {
    expect(parseManifests(text)[0]!.problems.map((it) => it.message)).toEqual([message]);
  });
});

describe('finding a field', () => {
  it.each([
    ['spec.template.spec.containers[0].image', undefined, '15: "nginx:1.27"'],
    ['spec.template.spec.containers[0].ports[1].containerPort', undefined, '18: http'],
    ['spec.template.spec.containers[0].args[1]', undefined, '19: b'],
    ['spec.template.spec.containers[0].resources.limits', undefined, '14: name'],
    ['spec.template.spec.containers.ports.containerPort', undefined, '17: 80'],
    ['spec.template.metadata.labels', undefined, '11: wbe'],
    ['metadata.labels', 'app.kubernetes.io/name', '5: app.kubernetes.io/name'],
    ['metadata.labels[app.kubernetes.io/name]', undefined, '5: web'],
    ['metadata.labels.app.kubernetes.io/name', undefined, '5: web'],
    ['spec.replicas', undefined, '6: spec'],
    ['status.phase', undefined, '1: apiVersion'],
    ['kind', undefined, '2: Deployment'],
    ['', undefined, '1: apiVersion'],
  ])('%s (%s) is at %s', (path, badValue, where) => {
    const manifest = parseManifests(deployment)[0]!;
    expect(covered(deployment, manifest.locate(path, { badValue }))).toBe(where);
  });
});
