import { expect, test } from 'vitest';
import { createWholeCluster } from '../../cluster/whole-cluster';

const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
cluster.clock.runFor(5000);

function list(path: string): unknown {
  const { status, body } = cluster.handle({ method: 'GET', path, headers: {} });
  const { items, message } = JSON.parse(body) as {
    items?: object[];
    message?: string;
  };
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

const URL = '/apis/events.k8s.io/v1/namespaces/default/events';
const EVENT = {
  metadata: { name: 'strict' },
  regarding: { kind: 'Pod', name: 'web', namespace: 'default' },
  eventTime: '2017-09-19T13:49:16.000000Z',
  action: 'Do',
  reason: 'Test',
  type: 'Normal',
  reportingController: 'test-controller',
  reportingInstance: 'test-node',
};

function send(method: string, path: string, body: object): { message?: string } {
  const headers = { 'content-type': 'application/json' };
  return JSON.parse(cluster.handle({ method, path, headers, body: JSON.stringify(body) }).body);
}

test('a new Event of events.k8s.io has a time and a type, and no deprecated fields', () => {
  const { eventTime: _eventTime, type: _type, ...bare } = EVENT;
  expect(send('POST', URL, { ...bare, deprecatedCount: 2, series: { count: 1 } }).message).toBe(
    'Event "strict" is invalid: [series.count: Invalid value: "": should be at least 2, ' +
      'series.lastObservedTime: Required value, eventTime: Required value, ' +
      'type: Invalid value: "": has invalid value: , count: Invalid value: "": needs to be unset]',
  );
});

test('of an Event of events.k8s.io only the series changes', () => {
  send('POST', URL, EVENT);
  const series = { count: 2, lastObservedTime: '2017-09-19T13:50:16.000000Z' };
  expect(send('PUT', `${URL}/strict`, { ...EVENT, series })).toMatchObject({
    series,
  });
  expect(send('PUT', `${URL}/strict`, { ...EVENT, series, reason: 'Other' }).message).toBe(
    'Event "strict" is invalid: reason: Invalid value: "Other": field is immutable',
  );
});
