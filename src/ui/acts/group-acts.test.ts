import { describe, expect, it, test } from 'vitest';
import type { HttpRequest } from '../../host/protocol';
import type { SceneNode } from '../../scene/scene';
import { byName, sampleNode, sampleZone } from '../inspector/group/scene-samples';
import { CLUSTER, rackGroup, zoneGroup, type Group } from '../state/node-groups';
import { createSceneStore, type SceneData } from '../state/scene-store';
import type { Sending } from './act';
import { findOffer, offeredFor, offerOfKey } from './offered';

const m1 = sampleNode('m1', { zone: 'zone-a', rack: 'a-01', roles: ['control-plane'] });

function scene(...nodes: SceneNode[]): SceneData {
  return { ...createSceneStore().getState(), nodes: byName([m1, ...nodes]) };
}

const off = { power: 'Off' } as const;
const rack = rackGroup('zone-b', 'b-01');

function offered(group: Group, of: SceneData): string[] {
  return offeredFor(group, of).map(({ act }) => act.id);
}

test.each([
  ['all is well', sampleZone('b', 24), ['cordonGroup', 'cutCableGroup', 'powerOffGroup']],
  ['all is off', sampleZone('b', 24, 12, off), ['cordonGroup', 'powerOnGroup']],
  [
    'some are off',
    sampleZone('b', 24, 5, off),
    ['cordonGroup', 'cutCableGroup', 'powerOffGroup', 'powerOnGroup'],
  ],
  [
    'all are cut off and cordoned',
    sampleZone('b', 24, 12, { network: 'Cut', cordoned: true }),
    ['uncordonGroup', 'plugCableGroup', 'powerOffGroup'],
  ],
])('what is offered for a rack when %s', (_, nodes, expected) => {
  expect(offered(rack, scene(...nodes))).toEqual(expected);
});

it('offers nothing of it for the whole cluster', () => {
  expect(offered(CLUSTER, scene(...sampleZone('b', 24)))).not.toContain('powerOffGroup');
});

test.each([
  ['p', 'powerOffGroup', 'powerOnGroup', off],
  ['x', 'cutCableGroup', 'plugCableGroup', { network: 'Cut' }],
  ['c', 'cordonGroup', 'uncordonGroup', { cordoned: true }],
] as const)('the key %s does it and takes it back', (key, act, back, change) => {
  expect(offerOfKey(key, rack, scene(...sampleZone('b', 24)))?.act.id).toBe(act);
  expect(offerOfKey(key, rack, scene(...sampleZone('b', 24, 24, change)))?.act.id).toBe(back);
});

interface Done {
  command: string;
  requests: readonly HttpRequest[];
  result: string;
}

async function done(act: string, group: Group, of: SceneData, status = 200): Promise<Done> {
  let requests: readonly HttpRequest[] = [];
  const requestAll: Sending['requestAll'] = (asked) => {
    requests = asked;
    const body = { kind: 'Status', status: 'Failure', message: 'no leader', code: 503 };
    return Promise.resolve(
      asked.map(() => ({ status, headers: {}, body: JSON.stringify(status < 400 ? {} : body) })),
    );
  };
  const { offer } = findOffer(act, group, of)!;
  const plan = await offer.plan({}, () => Promise.reject(new Error()));
  const sending = { requestAll } as unknown as Sending;
  const result = await plan.run(sending).catch((error: Error) => `refused: ${error.message}`);
  return { command: plan.command, requests, result };
}

describe('done to all of it', () => {
  it('is one act: as many requests as machines, sent together', async () => {
    const nodes = sampleZone('b', 24, 2, off);
    const { requests, command, result } = await done('powerOffGroup', rack, scene(...nodes));
    expect(requests.map(({ path }) => path.split('/').at(-1))).toEqual(
      nodes.slice(2, 12).map(({ name }) => name),
    );
    expect(requests[0]).toMatchObject({ method: 'PATCH', body: '{"spec":{"power":"Off"}}' });
    expect(command).toBe(
      'kubectl get nodes -l topology.kubernetes.io/rack=b-01 -o name | cut -d/ -f2 | ' +
        `xargs kubectl patch machine --type merge -p '{"spec":{"power":"Off"}}'`,
    );
    expect(result).toBe('10 machines.sim.kubarium.dev patched');
  });

  it('leaves the control plane of a zone as it is, and says so', async () => {
    const of = scene(...sampleZone('a', 12));
    const zone = zoneGroup('zone-a');
    const { requests, command } = await done('cordonGroup', zone, of);
    expect(requests).toHaveLength(12);
    expect(command).toBe(
      "kubectl cordon -l 'topology.kubernetes.io/zone=zone-a,!node-role.kubernetes.io/control-plane'",
    );
    expect(findOffer('powerOffGroup', zone, of)?.offer.about).toBe(
      '12 machines at once, the control plane aside',
    );
  });

  it('names the machines where a label would not tell them from others', async () => {
    const nodes = sampleZone('b', 2).map((node) => ({ ...node, registered: false }));
    const { command } = await done('cutCableGroup', rack, scene(...nodes));
    expect(command).toBe(
      `kubectl patch machine b-n1 b-n2 --type merge -p '{"spec":{"network":"Cut"}}'`,
    );
  });

  it('names the zone of a rack that has a namesake in another', async () => {
    const other = sampleNode('c-n1', { zone: 'zone-c', rack: 'b-01' });
    const { command } = await done('uncordonGroup', rack, {
      ...scene(...sampleZone('b', 12, 12, { cordoned: true }), other),
    });
    expect(command).toContain('rack=b-01,topology.kubernetes.io/zone=zone-b');
  });

  it('says how many were refused, and why', async () => {
    const { result } = await done('powerOffGroup', rack, scene(...sampleZone('b', 12)), 503);
    expect(result).toBe('refused: 12 of 12: no leader');
  });
});
