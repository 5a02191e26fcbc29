import { describe, expect, test } from 'vitest';
import { canonicalQuantity, quantityError } from '../../api/quantity';
import { decodeObject, type FieldValidation } from './decode-object';

const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' };
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const POD = { apiVersion: 'v1', kind: 'Pod' };

function decode(
  body: unknown,
  expected = CONFIG_MAP,
  validation: FieldValidation = 'Warn',
): { object?: unknown; warnings: string[]; error?: string } {
  const warnings: string[] = [];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  try {
    return { object: decodeObject(text, expected, validation, warnings), warnings };
  } catch (error) {
    return { error: (error as Error).message, warnings };
  }
}

describe('bodies that are no object of the kind', () => {
  const wanted = 'the object provided is unrecognized (must be of type ConfigMap): ';
  const parse = `${wanted}couldn't get version/kind; json parse error: `;
  test.each([
    ['{', `${parse}unexpected end of JSON input ({)`],
    ['', `${parse}unexpected end of JSON input (<empty>)`],
    ['tru', `${parse}unexpected end of JSON input (747275)`],
    ['{"a":1} x', `${parse}invalid character 'x' after top-level value ({"a":1} x)`],
    ['{"a":01}', `${parse}invalid character '1' after object key:value pair ({"a":01})`],
    ['{"a":"\\q"}', `${parse}invalid character 'q' in string escape code ({"a":"\\q"})`],
    [
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},}',
      `${parse}invalid character '}' looking for beginning of object key string ({"apiVersion":"v1","kind":"Con ...)`,
    ],
    [
      '[]',
      `${parse}json: cannot unmarshal array into Go value of type struct { APIVersion string ` +
        '"json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b5d)',
    ],
    [
      { apiVersion: 'a/b/c', kind: 'ConfigMap' },
      `${wanted}unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)`,
    ],
    [
      { apiVersion: 'v1', kind: 'Secret' },
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    ],
    [
      { apiVersion: 'apps/v1', kind: 'ConfigMap' },
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "apps/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
  ])('%j', (body, error) => {
    expect(decode(body)).toEqual({ error, warnings: [] });
  });

  test('kind and apiVersion may be left out', () => {
    expect(decode({ metadata: { name: 'c' } }).object).toEqual({
      ...CONFIG_MAP,
      metadata: { name: 'c' },
    });
    expect(decode('null').object).toEqual(CONFIG_MAP);
  });
});

describe('unknown and duplicate fields', () => {
  const body =
    '{"metadata":{"name":"c","bogus":1},"data":{"a":"1","a":"2"},"immutable":false,"immutable":true,"no":{"a":1}}';
  const object = { ...CONFIG_MAP, metadata: { name: 'c' }, data: { a: '2' }, immutable: true };
  const complaints = [
    'unknown field "metadata.bogus"',
    'duplicate field "data.a"',
    'unknown field "no"',
    'duplicate field "immutable"',
  ];

  test('are dropped in silence, with a warning, or refused', () => {
    expect(decode(body, CONFIG_MAP, 'Ignore')).toEqual({ object, warnings: [] });
    expect(decode(body, CONFIG_MAP, 'Warn')).toEqual({ object, warnings: complaints });
    expect(decode(body, CONFIG_MAP, 'Strict')).toEqual({
      error: `ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ${complaints.join(', ')}`,
      warnings: [],
    });
  });

  test('are named with their place in lists', () => {
    const pod = { spec: { containers: [{ name: 'a', imagge: 'x' }], nodename: 'n' } };
    expect(decode(pod, POD).warnings).toEqual([
      'unknown field "spec.containers[0].imagge"',
      'unknown field "spec.nodename"',
    ]);
  });
});

describe('values of the wrong type', () => {
  const json = 'json: cannot unmarshal';
  test.each([
    [
      DEPLOYMENT,
      { spec: { replicas: 'three' } },
      `${json} string into Go struct field DeploymentSpec.spec.replicas of type int32`,
    ],
    [
      DEPLOYMENT,
      { spec: { replicas: 1.5 } },
      `${json} number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32`,
    ],
    [
      DEPLOYMENT,
      { spec: [] },
      `${json} array into Go struct field Deployment.spec of type v1.DeploymentSpec`,
    ],
    [
      CONFIG_MAP,
      { data: { a: 5 } },
      `${json} number into Go struct field ConfigMap.data of type string`,
    ],
    [
      CONFIG_MAP,
      { data: 'x' },
      `${json} string into Go struct field ConfigMap.data of type map[string]string`,
    ],
    [
      CONFIG_MAP,
      { metadata: { labels: { n: 5 } } },
      `${json} number into Go struct field ObjectMeta.metadata.labels of type string`,
    ],
    [
      POD,
      { spec: { containers: [{ env: [{ value: 5 }] }] } },
      `${json} number into Go struct field EnvVar.spec.containers.env.value of type string`,
    ],
    [
      POD,
      { spec: { restartPolicy: 5 } },
      `${json} number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy`,
    ],
    [
      POD,
      { spec: { containers: [{ securityContext: { capabilities: { add: 'ALL' } } }] } },
      `${json} string into Go struct field Capabilities.spec.containers.securityContext.capabilities.add of type []v1.Capability`,
    ],
    [
      POD,
      { spec: { containers: [{ resources: { limits: { cpu: 'x' } } }] } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      POD,
      { metadata: { creationTimestamp: 'today' } },
      'parsing time "today" as "2006-01-02T15:04:05Z07:00": cannot parse "today" as "2006"',
    ],
    [
      POD,
      { metadata: { creationTimestamp: '2020-13-01T00:00:00Z' } },
      'parsing time "2020-13-01T00:00:00Z": month out of range',
    ],
    [
      { apiVersion: 'v1', kind: 'Secret' },
      { data: { x: '!!notbase64' } },
      'illegal base64 data at input byte 0',
    ],
  ])('%o %j', (expected, body, why) => {
    const version = expected.apiVersion.split('/').at(-1);
    const error = `${expected.kind} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`;
    expect(decode(body, expected)).toEqual({ error, warnings: [] });
  });
});

describe('values are spelled canonically', () => {
  test('nulls, empty collections and forgotten zeros disappear, what Go cannot leave out stays', () => {
    const spec = {
      hostNetwork: false,
      enableServiceLinks: false,
      nodeSelector: {},
      volumes: null,
      securityContext: {},
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'a', command: [], tty: false }],
    };
    expect(decode({ spec, metadata: { labels: {}, creationTimestamp: null } }, POD).object).toEqual(
      {
        ...POD,
        metadata: {},
        spec: {
          enableServiceLinks: false,
          securityContext: {},
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'a', resources: {} }],
        },
      },
    );
  });

  test.each<[string, string, object, object]>([
    ['v1', 'Pod', { nodeName: '', hostname: '', priority: 0 }, { priority: 0 }],
    [
      'batch/v1',
      'Job',
      { manualSelector: false, parallelism: 0 },
      { manualSelector: false, parallelism: 0 },
    ],
    ['v1', 'PersistentVolume', { storageClassName: '' }, {}],
    ['v1', 'PersistentVolumeClaim', { storageClassName: '' }, { storageClassName: '' }],
    ['autoscaling/v1', 'Scale', { replicas: 0 }, {}],
    ['storage.k8s.io/v1', 'CSIDriver', { storageCapacity: false }, { storageCapacity: false }],
  ])('%s %s keeps of %j what is a pointer in Go', (apiVersion, kind, spec, kept) => {
    const expected = { apiVersion, kind };
    expect(decode({ spec }, expected).object).toMatchObject({ spec: kept });
    expect(Object.keys((decode({ spec }, expected).object as { spec: object }).spec)).toEqual(
      Object.keys(kept),
    );
  });

  test.each<[string, string, object, object]>([
    ['v1', 'ReplicationController', { replicas: 0, readyReplicas: 0 }, { replicas: 0 }],
    ['apps/v1', 'Deployment', { replicas: 0, collisionCount: 0 }, { collisionCount: 0 }],
    [
      'apps/v1',
      'StatefulSet',
      { replicas: 0, readyReplicas: 0, availableReplicas: 0 },
      { replicas: 0, availableReplicas: 0 },
    ],
    [
      'batch/v1',
      'Job',
      { active: 0, ready: 0, terminating: 0, failed: 0 },
      { ready: 0, terminating: 0 },
    ],
  ])(
    'the status of %s %s keeps of %j what Go cannot leave out',
    (apiVersion, kind, status, kept) => {
      const { object } = decode({ status }, { apiVersion, kind }) as { object: { status: object } };
      expect(object.status).toEqual(kept);
    },
  );

  test('a null among objects is an empty one, with what is always there', () => {
    const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
    const affinity = {
      podAffinity: { [preferred]: [null] },
      nodeAffinity: { [preferred]: [null] },
    };
    expect(decode({ spec: { containers: [null], affinity } }, POD).object).toEqual({
      ...POD,
      spec: {
        containers: [{ resources: {} }],
        affinity: {
          podAffinity: { [preferred]: [{ podAffinityTerm: {} }] },
          nodeAffinity: { [preferred]: [{ preference: {} }] },
        },
      },
    });
  });

  test('times are whole seconds in UTC, micro times keep their fraction', () => {
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
    const body = {
      metadata: { deletionTimestamp: '2020-01-01T02:00:00.9+02:00' },
      spec: { renewTime: '2020-01-01T00:00:00.123456Z' },
    };
    expect(decode(body, lease).object).toEqual({
      ...lease,
      metadata: { deletionTimestamp: '2020-01-01T00:00:00Z' },
      spec: { renewTime: '2020-01-01T00:00:00.123456Z' },
    });
  });

  test.each([
    ['1', '1'],
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1500m', '1500m'],
    ['100m', '100m'],
    ['0', '0'],
    ['1024Mi', '1Gi'],
    ['0.5Gi', '512Mi'],
    ['1500Mi', '1500Mi'],
    ['1Ki', '1Ki'],
    ['0.5Ki', '512'],
    ['1e3', '1e3'],
    ['1000', '1k'],
    ['128974848', '128974848'],
    ['1.5G', '1500M'],
    ['+2', '+2'],
    ['-1', '-1'],
    ['0.0000000001', '1n'],
    ['2000k', '2M'],
  ])('%s is %s', (text, expected) => {
    expect(canonicalQuantity(text)).toBe(expected);
  });

  test.each([
    ['', 'quantities must match'],
    ['abc', 'quantities must match'],
    ['1Zi', 'quantities must match'],
    ['1 Gi', 'quantities must match'],
    ['1KiB', 'quantities must match'],
    ['1kk', 'unable to parse'],
  ])('%j is no quantity', (text, error) => {
    expect(quantityError(text)).toContain(error);
  });
});
