import { describe, expect, test } from 'vitest';
import { refusal, refusalOfChange } from '../../testing/refusal';
import { statefulSetDefinition } from './statefulsets';

const CLAIM = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

function statefulSet(spec: object = {}, container: object = {}): object {
  const containers = [{ name: 'main', image: 'app:1', ...container }];
  const template = { metadata: { labels: { app: 'db' } }, spec: { containers } };
  const selector = { matchLabels: { app: 'db' } };
  return { spec: { serviceName: 'db', selector, template, ...spec } };
}

describe('a new StatefulSet', () => {
  test.each<[string, object, string[]]>([
    ['is fine with the least', {}, []],
    ['needs no service', { serviceName: undefined }, []],
    [
      'has a policy of the two',
      { podManagementPolicy: 'X' },
      [`spec.podManagementPolicy: Invalid value: "X": must be 'OrderedReady' or 'Parallel'`],
    ],
    [
      'has a strategy of the two',
      { updateStrategy: { type: 'X' } },
      [
        'spec.updateStrategy: Invalid value: {"Type":"X","RollingUpdate":null}: ' +
          "must be 'RollingUpdate' or 'OnDelete'",
      ],
    ],
    [
      'rolls with RollingUpdate only',
      { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
      [
        'spec.updateStrategy.rollingUpdate: Invalid value: ' +
          '{"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy ' +
          "'RollingUpdate'",
      ],
    ],
    [
      'counts from nought',
      { replicas: -1, minReadySeconds: -1, ordinals: { start: -1 } },
      [
        'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
        'spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'has a partition from nought',
      { updateStrategy: { rollingUpdate: { partition: -1 } } },
      [
        'spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: ' +
          'must be greater than or equal to 0',
      ],
    ],
    [
      'retains or deletes claims',
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'X' } },
      [
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "X": ' +
          'supported values: "Retain", "Delete"',
      ],
    ],
    [
      'selects something',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
    ],
    [
      'selects its own pods',
      { selector: { matchLabels: { app: 'other' } } },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"db"}: ' +
          '`selector` does not match template `labels`',
      ],
    ],
    [
      'names a service that could be',
      { serviceName: 'Not_A_Label' },
      [
        'spec.serviceName: Invalid value: "Not_A_Label": a lowercase RFC 1123 label must consist ' +
          "of lower case alphanumeric characters or '-', and must start and end with an " +
          "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " +
          "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
    [
      'claims volumes that could be',
      { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] },
      [
        'spec.volumeClaimTemplates[0].spec.accessModes: Required value: ' +
          'at least 1 access mode is required',
        'spec.volumeClaimTemplates[0].spec.resources[storage]: Required value',
      ],
    ],
  ])('%s', (_what, spec, complaints) => {
    expect(refusal(statefulSetDefinition, statefulSet(spec))).toEqual(complaints);
  });

  test('mounts what its claims give', () => {
    const volumeMounts = [{ name: 'data', mountPath: '/data' }];
    const claims = { volumeClaimTemplates: [CLAIM] };
    expect(refusal(statefulSetDefinition, statefulSet(claims, { volumeMounts }))).toEqual([]);
    expect(refusal(statefulSetDefinition, statefulSet({}, { volumeMounts }))).toEqual([
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"',
    ]);
  });
});

describe('a change of a StatefulSet', () => {
  const FORBIDDEN =
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', " +
    "'template', 'updateStrategy', 'revisionHistoryLimit', " +
    "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

  test.each<[object]>([
    [{ replicas: 5 }],
    [{ ordinals: { start: 2 } }],
    [{ updateStrategy: { type: 'OnDelete' } }],
    [{ revisionHistoryLimit: 3 }],
    [{ minReadySeconds: 5 }],
    [{ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } }],
  ])('may be %o', (changes) => {
    expect(refusalOfChange(statefulSetDefinition, statefulSet(), changes)).toEqual([]);
  });

  test.each<[object]>([
    [{ serviceName: 'other' }],
    [{ podManagementPolicy: 'Parallel' }],
    [{ volumeClaimTemplates: [CLAIM] }],
  ])('may not be %o', (changes) => {
    expect(refusalOfChange(statefulSetDefinition, statefulSet(), changes)).toEqual([FORBIDDEN]);
  });
});
