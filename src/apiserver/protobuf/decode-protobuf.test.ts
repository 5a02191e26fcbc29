import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../../generated/wire-schema';
import { decodeProtobuf } from './decode-protobuf';
import { fieldNumbers } from './field-numbers';
import { messageLayout } from './message-layout';

/** Fields by their number: text, a number (varint), or a message of fields; pairs may repeat. */
type Fields = readonly (readonly [number, string | number | Fields])[];

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    const part = Number(left & 0x7fn);
    if (left < 0x80n) return [...bytes, part];
    bytes.push(part | 0x80);
  }
}

function message(fields: Fields): number[] {
  return fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [...varint(number << 3), ...varint(value)];
    const bytes = typeof value === 'string' ? [...new TextEncoder().encode(value)] : message(value);
    return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
  });
}

function encoded(apiVersion: string, kind: string, fields: Fields): Uint8Array {
  const envelope: Fields = [
    [
      1,
      [
        [1, apiVersion],
        [2, kind],
      ],
    ],
    [2, fields],
    [3, ''],
    [4, ''],
  ];
  return new Uint8Array([0x6b, 0x38, 0x73, 0, ...message(envelope)]);
}

describe('an object in protobuf', () => {
  it('is read as kubectl create namespace sends it', () => {
    const bytes = Buffer.from(
      '6b3873000a0f0a02763112094e616d657370616365121c0a140a046e733333' +
        '12001a0022002a00320038004200' +
        '12001a020a001a002200',
      'hex',
    );
    expect(decodeProtobuf(bytes)).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'ns33' },
      spec: {},
      status: {},
    });
  });

  it.each<[string, string, string, Fields, object]>([
    [
      'maps',
      'v1',
      'ConfigMap',
      [
        [
          2,
          [
            [1, 'a'],
            [2, 'b'],
          ],
        ],
        [
          2,
          [
            [1, '__proto__'],
            [2, ''],
          ],
        ],
      ],
      {
        data: Object.fromEntries([
          ['a', 'b'],
          ['__proto__', ''],
        ]),
      },
    ],
    [
      'bytes',
      'v1',
      'Secret',
      [
        [
          2,
          [
            [1, 'a'],
            [2, 'hello'],
          ],
        ],
      ],
      { data: { a: 'aGVsbG8=' } },
    ],
    [
      'times',
      'v1',
      'Pod',
      [
        [
          1,
          [
            [8, [[1, 1_700_000_000]]],
            [9, []],
          ],
        ],
      ],
      { metadata: { creationTimestamp: '2023-11-14T22:13:20Z' } },
    ],
    [
      'times to the microsecond',
      'coordination.k8s.io/v1',
      'Lease',
      [
        [
          2,
          [
            [
              3,
              [
                [1, 1_700_000_000],
                [2, 5000],
              ],
            ],
          ],
        ],
      ],
      { spec: { acquireTime: '2023-11-14T22:13:20.000005Z' } },
    ],
    [
      'quantities',
      'v1',
      'Pod',
      [
        [
          2,
          [
            [
              2,
              [
                [1, 'c'],
                [
                  8,
                  [
                    [
                      1,
                      [
                        [1, 'cpu'],
                        [2, [[1, '1']]],
                      ],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
      { spec: { containers: [{ name: 'c', resources: { limits: { cpu: '1' } } }] } },
    ],
    [
      'ports by number or name',
      'v1',
      'Service',
      [
        [
          2,
          [
            [
              1,
              [
                [
                  4,
                  [
                    [1, 0],
                    [2, 80],
                  ],
                ],
              ],
            ],
            [
              1,
              [
                [
                  4,
                  [
                    [1, 1],
                    [2, 0],
                    [3, 'http'],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
      { spec: { ports: [{ targetPort: 80 }, { targetPort: 'http' }] } },
    ],
    [
      'pointers to zero, and no other zeros',
      'apps/v1',
      'Deployment',
      [
        [
          2,
          [
            [1, 0],
            [5, 0],
            [7, 0],
          ],
        ],
      ],
      { spec: { replicas: 0 } },
    ],
    [
      'messages that JSON does not show',
      'v1',
      'Pod',
      [
        [
          2,
          [
            [
              1,
              [
                [1, 'v'],
                [2, [[19, [[1, [[1, 'c']]]]]]],
              ],
            ],
          ],
        ],
      ],
      { spec: { volumes: [{ name: 'v', configMap: { name: 'c' } }] } },
    ],
    ['negative numbers', 'v1', 'Pod', [[2, [[25, -10]]]], { spec: { priority: -10 } }],
    [
      'any JSON',
      'apps/v1',
      'ControllerRevision',
      [
        [2, [[1, '{"a":[1]}']]],
        [3, 7],
      ],
      { data: { a: [1] }, revision: 7 },
    ],
    [
      'lists in maps',
      'authorization.k8s.io/v1',
      'SubjectAccessReview',
      [
        [
          2,
          [
            [
              5,
              [
                [1, 'scopes'],
                [
                  2,
                  [
                    [1, 'a'],
                    [1, 'b'],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
      { spec: { extra: { scopes: ['a', 'b'] } } },
    ],
    [
      'options of any group',
      'apps/v1',
      'DeleteOptions',
      [
        [1, 0],
        [4, 'Background'],
      ],
      { gracePeriodSeconds: 0, propagationPolicy: 'Background' },
    ],
    [
      'fields of a later version, which it skips',
      'v1',
      'ConfigMap',
      [
        [900, 1],
        [901, 'x'],
      ],
      {},
    ],
  ])('%s', (_what, apiVersion, kind, fields, expected) => {
    const decoded = decodeProtobuf(encoded(apiVersion, kind, fields));
    expect(JSON.stringify(decoded)).toBe(JSON.stringify({ apiVersion, kind, ...expected }));
  });

  it.each([
    ['JSON', new TextEncoder().encode('{"kind":"Pod"}')],
    ['nothing', new Uint8Array()],
    ['an unknown kind', encoded('example.com/v1', 'Thing', [])],
    ['a message that ends too early', encoded('v1', 'Pod', [[1, 'name']]).subarray(0, -6)],
    ['a field of another type', encoded('apps/v1', 'Deployment', [[2, [[1, 'three']]]])],
    ['JSON that is none', encoded('apps/v1', 'ControllerRevision', [[2, [[1, '{']]]])],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeProtobuf(bytes)).toThrow(RangeError);
  });
});

describe('the table of field numbers', () => {
  it('has every kind but those of apiextensions and apiregistration', () => {
    const without = Object.entries(wireSchema.kinds).filter(([, type]) => !fieldNumbers.has(type));
    expect(without.map(([key]) => key)).toEqual([
      'apiextensions.k8s.io/v1/CustomResourceDefinition',
      'apiregistration.k8s.io/v1/APIService',
    ]);
  });

  it('names only fields of the wire schema, and never a number twice', () => {
    for (const [name, { fields }] of fieldNumbers) {
      const layout = messageLayout(name);
      expect(layout.size, name).toBe(fields.length);
      const type = wireSchema.types[name];
      if (!type) continue;
      const unknown = [...layout.values()].filter(
        ({ name: field, isInline }) => !isInline && !(field in type.fields),
      );
      expect(unknown, name).toEqual([]);
    }
  });
});
