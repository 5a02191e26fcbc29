import { describe, expect, it } from 'vitest';
import type { Container, Pod } from '../../../api/types';
import { requestsFor } from './extended-requests';

const GPU = 'example.com/gpu';
const NIC = 'example.com/nic';

const container = (name: string, requests?: object, more?: object): Container =>
  ({ name, ...(requests && { resources: { requests } }), ...more }) as Container;
const sidecar = (name: string, requests: object): Container =>
  container(name, requests, { restartPolicy: 'Always' });

/** 'name count' of requests, and 'container: request' of mappings. */
function ask(containers: Container[], initContainers: Container[] = []): [string[], string[]] {
  const pod = { spec: { containers, initContainers } } as unknown as Pod;
  const { requests, mappings } = requestsFor(pod, [GPU, NIC], (resource) => `${resource}-class`);
  return [
    requests.map(({ name, exactly }) => `${name} ${exactly!.count} ${exactly!.deviceClassName}`),
    mappings.map(({ containerName, requestName }) => `${containerName}: ${requestName}`),
  ];
}

describe('requests for extended resources', () => {
  it('names containers and the places of resources among all that they ask for', () => {
    const a = container('a', { cpu: '1', [NIC]: '1', [GPU]: '2' });
    expect(ask([a, container('b'), container('c', { [GPU]: '1', [NIC]: '0' })])).toEqual([
      [
        'container-0-request-1 2 example.com/gpu-class',
        'container-0-request-2 1 example.com/nic-class',
        'container-2-request-0 1 example.com/gpu-class',
      ],
      ['a: container-0-request-1', 'c: container-2-request-0', 'a: container-0-request-2'],
    ]);
  });

  it('lets init containers use what later ones will have', () => {
    const main = [container('a', { [GPU]: '1' }), container('b', { [GPU]: '2' })];
    expect(ask(main, [container('i', { [GPU]: '2' })])).toEqual([
      [
        'container-1-request-0 1 example.com/gpu-class',
        'container-2-request-0 2 example.com/gpu-class',
      ],
      [
        'a: container-1-request-0',
        'b: container-2-request-0',
        'i: container-1-request-0',
        'i: container-2-request-0',
      ],
    ]);
  });

  it('asks once for what init containers need beyond that', () => {
    const inits = [1, 3, 2].map((count, index) =>
      container(`i${index}`, { [GPU]: `${count + 1}` }),
    );
    expect(ask([container('a', { [GPU]: '1' })], inits)).toEqual([
      [
        'container-1-request-0 3 example.com/gpu-class',
        'container-3-request-0 1 example.com/gpu-class',
      ],
      [
        'a: container-3-request-0',
        'i0: container-3-request-0',
        'i0: container-1-request-0',
        'i1: container-3-request-0',
        'i1: container-1-request-0',
        'i2: container-3-request-0',
        'i2: container-1-request-0',
      ],
    ]);
  });

  it('keeps what sidecars have from those before them only', () => {
    const inits = [
      container('before', { [GPU]: '1' }),
      sidecar('side', { [GPU]: '1' }),
      container('after', { [GPU]: '1' }),
    ];
    expect(ask([container('main')], inits)).toEqual([
      [
        'container-1-request-0 1 example.com/gpu-class',
        'container-2-request-0 1 example.com/gpu-class',
      ],
      [
        'side: container-1-request-0',
        'before: container-1-request-0',
        'after: container-2-request-0',
      ],
    ]);
  });
});
