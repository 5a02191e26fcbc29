import { describe, expect, it } from 'vitest';
import { wireSchema } from '../../../generated/wire-schema';
import { decodeProtobuf } from './decode-protobuf';
import { definitionFieldNumbers } from './definition-field-numbers';
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

  it('is read as a CustomResourceDefinition, whose schemas hold one of two things', () => {
    const version = (schema: Fields): Fields => [
      [1, 'v1'],
      [2, 1],
      [3, 0],
      [4, [[1, schema]]],
      [5, [[1, []]]],
    ];
    const spec: Fields = [
      [1, 'example.com'],
      [3, [[1, 'things']]],
      [4, 'Cluster'],
      [7, version([[24, [[1, [[5, 'string']]]]]])],
      [7, version([[24, [[2, [[5, 'string']]]]]])],
      [7, version([[30, [[1, 1]]]])],
      [7, version([[30, [[1, 0]]]])],
      [
        7,
        version([
          [
            30,
            [
              [1, 1],
              [2, [[5, 'integer']]],
            ],
          ],
        ]),
      ],
      [7, version([[32, [[1, 'a'], [2, [[2, 'b']]]]]])], // prettier-ignore
      [7, version([[8, [[1, '{"a":1}']]], [38, 1], [41, 'name'], [42, 'map']])], // prettier-ignore
      [10, 0],
    ];
    const bytes = encoded('apiextensions.k8s.io/v1', 'CustomResourceDefinition', [[2, spec]]);
    const schemas = [
      { items: { type: 'string' } },
      { items: [{ type: 'string' }] },
      { additionalProperties: true },
      { additionalProperties: false },
      { additionalProperties: { type: 'integer' } },
      { dependencies: { a: ['b'] } },
      {
        default: { a: 1 },
        'x-kubernetes-preserve-unknown-fields': true,
        'x-kubernetes-list-map-keys': ['name'],
        'x-kubernetes-list-type': 'map',
      },
    ];
    expect(decodeProtobuf(bytes)).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: {
        group: 'example.com',
        names: { plural: 'things' },
        scope: 'Cluster',
        versions: schemas.map((openAPIV3Schema) => ({
          name: 'v1',
          served: true,
          storage: false,
          schema: { openAPIV3Schema },
          subresources: { status: {} },
        })),
      },
    });
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
  const rows = new Map<string, readonly string[]>([
    ...[...fieldNumbers].map(([name, { fields }]) => [name, fields] as const),
    ...definitionFieldNumbers,
  ]);

  it('has every kind', () => {
    const without = Object.entries(wireSchema.kinds).filter(([, type]) => !rows.has(type));
    expect(without).toEqual([]);
  });

  it('names only fields of the wire schema, and never a number twice', () => {
    for (const [name, fields] of rows) {
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
