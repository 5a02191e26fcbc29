import { describe, expect, it } from 'vitest';
import type { Container, PodSpec } from '../api/types';
import { podRequests, podScoringRequests } from './pod-requests';
import type { ResourceAmounts } from './resource-amounts';

const container = (requests: Record<string, string>, more: Partial<Container> = {}): Container => ({
  name: 'main',
  resources: { requests },
  ...more,
});
const sidecar = { restartPolicy: 'Always' } as const;
const mib = 1024 * 1024;

interface Case {
  spec: Omit<PodSpec, 'containers'> & { containers?: Container[] };
  cpu: number;
  mib: number;
}

const cases: Record<string, Case> = {
  'containers add up': {
    spec: { containers: [container({ cpu: '100m' }), container({ cpu: '0.5', memory: '1Gi' })] },
    cpu: 600,
    mib: 1024,
  },
  'an init container counts only when it asks for more': {
    spec: {
      initContainers: [container({ cpu: '2', memory: '1Mi' })],
      containers: [container({ cpu: '1', memory: '2Mi' })],
    },
    cpu: 2000,
    mib: 2,
  },
  'init containers run one after the other': {
    spec: {
      initContainers: [container({ cpu: '1' }), container({ cpu: '2' })],
      containers: [container({ cpu: '100m' })],
    },
    cpu: 2000,
    mib: 0,
  },
  'a sidecar runs beside the containers': {
    spec: {
      initContainers: [container({ cpu: '500m' }, sidecar)],
      containers: [container({ cpu: '1' })],
    },
    cpu: 1500,
    mib: 0,
  },
  'a sidecar runs beside the init containers after it, not those before': {
    spec: {
      initContainers: [
        container({ cpu: '3' }),
        container({ cpu: '1' }, sidecar),
        container({ cpu: '2500m' }),
      ],
      containers: [container({ cpu: '100m' })],
    },
    cpu: 3500,
    mib: 0,
  },
  'overhead comes on top': {
    spec: {
      containers: [container({ cpu: '1', memory: '10Mi' })],
      overhead: { cpu: '250m', memory: '5Mi' },
    },
    cpu: 1250,
    mib: 15,
  },
  'requests of the pod go before those of its containers': {
    spec: { containers: [container({ cpu: '1' })], resources: { requests: { cpu: '3' } } },
    cpu: 3000,
    mib: 0,
  },
};

describe('what a pod requests', () => {
  it.each(Object.entries(cases))('%s', (_, { spec, cpu, mib: memory }) => {
    const requests = podRequests(spec as PodSpec);
    expect([requests.milliCpu, requests.memory]).toEqual([cpu, memory * mib]);
  });

  it('includes extended resources and ephemeral storage', () => {
    const asked = container({
      'ephemeral-storage': '1Gi',
      'x.test/gpu': '2',
      'hugepages-2Mi': '4Mi',
    });
    const requests: ResourceAmounts = podRequests({ containers: [asked, asked] });
    expect(requests.ephemeralStorage).toBe(2048 * mib);
    expect(requests.scalars).toEqual(
      new Map([
        ['x.test/gpu', 4],
        ['hugepages-2Mi', 8 * mib],
      ]),
    );
  });
});

describe('what scoring takes a pod to use', () => {
  it.each([
    ['100m and 200Mi where a container asks for nothing', {}, 100, 200],
    ['100m where it asks for memory only', { memory: '1Mi' }, 100, 1],
    ['what it asks for, were it nothing', { cpu: '0', memory: '0' }, 0, 0],
  ])('is %s', (_, requests, cpu, memory) => {
    const spec = { containers: [container(requests as Record<string, string>)] };
    const scoring = podScoringRequests(spec);
    expect([scoring.milliCpu, scoring.memory]).toEqual([cpu, memory * mib]);
  });
});
