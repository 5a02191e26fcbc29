// What can be done to all machines of a rack or a zone at once: one act to the person, however many
// requests it takes. Machines of the control plane stay as they are.
import type { SceneNode } from '../../scene/scene';
import { words as panels } from '../inspector/group/words';
import { groupOf, isControlPlane, membersOf, type Group } from '../state/node-groups';
import type { SceneData } from '../state/scene-store';
import { Refusal, type Act, type ActTarget, type Offer, type Plan } from './act';
import { quoted } from './quoted';
import { changeAll, machinePath, nodePath } from './requests';
import { words } from './words';

const groups = panels.acts;

export const powerOffGroup: Act = {
  id: 'powerOffGroup',
  group: 'machine',
  icon: 'power',
  key: 'p',
  grave: true,
  offers: onMachines(
    ({ power }) => power === 'On',
    () => words.powerOff,
    { power: 'Off' },
  ),
};

export const powerOnGroup: Act = {
  id: 'powerOnGroup',
  group: 'machine',
  icon: 'power',
  key: 'p',
  offers: onMachines(
    ({ power }) => power === 'Off',
    () => words.powerOn,
    { power: 'On' },
  ),
};

export const cutCableGroup: Act = {
  id: 'cutCableGroup',
  group: 'machine',
  icon: 'cable',
  key: 'x',
  grave: true,
  offers: onMachines(
    ({ power, network }) => power === 'On' && network !== 'Cut',
    () => words.cutCable,
    { network: 'Cut' },
  ),
};

export const plugCableGroup: Act = {
  id: 'plugCableGroup',
  group: 'machine',
  icon: 'plug',
  key: 'x',
  offers: onMachines(
    ({ power, network }) => power === 'On' && network === 'Cut',
    () => words.plugCable,
    { network: 'Connected' },
  ),
};

export const cordonGroup: Act = {
  id: 'cordonGroup',
  group: 'node',
  icon: 'cordon',
  key: 'c',
  offers: onNodes(({ cordoned }) => !cordoned, true),
};

export const uncordonGroup: Act = {
  id: 'uncordonGroup',
  group: 'node',
  icon: 'check',
  key: 'c',
  offers: onNodes(({ cordoned }) => cordoned, false),
};

type Offers = Act['offers'];

/** Machines of a rack or a zone to which something can be done, all by one patch. */
function onMachines(
  isMeant: (node: SceneNode) => boolean,
  name: () => string,
  spec: object,
): Offers {
  return onGroup(
    ({ machine }) => machine !== '',
    isMeant,
    (group, meant, scene) => ({
      id: '',
      name: name(),
      about: aboutOf(groups.machines(meant.length), group, scene),
      plan: () => {
        const patch = { spec };
        const body = quoted(JSON.stringify(patch));
        return patchPlan({
          command: commandFor(group, scene, meant, {
            bySelector: (selector) =>
              `kubectl get nodes -l ${quoted(selector)} -o name | cut -d/ -f2 | ` +
              `xargs kubectl patch machine --type merge -p ${body}`,
            byName: (names) => `kubectl patch machine ${names} --type merge -p ${body}`,
          }),
          paths: meant.map(({ machine }) => machinePath(machine)),
          patch,
          done: `${meant.length} machines.sim.kubarium.dev patched`,
        });
      },
    }),
  );
}

function onNodes(isMeant: (node: SceneNode) => boolean, isCordon: boolean): Offers {
  return onGroup(
    ({ registered }) => registered,
    isMeant,
    (group, meant, scene) => {
      const verb = isCordon ? 'cordon' : 'uncordon';
      return {
        id: '',
        name: isCordon ? words.cordon : words.uncordon,
        about: isCordon ? groups.cordoned(meant.length) : groups.uncordoned(meant.length),
        plan: () =>
          patchPlan({
            command: commandFor(group, scene, meant, {
              bySelector: (selector) => `kubectl ${verb} -l ${quoted(selector)}`,
              byName: (names) => `kubectl ${verb} ${names}`,
            }),
            paths: meant.map(({ name }) => nodePath(name)),
            patch: { spec: { unschedulable: isCordon ? true : null } },
            done: `${meant.length} nodes ${verb}ed`,
          }),
      };
    },
  );
}

function onGroup(
  canBe: (node: SceneNode) => boolean,
  isMeant: (node: SceneNode) => boolean,
  offer: (group: Group, meant: SceneNode[], scene: SceneData) => Offer,
): Offers {
  return (target: ActTarget, scene: SceneData): Offer[] => {
    const group = groupOf(target);
    // Of the cluster as a whole there is nothing that would be left to see it.
    if (!group || group.kind === 'Canvas') return [];
    const meant = membersOf(group, scene.nodes).filter((node) => canBe(node) && isMeant(node));
    return meant.length > 0 ? [offer(group, meant, scene)] : [];
  };
}

interface Commands {
  bySelector(selector: string): string;
  byName(names: string): string;
}

/** Of a zone with a control plane that it stays as it is. */
function aboutOf(text: string, group: Group, { nodes }: SceneData): string {
  const isLeft = [...nodes.values()].some(
    (node) => isControlPlane(node) && group.kind === 'Zone' && node.zone === group.name,
  );
  return isLeft ? groups.butMasters(text) : text;
}

/** By the label that tells the group's nodes from all others, where there is one. */
function commandFor(
  group: Group,
  { nodes }: SceneData,
  meant: readonly SceneNode[],
  { bySelector, byName }: Commands,
): string {
  const byLabel = group.name !== '' && meant.every(({ registered }) => registered);
  if (!byLabel) return byName(meant.map(({ name }) => name).join(' '));
  const workers = '!node-role.kubernetes.io/control-plane';
  if (group.kind === 'Zone') {
    return bySelector(`topology.kubernetes.io/zone=${group.name},${workers}`);
  }
  const namesakes = [...nodes.values()].some(
    ({ rack, zone }) => rack === group.name && zone !== group.namespace,
  );
  const zone = namesakes ? `,topology.kubernetes.io/zone=${group.namespace}` : '';
  const masters = [...nodes.values()].some(
    (node) => node.rack === group.name && isControlPlane(node),
  );
  return bySelector(
    `topology.kubernetes.io/rack=${group.name}${zone}${masters ? `,${workers}` : ''}`,
  );
}

interface GroupPatch {
  command: string;
  paths: readonly string[];
  patch: object;
  done: string;
}

/** The same patch to many objects, asked for together. */
function patchPlan({ command, paths, patch, done }: GroupPatch): Plan {
  return {
    command,
    run: async ({ requestAll }) => {
      const refused = await changeAll(requestAll, paths, patch);
      if (refused.length === 0) return done;
      throw new Refusal(groups.someFailed(refused.length, paths.length, refused[0]!.message));
    },
  };
}
