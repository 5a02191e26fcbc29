// Machines that come and go.
import type { SceneData } from '../state/scene-store';
import { Refusal, type Act, type ActTarget, type Offer, type Values } from './act';
import { nodeOf } from './machine-acts';
import { quoted } from './quoted';
import { create, machinePath, remove } from './requests';
import { MACHINES_PATH } from '../state/machines';
import { words } from './words';

export const addMachine: Act = {
  id: 'addMachine',
  group: 'cluster',
  icon: 'plus',
  key: 'n',
  offers: (target: ActTarget, scene: SceneData): Offer[] => {
    if (target.kind !== 'Canvas') return [];
    const { fields } = words;
    return [
      {
        id: '',
        name: words.addMachine,
        about: words.addMachineAbout,
        fields: [
          { name: 'name', label: fields.name, value: nextName(scene) },
          { name: 'cpu', label: fields.cpu, value: '4' },
          { name: 'memory', label: fields.memory, value: '8Gi' },
          { name: 'zone', label: fields.zone, value: '', optional: true, hint: 'zone-a' },
        ],
        plan: addPlan,
      },
    ];
  },
};

/** A machine of that size joins. */
export function addPlan({ name = '', cpu = '', memory = '', zone = '' }: Values) {
  const machine = {
    apiVersion: 'sim.kubarium.dev/v1alpha1',
    kind: 'Machine',
    metadata: { name },
    spec: { capacity: { cpu, memory }, ...(zone && { zone }) },
  };
  return {
    command: `echo ${quoted(JSON.stringify(machine))} | kubectl create -f -`,
    run: async ({ request }: { request: Parameters<typeof create>[0] }) => {
      if (name === '') throw new Refusal(words.needsName);
      await create(request, MACHINES_PATH, machine);
      return `machine.sim.kubarium.dev/${name} created`;
    },
  };
}

/** n5 after n4. */
export function nextName({ nodes }: Pick<SceneData, 'nodes'>): string {
  let highest = 0;
  for (const name of nodes.keys()) {
    const [, number] = /^n(\d+)$/.exec(name) ?? [];
    if (number) highest = Math.max(highest, Number(number));
  }
  return `n${highest + 1}`;
}

export const removeMachine: Act = {
  id: 'removeMachine',
  group: 'end',
  icon: 'trash',
  grave: true,
  offers: (target, scene) => {
    const machine = nodeOf(target, scene)?.machine;
    if (!machine) return [];
    return [
      {
        id: '',
        name: words.removeMachine,
        about: words.removeMachineAbout(machine),
        plan: () => ({
          command: `kubectl delete machine ${machine}`,
          run: async ({ request }) => {
            await remove(request, machinePath(machine));
            return `machine.sim.kubarium.dev "${machine}" deleted`;
          },
        }),
      },
    ];
  },
};
