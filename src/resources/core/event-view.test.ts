import { expect, test } from 'vitest';
import { createWholeCluster } from '../../cluster/whole-cluster';

const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
cluster.clock.runFor(5000);

function list(path: string): unknown {
  const { status, body } = cluster.handle({ method: 'GET', path, headers: {} });
  const { items, message } = JSON.parse(body) as { items?: object[]; message?: string };
  return status === 200 ? items!.length : message;
}

test('Events are selected by the names that their fields have in the group asked', () => {
  const created = cluster.handle({
    method: 'POST',
    path: '/apis/events.k8s.io/v1/namespaces/default/events',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      metadata: { name: 'e' },
      regarding: { kind: 'Pod', name: 'web', namespace: 'default' },
      eventTime: '2017-09-19T13:49:16.000000Z',
      action: 'Do',
      reason: 'Test',
      type: 'Normal',
      reportingController: 'test-controller',
      reportingInstance: 'test-node',
    }),
  });
  expect(created.status).toBe(201);
  const asked = (prefix: string, selector: string): unknown =>
    list(`${prefix}/namespaces/default/events?fieldSelector=${selector}`);
  expect(asked('/apis/events.k8s.io/v1', 'reportingController=test-controller')).toBe(1);
  expect(asked('/apis/events.k8s.io/v1', 'reportingController=other')).toBe(0);
  expect(asked('/apis/events.k8s.io/v1', 'regarding.name=web')).toBe(1);
  expect(asked('/api/v1', 'reportingComponent=test-controller')).toBe(1);
  expect(asked('/api/v1', 'source=test-controller')).toBe(1);
  expect(asked('/api/v1', 'reportingController=x')).toBe(
    'field label not supported: reportingController',
  );
  expect(asked('/apis/events.k8s.io/v1', 'involvedObject.name=web')).toBe(
    'field label not supported: involvedObject.name',
  );
});
