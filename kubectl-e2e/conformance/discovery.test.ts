// Upstream:
// test/e2e/apimachinery/{aggregated_discovery,discovery,table_conversion,server_version}.go.
import { expect } from 'vitest';
import { list, suite, text } from './framework';

const { conformance } = suite();

const aggregated = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

for (const words of [
  'should support raw aggregated discovery endpoint Accept headers',
  'should support aggregated discovery interface',
]) {
  conformance(`[sig-api-machinery] AggregatedDiscovery ${words} [Conformance]`, async ({ api }) => {
    const accept = `${aggregated('v2')},${aggregated('v2beta1')},application/json`;
    const found = [];
    for (const path of ['/api', '/apis']) {
      const { body, headers } = await api.send('GET', path, undefined, { accept });
      expect(headers.get('content-type')).toBe(aggregated('v2'));
      expect(body.kind).toBe('APIGroupDiscoveryList');
      for (const { metadata, versions } of list(body.items)) {
        for (const { version, resources } of list(versions)) {
          const group = text(metadata.name) ?? '';
          for (const one of list(resources)) {
            found.push(`${group}/${text(version)}/${text(one.resource)}`);
          }
        }
      }
    }
    expect(found).toEqual(
      expect.arrayContaining([
        '/v1/pods',
        '/v1/services',
        'apps/v1/deployments',
        'batch/v1/jobs',
        'admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
        'apiextensions.k8s.io/v1/customresourcedefinitions',
        'apiregistration.k8s.io/v1/apiservices',
      ]),
    );
  });
}

conformance(
  '[sig-api-machinery] Discovery should validate PreferredVersion for each APIGroup [Conformance]',
  async ({ api }) => {
    const { groups } = await api.ask('GET', '/apis');
    for (const { name } of list(groups)) {
      if (text(name).endsWith('example.com')) continue;
      const group = await api.ask('GET', `/apis/${text(name)}`);
      const versions = list(group.versions).map(({ groupVersion }) => text(groupVersion));
      expect(versions).toContain(text(group.preferredVersion.groupVersion));
    }
  },
);

conformance(
  '[sig-api-machinery] Discovery should locate the groupVersion and a resource within each APIGroup [Conformance]',
  async ({ api }) => {
    for (const [groupVersion, resource] of [
      ['admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations'],
      ['apiextensions.k8s.io/v1', 'customresourcedefinitions'],
      ['apiregistration.k8s.io/v1', 'apiservices'],
      ['apps/v1', 'deployments'],
      ['authentication.k8s.io/v1', 'tokenreviews'],
      ['authorization.k8s.io/v1', 'selfsubjectaccessreviews'],
      ['autoscaling/v1', 'horizontalpodautoscalers'],
      ['autoscaling/v2', 'horizontalpodautoscalers'],
      ['batch/v1', 'jobs'],
      ['certificates.k8s.io/v1', 'certificatesigningrequests'],
      ['coordination.k8s.io/v1', 'leases'],
      ['discovery.k8s.io/v1', 'endpointslices'],
      ['events.k8s.io/v1', 'events'],
      ['networking.k8s.io/v1', 'ingresses'],
      ['node.k8s.io/v1', 'runtimeclasses'],
      ['policy/v1', 'poddisruptionbudgets'],
      ['scheduling.k8s.io/v1', 'priorityclasses'],
      ['storage.k8s.io/v1', 'csinodes'],
    ]) {
      const found = await api.ask('GET', `/apis/${groupVersion}`);
      expect(found).toMatchObject({ kind: 'APIResourceList', groupVersion });
      expect(list(found.resources).map(({ name }) => text(name))).toContain(resource);
    }
  },
);

conformance(
  '[sig-api-machinery] Servers with support for Table transformation should return a 406 for a backend which does not implement metadata [Conformance]',
  async ({ api }) => {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace: 'default', verb: 'get', resource: 'pods' } },
    };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const answer = await api.send('POST', path, body, { accept });
    expect([answer.code, answer.body.reason]).toEqual([406, 'NotAcceptable']);
  },
);

conformance(
  '[sig-api-machinery] server version should find the server version [Conformance]',
  async ({ api }) => {
    const version = await api.ask('GET', '/version');
    expect([text(version.major), text(version.minor)]).toEqual([
      '1',
      expect.stringMatching(/^\d+$/),
    ]);
  },
);
