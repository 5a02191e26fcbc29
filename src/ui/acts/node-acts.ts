// What kubectl can do to a Node: whether it takes pods, and which.
import type { Node } from '../../api/types';
import type { SceneNode } from '../../scene/scene';
import { podsOnNode } from '../state/crowd';
import type { SceneData } from '../state/scene-store';
import { Refusal, type Act, type ActTarget, type Offer, type Plan, type Request } from './act';
import { drain } from './drain';
import { nodeOf } from './machine-acts';
import { quoted } from './quoted';
import { change, nodePath, readNode, remove } from './requests';
import { parseTaint, taintText } from './taint';
import { words } from './words';

/** Set and taken back by the control plane itself: a hand's work would not last. */
const SELF_KEPT = 'node.kubernetes.io/';

export const cordon: Act = {
  id: 'cordon',
  group: 'node',
  icon: 'cordon',
  key: 'c',
  offers: onNode((node) =>
    node.cordoned
      ? []
      : [
          {
            id: '',
            name: words.cordon,
            about: words.cordonAbout,
            plan: () => cordonPlan(node.name, true),
          },
        ],
  ),
};

export const uncordon: Act = {
  id: 'uncordon',
  group: 'node',
  icon: 'check',
  key: 'c',
  offers: onNode((node) =>
    node.cordoned
      ? [{ id: '', name: words.uncordon, plan: () => cordonPlan(node.name, false) }]
      : [],
  ),
};

/** Whether a node takes new pods. */
export function cordonPlan(name: string, on: boolean): Plan {
  return {
    command: `kubectl ${on ? 'cordon' : 'uncordon'} ${name}`,
    run: async ({ request }) => {
      await change(request, nodePath(name), { spec: { unschedulable: on ? true : null } });
      return `node/${name} ${on ? 'cordoned' : 'uncordoned'}`;
    },
  };
}

export const drainNode: Act = {
  id: 'drain',
  group: 'node',
  icon: 'drain',
  key: 'd',
  grave: true,
  offers: onNode(({ name }, scene) => {
    const offer = (isForced: boolean): Offer => ({
      id: isForced ? 'force' : '',
      name: isForced ? words.drainForce : words.drain,
      about: isForced ? words.drainForceAbout : words.drainAbout,
      plan: () => ({
        command:
          `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data` +
          (isForced ? ' --force' : ''),
        run: (sending) => drain(name, isForced, sending),
      }),
    });
    return hasBarePod(name, scene) ? [offer(false), offer(true)] : [offer(false)];
  }),
};

/** Pods that nobody would make anew stop a drain, unless it is forced. */
function hasBarePod(node: string, { pods }: SceneData): boolean {
  return podsOnNode(pods, node).some(({ owner }) => !owner);
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const taint: Act = {
  id: 'taint',
  group: 'node',
  icon: 'taint',
  key: 't',
  offers: onNode(({ name }) => [
    {
      id: '',
      name: words.taint,
      about: words.taintAbout,
      fields: [
        { name: 'key', label: words.fields.key, value: 'dedicated', hint: 'example.com/gpu' },
        { name: 'value', label: words.fields.value, value: '', optional: true },
        { name: 'effect', label: words.fields.effect, value: EFFECTS[0]!, choices: EFFECTS },
      ],
      plan: ({ key = '', value = '', effect = '' }) => {
        const text = `${key}${value && '=' + value}:${effect}`;
        return {
          command: `kubectl taint nodes ${name} ${quoted(text)}`,
          run: async ({ request }) => {
            const added = parseTaint(text);
            await changeTaints(request, name, (taints) => [
              ...taints.filter(({ key, effect }) => key !== added.key || effect !== added.effect),
              added,
            ]);
            return `node/${name} tainted`;
          },
        };
      },
    },
  ]),
};

export const untaint: Act = {
  id: 'untaint',
  group: 'node',
  icon: 'taint',
  offers: onNode(({ name, taints }) =>
    taints
      .filter((text) => !text.startsWith(SELF_KEPT))
      .map((text) => ({
        id: text,
        name: words.untaint(text),
        plan: () => untaintPlan(name, text),
      })),
  ),
};

/** Takes a taint ('key=value:Effect') off a node. */
export function untaintPlan(name: string, text: string): Plan {
  return {
    command: `kubectl taint nodes ${name} ${quoted(text + '-')}`,
    run: async ({ request }) => {
      await changeTaints(request, name, (taints) => {
        const kept = taints.filter((each) => taintText(each) !== text);
        if (kept.length === taints.length) throw new Refusal(`taint "${text}" not found`);
        return kept;
      });
      return `node/${name} untainted`;
    },
  };
}

type Taints = NonNullable<Node['spec']['taints']>;

/** How often a Node is read again when somebody else changed it meanwhile. */
const MOST_TRIES = 5;

/** Somebody else's taints must not be lost: a patch holds only for the version that was read. */
async function changeTaints(
  request: Request,
  name: string,
  changed: (taints: Taints) => Taints,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { metadata, spec } = await readNode(request, name);
    const { resourceVersion } = metadata;
    const taints = changed(spec.taints ?? []);
    try {
      await change(request, nodePath(name), { metadata: { resourceVersion }, spec: { taints } });
      return;
    } catch (error) {
      const isStale = error instanceof Refusal && error.reason === 'Conflict';
      if (!isStale || tries === MOST_TRIES) throw error;
    }
  }
}

export const deleteNode: Act = {
  id: 'deleteNode',
  group: 'end',
  icon: 'trash',
  grave: true,
  offers: onNode(({ name }) => [
    {
      id: '',
      name: words.deleteNode,
      about: words.deleteNodeAbout,
      plan: () => ({
        command: `kubectl delete node ${name}`,
        run: async ({ request }) => {
          await remove(request, nodePath(name));
          return `node "${name}" deleted`;
        },
      }),
    },
  ]),
};

function onNode(offers: (node: SceneNode, scene: SceneData) => Offer[]) {
  return (target: ActTarget, scene: SceneData): Offer[] => {
    const node = nodeOf(target, scene);
    return node?.registered ? offers(node, scene) : [];
  };
}
