import { expect, test } from 'vitest';
import { nodes } from '../api/resource-ref';
import { FakeTransport } from '../client/fake-transport';
import { Simulation } from '../sim/simulation';
import { MachineLink } from './machine-link';

function setUp() {
  const server = new FakeTransport(new Simulation({ seed: 1 }));
  const link = new MachineLink(server, '10.0.0.10:6443');
  const seen: string[] = [];
  const watch = () =>
    link.watch(
      { ref: nodes, resourceVersion: '0', actor: 'kubelet/n1' },
      {
        event: ({ object }) => seen.push(object.metadata.name),
        closed: () => seen.push('closed'),
      },
    );
  const list = () =>
    link.request({
      verb: 'list',
      ref: nodes,
      subresource: '',
      namespace: '',
      name: '',
      options: {},
      actor: 'a',
    });
  return { server, link, seen, watch, list };
}

test('requests and events pass while the cable is plugged in', () => {
  const { server, seen, watch, list } = setUp();
  watch();
  server.put({ kind: 'Node', metadata: { name: 'n1' } });
  expect(seen).toEqual(['n1']);
  expect(list()).toMatchObject({ items: [{ metadata: { name: 'n1' } }] });
});

test('a cut breaks what is open, refuses what comes, and is over when it is over', () => {
  const { server, link, seen, watch, list } = setUp();
  watch();
  link.setCut(true);
  server.put({ kind: 'Node', metadata: { name: 'n1' } });
  expect(seen).toEqual(['closed']);
  const refusal = 'dial tcp 10.0.0.10:6443: connect: no route to host';
  expect(list).toThrow(refusal);
  expect(watch).toThrow(refusal);
  link.setCut(false);
  watch();
  server.put({ kind: 'Node', metadata: { name: 'n2' } });
  expect(seen).toEqual(['closed', 'n2']);
});

test('a watch that was stopped is not closed again', () => {
  const { server, link, seen, watch } = setUp();
  watch()();
  link.setCut(true);
  server.closeWatches();
  expect(seen).toEqual([]);
});
