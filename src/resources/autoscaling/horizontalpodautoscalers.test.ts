import { describe, expect, test } from 'vitest';
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import { prepared, refusal } from '../../testing/refusal';
import { horizontalPodAutoscalerDefinition as definition } from './horizontalpodautoscalers';
import { formatMetrics } from './metric-text';
import { autoscalerV1View } from './v1-view';

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const cpu = (target: object): object => ({ type: 'Resource', resource: { name: 'cpu', target } });
const HALF = { type: 'Utilization', averageUtilization: 50 };

describe('a new autoscaler', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [
      { minReplicas: 0 },
      [
        'spec.minReplicas: Invalid value: 0: must be greater than or equal to 1',
        'spec.metrics: Forbidden: must specify at least one Object or External metric to support ' +
          'scaling to zero replicas',
      ],
    ],
    [
      { maxReplicas: 0 },
      [
        'spec.maxReplicas: Invalid value: 0: must be greater than 0',
        'spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`',
      ],
    ],
    [
      { minReplicas: 9 },
      ['spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`'],
    ],
    [
      { scaleTargetRef: { kind: '..' } },
      [
        `spec.scaleTargetRef.kind: Invalid value: "..": may not be '..'`,
        'spec.scaleTargetRef.name: Required value',
      ],
    ],
    [
      { metrics: [{ type: 'Fish' }] },
      [
        'spec.metrics[0].type: Unsupported value: "Fish": supported values: "ContainerResource", ' +
          '"External", "Object", "Pods", "Resource"',
        'spec.metrics[0].type: Unsupported value: "Fish": supported values: "ContainerResource", ' +
          '"External", "Object", "Pods", "Resource"',
      ],
    ],
    [
      { metrics: [{ type: 'Resource' }] },
      [
        'spec.metrics[0].resource: Required value: must populate information for the given ' +
          'metric source',
      ],
    ],
    [
      { metrics: [{ ...cpu(HALF), pods: { metric: {}, target: {} } }] },
      [
        'spec.metrics[0].pods.metric.name: Required value: must specify a metric name',
        'spec.metrics[0].pods.target.type: Required value: must specify a metric target type',
        'spec.metrics[0].pods.target.type: Invalid value: "": must be either Utilization, Value, ' +
          'or AverageValue',
        'spec.metrics[0].pods.target.averageValue: Required value: must specify a positive ' +
          'target averageValue',
        'spec.metrics[0].pods: Forbidden: must populate the given metric source only',
      ],
    ],
    [
      { metrics: [cpu({ type: 'Utilization' })] },
      [
        'spec.metrics[0].resource.target.averageUtilization: Required value: must set either a ' +
          'target raw value or a target utilization',
      ],
    ],
    [
      { metrics: [cpu({ ...HALF, averageUtilization: 0, averageValue: '-1' })] },
      [
        'spec.metrics[0].resource.target.averageValue: Invalid value: "-1": must be positive',
        'spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: ' +
          'must be greater than 0',
        'spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw ' +
          'value and a target utilization',
      ],
    ],
    [
      { behavior: { scaleUp: { policies: [], stabilizationWindowSeconds: 3601 } } },
      [
        'spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: ' +
          'must be less than or equal to 3600',
        'spec.behavior.scaleUp.policies: Required value: must specify at least one Policy',
      ],
    ],
    [
      {
        behavior: {
          scaleDown: {
            selectPolicy: 'X',
            tolerance: '-0.1',
            policies: [{ type: 'Fish', value: 0, periodSeconds: 1801 }],
          },
        },
      },
      [
        'spec.behavior.scaleDown.selectPolicy: Unsupported value: "X": supported values: ' +
          '"Disabled", "Max", "Min"',
        'spec.behavior.scaleDown.policies[0].type: Unsupported value: "Fish": supported values: ' +
          '"Percent", "Pods"',
        'spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be greater than zero',
        'spec.behavior.scaleDown.policies[0].periodSeconds: Invalid value: 1801: ' +
          'must be less than or equal to 1800',
        'spec.behavior.scaleDown.tolerance: Invalid value: "-0.1": ' +
          'must be greater than or equal to 0',
      ],
    ],
  ])('%o', (spec, complaints) => {
    const object = { spec: { scaleTargetRef, maxReplicas: 5, ...spec } };
    expect(refusal(definition, object)).toEqual(complaints);
  });

  test('fills what a behavior leaves open', () => {
    const spec = { scaleTargetRef, maxReplicas: 5, behavior: { scaleDown: {} } };
    expect(prepared(definition, { spec }).spec.behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
    });
  });
});

const METRICS: HorizontalPodAutoscaler['spec']['metrics'] = [
  { type: 'Resource', resource: { name: 'cpu', target: HALF } },
  { type: 'Resource', resource: { name: 'memory', target: avg('10Mi') } },
  { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'a', target: HALF } },
  { type: 'Pods', pods: { metric: { name: 'packets' }, target: avg('1k') } },
  {
    type: 'Object',
    object: {
      metric: { name: 'hits', selector: { matchLabels: { a: 'b' } } },
      describedObject: { apiVersion: 'v1', kind: 'Service', name: 'web' },
      target: { type: 'Value', value: '10' },
    },
  },
  { type: 'External', external: { metric: { name: 'queue' }, target: avg('30') } },
];
const CURRENT: HorizontalPodAutoscaler['status']['currentMetrics'] = [
  {
    type: 'Resource',
    resource: { name: 'cpu', current: { averageUtilization: 12, averageValue: '24m' } },
  },
  { type: 'Resource', resource: { name: 'memory', current: { averageValue: '5Mi' } } },
  {
    type: 'ContainerResource',
    containerResource: {
      name: 'cpu',
      container: 'a',
      current: { averageUtilization: 7, averageValue: '7m' },
    },
  },
  { type: 'Pods', pods: { metric: { name: 'packets' }, current: { averageValue: '900' } } },
  {
    type: 'Object',
    object: {
      metric: { name: 'hits', selector: { matchLabels: { a: 'b' } } },
      describedObject: { apiVersion: 'v1', kind: 'Service', name: 'web' },
      current: { value: '3' },
    },
  },
  { type: 'External', external: { metric: { name: 'queue' }, current: { averageValue: '4' } } },
];

function avg(averageValue: string): { type: string; averageValue: string } {
  return { type: 'AverageValue', averageValue };
}

test.each([
  [0, 1, 'cpu: <unknown>/50%', 'cpu: 12%/50%'],
  [1, 2, 'memory: <unknown>/10Mi', 'memory: 5Mi/10Mi'],
  [2, 3, 'cpu: <unknown>/50%', 'cpu: 7%/50%'],
  [3, 4, '<unknown>/1k', '900/1k'],
  [4, 5, '<unknown>/10', '3/10'],
  [5, 6, '<unknown>/30 (avg)', '4/30 (avg)'],
  [
    0,
    6,
    'cpu: <unknown>/50%, memory: <unknown>/10Mi + 4 more...',
    'cpu: 12%/50%, memory: 5Mi/10Mi + 4 more...',
  ],
])('metrics %i to %i show as %s, then %s', (from, to, before, after) => {
  const specs = METRICS!.slice(from, to);
  expect(formatMetrics(specs, [])).toBe(before);
  expect(formatMetrics(specs, CURRENT!.slice(from, to))).toBe(after);
});

describe('autoscaling/v1', () => {
  const stored = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'h', annotations: { own: 'kept' } },
    spec: {
      scaleTargetRef,
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [METRICS![1], METRICS![0], ...METRICS!.slice(2)],
      behavior: { scaleUp: { selectPolicy: 'Min' } },
    },
    status: {
      currentReplicas: 2,
      desiredReplicas: 3,
      currentMetrics: CURRENT,
      conditions: [{ type: 'AbleToScale', status: 'True', reason: 'R', message: 'm' }],
    },
  };

  test('knows the use of CPU, and keeps the rest in annotations', () => {
    const shown = autoscalerV1View.convertTo(stored as never) as unknown as {
      spec: object;
      status: object;
      metadata: { annotations: Record<string, string> };
    };
    expect(shown.spec).toEqual({
      scaleTargetRef,
      minReplicas: 1,
      maxReplicas: 5,
      targetCPUUtilizationPercentage: 50,
    });
    expect(shown.status).toEqual({
      currentReplicas: 2,
      desiredReplicas: 3,
      currentCPUUtilizationPercentage: 12,
    });
    const { annotations } = shown.metadata;
    expect(Object.keys(annotations)).toEqual([
      'own',
      'autoscaling.alpha.kubernetes.io/metrics',
      'autoscaling.alpha.kubernetes.io/current-metrics',
      'autoscaling.alpha.kubernetes.io/behavior',
      'autoscaling.alpha.kubernetes.io/conditions',
    ]);
    expect(JSON.parse(annotations['autoscaling.alpha.kubernetes.io/metrics'])[0]).toEqual({
      type: 'Resource',
      resource: { name: 'memory', targetAverageValue: '10Mi' },
    });
  });

  test('loses nothing when it is written back, but for the order of metrics', () => {
    const back = autoscalerV1View.convertFrom(autoscalerV1View.convertTo(stored as never));
    const [, share] = stored.spec.metrics;
    const others = stored.spec.metrics.filter((metric) => metric !== share);
    expect(back).toEqual({ ...stored, spec: { ...stored.spec, metrics: [...others, share] } });
  });

  test.each(['{oops', '5', 'null', '{}', '[null, 5, "x"]'])(
    '%s in an annotation counts as no metric',
    (text) => {
      const annotations = { 'autoscaling.alpha.kubernetes.io/metrics': text };
      const shown = {
        metadata: { name: 'h', annotations },
        spec: { scaleTargetRef, maxReplicas: 5, targetCPUUtilizationPercentage: 60 },
      };
      expect(autoscalerV1View.convertFrom(shown as never)).toEqual({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'h' },
        spec: {
          scaleTargetRef,
          maxReplicas: 5,
          metrics: [cpu({ type: 'Utilization', averageUtilization: 60 })],
        },
        status: { desiredReplicas: 0, currentMetrics: null },
      });
    },
  );
});
