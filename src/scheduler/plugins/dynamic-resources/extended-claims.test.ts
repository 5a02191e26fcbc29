// Extended resources that are devices on some nodes, on a fake API server; cases as in upstream's
// dynamicresources_test.go and fit_test.go.
import { describe, expect, it } from 'vitest';
import type { ResourceClaim } from '../../../api/extension-types';
import { StatusError } from '../../../api/status-error';
import { FakeCluster, type NodeDraft } from '../../fake-cluster';
import { dynamicResources } from './dynamic-resources';

const GPU = 'example.com/gpu';
const OF_CLASS = 'deviceclass.resource.kubernetes.io/gpu';

const put = (cluster: FakeCluster, object: object): void => void cluster.put(object as never);

function putClass(cluster: FakeCluster, spec: object, name = 'gpu', created?: string): void {
  put(cluster, { kind: 'DeviceClass', metadata: { name, creationTimestamp: created }, spec });
}

function clusterOf(spec: object | undefined, ...nodes: NodeDraft[]): FakeCluster {
  const cluster = new FakeCluster().nodes(...nodes);
  if (spec) putClass(cluster, spec);
  const devices = [{ name: 'gpu-0' }, { name: 'gpu-1' }];
  const pool = { name: 'n1', resourceSliceCount: 1, generation: 1 };
  const slice = { driver: 'gpu.example.com', pool, nodeName: 'n1', devices };
  put(cluster, { kind: 'ResourceSlice', metadata: { name: 's' }, spec: slice });
  return cluster.start({ extension: [{ create: dynamicResources, weight: 0 }] });
}

const wants = (name: string, count = 1, resource = GPU) => ({
  name,
  extended: { [resource]: String(count) },
});

/** 'device' of each claim, by its name. */
function claims(cluster: FakeCluster): Record<string, string> {
  const all = [...cluster.transport.objects.values()].filter(
    ({ kind, metadata }) => kind === 'ResourceClaim' && metadata.name,
  ) as unknown as ResourceClaim[];
  return Object.fromEntries(
    all.map(({ metadata, spec, status }) => {
      const { results = [] } = status?.allocation?.devices ?? {};
      const asked = spec.devices!.requests!.map(({ name }) => name).join();
      return [metadata.name, `${asked}: ${results.map(({ device }) => device).join()}`];
    }),
  );
}

describe('extended resources that are devices', () => {
  it.each([GPU, OF_CLASS])('gives a pod that wants %s devices, and tells it which', (resource) => {
    const cluster = clusterOf({ extendedResourceName: GPU }, { name: 'n1' });
    cluster.pods(wants('p', 2, resource)).run();
    expect(cluster.placements()).toEqual({ p: 'n1' });
    const told = cluster.pod('p').status.extendedResourceClaimStatus!;
    expect(told.requestMappings).toEqual([
      { containerName: 'main', resourceName: resource, requestName: 'container-0-request-0' },
    ]);
    expect(told.resourceClaimName).toMatch(/^p-extended-resources-/);
    expect(claims(cluster)).toEqual({
      [told.resourceClaimName]: 'container-0-request-0: gpu-0,gpu-1',
    });
  });

  it('says what is lacking where there are no devices', () => {
    const cluster = clusterOf({ extendedResourceName: GPU }, { name: 'n1' }, { name: 'n2' });
    cluster.pods(wants('p', 3)).run();
    expect(cluster.why('p')).toContain('2 cannot allocate all claims. ');
    expect(claims(cluster)).toEqual({});
  });

  it('leaves to a node what it has itself', () => {
    const own = { name: 'n2', extended: { [GPU]: '1' } };
    const cluster = clusterOf({ extendedResourceName: GPU }, own);
    cluster.pods(wants('p'), wants('q')).run();
    expect(cluster.placements()).toEqual({ p: 'n2', q: '' });
    expect(cluster.why('q')).toContain(`1 Insufficient ${GPU}`);
    expect(claims(cluster)).toEqual({});
  });

  it('tries again what was rejected when a class comes to stand for the resource', () => {
    const cluster = clusterOf(undefined, { name: 'n1' });
    cluster.pods(wants('p')).run();
    expect(cluster.why('p')).toContain(`1 Insufficient ${GPU}`);
    putClass(cluster, { extendedResourceName: GPU });
    cluster.run(3000);
    expect(cluster.placements()).toEqual({ p: 'n1' });
    putClass(cluster, {});
    cluster.pods(wants('q')).run(3000);
    expect(cluster.why('q')).toContain(`1 Insufficient ${GPU}`);
  });

  it('takes the youngest class of several', () => {
    const cluster = clusterOf({ extendedResourceName: GPU }, { name: 'n1' });
    putClass(cluster, { extendedResourceName: GPU }, 'a', '2030-01-01T00:00:00Z');
    putClass(cluster, { extendedResourceName: GPU }, 'b', '2029-01-01T00:00:00Z');
    cluster.pods(wants('p')).run();
    const name = cluster.pod('p').status.extendedResourceClaimStatus!.resourceClaimName;
    const claim = cluster.transport.get<ResourceClaim>(`resourceclaims/default/${name}`);
    expect(claim.spec.devices!.requests![0].exactly!.deviceClassName).toBe('a');
    expect(claim.status.reservedFor!.map((user) => user.name)).toEqual(['p']);
  });

  it('deletes the claim when the binding fails, and makes another', () => {
    const cluster = clusterOf({ extendedResourceName: GPU }, { name: 'n1' });
    cluster.transport.bindingError = new StatusError(500, 'InternalError', 'boom');
    cluster.pods(wants('p', 2)).run(200);
    expect(cluster.why('p')).toBe('running Bind plugin "DefaultBinder": boom');
    expect(claims(cluster)).toEqual({});
    cluster.run(5000);
    expect(cluster.placements()).toEqual({ p: 'n1' });
    expect(Object.values(claims(cluster))).toEqual(['container-0-request-0: gpu-0,gpu-1']);
  });

  it('deletes a claim that was left behind, and then begins anew', () => {
    const cluster = clusterOf({ extendedResourceName: GPU }, { name: 'n1' });
    const owner = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'uid-p', controller: true };
    const metadata = {
      name: 'old',
      namespace: 'default',
      annotations: { 'resource.kubernetes.io/extended-resource-claim': 'true' },
      ownerReferences: [owner],
    };
    cluster.pods({ ...wants('p', 3) }).run();
    owner.uid = cluster.pod('p').metadata.uid;
    const spec = { devices: { requests: [{ name: 'r', exactly: { deviceClassName: 'gpu' } }] } };
    put(cluster, { kind: 'ResourceClaim', metadata, spec, status: {} });
    putClass(cluster, {}, 'other');
    cluster.run(3000);
    expect(cluster.transport.objects.has('resourceclaims/default/old')).toBe(false);
  });
});
