// What can be done to etcd as a whole: members lost until there is no quorum, a snapshot of all it
// holds, and the way back to one.
import type { SceneData } from '../state/scene-store';
import type { Act, ActTarget, Offer, Plan, Request } from './act';
import { isProgramStopped } from './program-acts';
import { quoted } from './quoted';
import { change, create, machinePath, machinePlan, read } from './requests';
import { words } from './words';
import { listed } from '../state/language';

export const SNAPSHOTS_PATH = '/apis/sim.kubarium.dev/v1alpha1/etcdsnapshots';

/** A snapshot as the world keeps it. */
export interface EtcdSnapshot {
  metadata: { name: string; creationTimestamp?: string };
  spec?: { restores?: number };
  status?: { revision?: number; objects?: number };
}

export const loseMember: Act = {
  id: 'loseMember',
  group: 'cluster',
  icon: 'db',
  grave: true,
  offers: onEtcd((members) => {
    const running = members.filter((member) => member.isRunning);
    if (members.length < 3 || running.length < members.length) return [];
    const last = running.findLast((member) => !member.isLeader)!;
    return [
      {
        id: '',
        name: words.loseMember(last.machine),
        about: words.loseMemberAbout,
        plan: () => machinePlan(last.machine, STOPPED),
      },
    ];
  }),
};

export const loseQuorum: Act = {
  id: 'loseQuorum',
  group: 'cluster',
  icon: 'db',
  grave: true,
  offers: onEtcd((members) => {
    const running = members.filter((member) => member.isRunning);
    const quorum = Math.floor(members.length / 2) + 1;
    if (members.length < 3 || running.length < quorum) return [];
    const lost = running.slice(quorum - 1).map(({ machine }) => machine);
    return [
      {
        id: '',
        name: words.loseQuorum(listed(lost)),
        about: words.loseQuorumAbout,
        plan: () => machinesPlan(lost, STOPPED),
      },
    ];
  }),
};

export const startMembers: Act = {
  id: 'startMembers',
  group: 'cluster',
  icon: 'db',
  offers: onEtcd((members) => {
    const stopped = members.filter((member) => member.isHeld).map(({ machine }) => machine);
    if (members.length < 3 || stopped.length === 0) return [];
    const name = words.startMembers(listed(stopped));
    return [{ id: '', name, plan: () => machinesPlan(stopped, RUNNING) }];
  }),
};

export const saveSnapshot: Act = {
  id: 'saveSnapshot',
  group: 'cluster',
  icon: 'save',
  offers: onEtcd((_, scene) => [
    {
      id: '',
      name: words.saveSnapshot,
      about: words.saveSnapshotAbout,
      plan: () => savePlan(scene.gauges.revision),
    },
  ]),
};

export const restoreSnapshot: Act = {
  id: 'restoreSnapshot',
  group: 'cluster',
  icon: 'restore',
  grave: true,
  offers: onEtcd(() => [
    {
      id: '',
      name: words.restoreSnapshot,
      about: words.restoreSnapshotAbout,
      fields: async (request) => {
        const choices = (await snapshots(request)).map(({ metadata }) => metadata.name);
        const value = choices.at(-1) ?? '';
        return [{ name: 'snapshot', label: words.fields.snapshot, value, choices }];
      },
      plan: async ({ snapshot = '' }, request) => restorePlan(snapshot, request),
    },
  ]),
};

const STOPPED = { programs: { etcd: { state: 'Stopped' } } };
const RUNNING = { programs: { etcd: { state: 'Running' } } };

function machinesPlan(names: readonly string[], spec: object): Plan {
  const patch = { spec };
  const targets = names.map((name) => `machine/${name}`).join(' ');
  return {
    command: `kubectl patch ${targets} --type merge -p ${quoted(JSON.stringify(patch))}`,
    run: async ({ request }) => {
      for (const name of names) await change(request, machinePath(name), patch);
      return names.map((name) => `machine.sim.kubarium.dev/${name} patched`).join('\n');
    },
  };
}

function savePlan(revision: number): Plan {
  const object = {
    apiVersion: 'sim.kubarium.dev/v1alpha1',
    kind: 'EtcdSnapshot',
    metadata: { name: `snapshot-${revision}` },
  };
  return {
    command: `echo ${quoted(JSON.stringify(object))} | kubectl create -f -`,
    run: async ({ request }) => {
      const made = await create<EtcdSnapshot>(request, SNAPSHOTS_PATH, object);
      return `etcdsnapshot.sim.kubarium.dev/${made.metadata.name} created`;
    },
  };
}

async function restorePlan(name: string, request: Request): Promise<Plan> {
  const path = `${SNAPSHOTS_PATH}/${encodeURIComponent(name)}`;
  const { spec } = await read<EtcdSnapshot>(request, path);
  const patch = { spec: { restores: (spec?.restores ?? 0) + 1 } };
  return {
    command: `kubectl patch etcdsnapshot ${name} --type merge -p ${quoted(JSON.stringify(patch))}`,
    run: async (sending) => {
      await change(sending.request, path, patch);
      return `etcdsnapshot.sim.kubarium.dev/${name} patched`;
    },
  };
}

async function snapshots(request: Request): Promise<EtcdSnapshot[]> {
  const { items } = await read<{ items: EtcdSnapshot[] }>(request, SNAPSHOTS_PATH);
  const at = ({ metadata }: EtcdSnapshot) => metadata.creationTimestamp ?? '';
  return items.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
}

interface Member {
  machine: string;
  isRunning: boolean;
  isLeader: boolean;
  /** Stopped by a hand. */
  isHeld: boolean;
}

function onEtcd(offers: (members: Member[], scene: SceneData) => Offer[]) {
  return (target: ActTarget, scene: SceneData): Offer[] => {
    if (target.kind !== 'Component' || target.name !== 'etcd') return [];
    return offers(membersOf(scene), scene);
  };
}

export function membersOf(scene: SceneData): Member[] {
  return scene.components
    .filter(({ name }) => name === 'etcd')
    .map(({ machine, state, leader }) => {
      const host = scene.nodes.get(machine);
      return {
        machine,
        isRunning: state === 'running',
        isLeader: leader,
        isHeld: host?.power === 'On' && isProgramStopped(host, 'etcd'),
      };
    });
}
