import { describe, expect, test } from 'vitest';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { gatewayApiCrds } from './gateway-api-crds';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

function stage() {
  const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(1000);
  const send = (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = cluster.handle({ method, path, headers, body: JSON.stringify(body) });
    cluster.clock.runFor(100);
    return { code: answer.status, body: JSON.parse(answer.body) as Record<string, never> };
  };
  return send;
}

const send = stage();
const installed = gatewayApiCrds().map((crd) => ({
  name: crd.metadata.name,
  ...send('POST', CRDS, crd),
}));

test('every definition is accepted and established', () => {
  for (const { name, code, body } of installed)
    expect([name, code, body]).toEqual([name, 201, body]);
  for (const { name } of installed) {
    const { status } = send('GET', `${CRDS}/${name}`).body as never as {
      status: { conditions: { type: string; status: string }[] };
    };
    expect(status.conditions.map((each) => [each.type, each.status])).toEqual([
      ['NamesAccepted', 'True'],
      ['Established', 'True'],
      ['KubernetesAPIApprovalPolicyConformant', 'True'],
    ]);
  }
});

describe('their resources', () => {
  const root = '/apis/gateway.networking.k8s.io/v1';
  const inDefault = `${root}/namespaces/default`;
  const make = (kind: string, path: string, spec: object) =>
    send('POST', path, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: { name: 'x' },
      spec,
    });

  test('are defaulted as the real ones are', () => {
    expect(
      make('GatewayClass', `${root}/gatewayclasses`, { controllerName: 'a.io/b' }),
    ).toMatchObject({
      code: 201,
    });
    const listeners = [{ name: 'web', port: 80, protocol: 'HTTP' }];
    expect(
      make('Gateway', `${inDefault}/gateways`, { gatewayClassName: 'x', listeners }),
    ).toMatchObject({
      code: 201,
      body: {
        spec: { listeners: [{ allowedRoutes: { namespaces: { from: 'Same' } } }] },
        status: { conditions: [{ type: 'Accepted', status: 'Unknown' }, { type: 'Programmed' }] },
      },
    });
    const rules = [{ backendRefs: [{ name: 's', port: 80 }] }];
    expect(
      make('HTTPRoute', `${inDefault}/httproutes`, { parentRefs: [{ name: 'x' }], rules }),
    ).toMatchObject({
      code: 201,
      body: {
        spec: {
          parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'x' }],
          rules: [
            {
              matches: [{ path: { type: 'PathPrefix', value: '/' } }],
              backendRefs: [{ group: '', kind: 'Service', name: 's', port: 80, weight: 1 }],
            },
          ],
        },
      },
    });
  });

  test.each([
    [
      { rules: [{ backendRefs: [{ name: 's' }] }] },
      'spec.rules[0].backendRefs[0]: Invalid value: "object": Must have port for Service reference',
    ],
    [
      { rules: [{ matches: [{ path: { value: 'x' } }] }] },
      'spec.rules[0].matches[0].path: Invalid value: "object": value must be an absolute path and ' +
        "start with '/' when type one of ['Exact', 'PathPrefix']",
    ],
    [
      { rules: [{ filters: [{ type: 'RequestRedirect' }] }] },
      'spec.rules[0].filters[0]: Invalid value: "object": filter.requestRedirect must be specified ' +
        'for RequestRedirect filter.type',
    ],
    [
      { parentRefs: [{ name: 'a' }, { name: 'a' }] },
      'spec.parentRefs: Invalid value: "array": sectionName must be unique when parentRefs includes ' +
        '2 or more references to the same parent',
    ],
  ])('%j is refused', (spec, message) => {
    const answer = make('HTTPRoute', `${inDefault}/httproutes`, spec);
    expect(answer.code).toBe(422);
    expect((answer.body as unknown as { message: string }).message).toContain(message);
  });
});
