// What would help a pod that fits nowhere: single acts, read from what stopped it at each node and
// from what it asks for. Filters are asked in turn, so behind the reason that an act takes away
// another may stand; the scheduler tells it then, and the list is made anew.
import { isControlPlane } from '../state/node-groups';
import { podRequests } from '../../api/pod-requests';
import { parseQuantity } from '../../api/quantity';
import type { Pod } from '../../api/types';
import type { SchedulingReport } from '../../host/protocol';
import type { SceneNode } from '../../scene/scene';
import type { Offer, Plan } from '../acts/act';
import { addPlan, nextName } from '../acts/cluster-acts';
import { cordonPlan, untaintPlan } from '../acts/node-acts';
import { quoted } from '../acts/quoted';
import { change, create, machinePlan, nodePath } from '../acts/requests';
import { listed } from '../state/language';
import { words as scheduler } from './words';

const words = scheduler.suggestions;
/** More than these would be a list to search in. */
const OFFERED_MAX = 5;
/** Taints that the control plane sets and takes back by itself. */
const SELF_KEPT = 'node.kubernetes.io/';
const GI = 1024 ** 3;

export interface Suggestion extends Offer {
  /** What stood in the pod's way, in the scheduler's words. */
  against: string;
  /** It would help, and is seldom what one wants. */
  isLastResort?: boolean;
}

type Nodes = ReadonlyMap<string, SceneNode>;

/**
 * Acts that would help, the nearest to hand first; `report` is null when the pod never was tried.
 */
export function suggestionsFor(
  pod: Pod,
  report: SchedulingReport | null,
  nodes: Nodes,
): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const suggest = (suggestion: Suggestion | undefined): void => {
    if (suggestion && !found.has(suggestion.id)) found.set(suggestion.id, suggestion);
  };
  for (const gate of pod.spec.schedulingGates ?? []) suggest(ungate(pod, gate.name ?? ''));
  for (const { plugin, rejected } of report?.filters ?? []) {
    for (const [name, against] of Object.entries(rejected)) {
      suggest(rules[plugin]?.({ pod, node: nodes.get(name), against, nodes }));
    }
  }
  return [...found.values()]
    .sort((a, b) => Number(a.isLastResort ?? false) - Number(b.isLastResort ?? false))
    .slice(0, OFFERED_MAX);
}

interface Rejection {
  pod: Pod;
  /** Undefined when all nodes were turned away at once. */
  node: SceneNode | undefined;
  against: string;
  nodes: Nodes;
}

type Rule = (rejection: Rejection) => Suggestion | undefined;

const rules: Record<string, Rule> = {
  NodeUnschedulable: ({ node, against }) => node && uncordon(node, against),
  TaintToleration: ({ node, against }) => {
    if (!node) return undefined;
    if (node.power === 'Off') return machine(node, words.powerOn, { power: 'On' }, against);
    if (node.network === 'Cut')
      return machine(node, words.plugIn, { network: 'Connected' }, against);
    const taint = node.taints.find(
      (text) => !text.startsWith(SELF_KEPT) && !text.endsWith(':PreferNoSchedule'),
    );
    if (taint === undefined) return undefined;
    const isLastResort = isControlPlane(node);
    return { ...untaint(node, taint, against), isLastResort };
  },
  NodeAffinity: ({ node, pod, against }) => {
    const labels = wantedLabels(pod);
    const isWorker = node && !isControlPlane(node);
    return labels && isWorker ? label(node, labels, against) : undefined;
  },
  NodeResourcesFit: addMachine,
  NodePorts: addMachine,
  PodTopologySpread: addMachine,
  InterPodAffinity: (rejection) =>
    rejection.against.includes('anti-affinity') ? addMachine(rejection) : undefined,
  VolumeBinding: ({ pod, against }) => {
    const [, name] = /^persistentvolumeclaim "([^"]+)" not found$/.exec(against) ?? [];
    return name === undefined ? undefined : claim(pod, name, against);
  },
};

function uncordon({ name }: SceneNode, against: string): Suggestion {
  return suggestion(`uncordon ${name}`, words.uncordon(name), against, cordonPlan(name, false));
}

function machine(
  node: SceneNode,
  name: (machine: string) => string,
  spec: object,
  against: string,
): Suggestion {
  const plan = machinePlan(node.machine, spec);
  return suggestion(`machine ${node.machine}`, name(node.machine), against, plan);
}

function untaint({ name }: SceneNode, taint: string, against: string): Suggestion {
  const plan = untaintPlan(name, taint);
  return suggestion(`untaint ${name}`, words.untaint(name, taint), against, plan);
}

/** Labels that a node would need, as far as the pod asks for plain ones. */
function wantedLabels({ spec }: Pod): Record<string, string> | undefined {
  const labels: Record<string, string> = { ...spec.nodeSelector };
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const [term] = required?.nodeSelectorTerms ?? [];
  for (const { key, operator, values } of term?.matchExpressions ?? []) {
    if (operator === 'In' && values?.[0] !== undefined) labels[key] = values[0];
    else if (operator === 'Exists') labels[key] = '';
    else return undefined;
  }
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function label(node: SceneNode, labels: Record<string, string>, against: string): Suggestion {
  const { name } = node;
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return suggestion(`label ${texts.join()}`, words.label(name, listed(texts)), against, {
    command: `kubectl label nodes ${name} ${texts.map(quoted).join(' ')} --overwrite`,
    run: async ({ request }) => {
      await change(request, nodePath(name), { metadata: { labels } });
      return `node/${name} labeled`;
    },
  });
}

/** As large as the pod needs with room to spare, and at least like the others. */
function addMachine({ pod, nodes, against }: Rejection): Suggestion | undefined {
  const { cpu = 0, memory = 0, ...others } = amountsOf(pod);
  // No machine here brings what only a device plugin could tell of.
  if (Object.keys(others).some((resource) => resource.includes('/'))) return undefined;
  const size = {
    name: nextName({ nodes }),
    cpu: String(Math.max(2, Math.ceil(cpu + 0.5))),
    memory: `${Math.max(4, Math.ceil(memory / GI + 0.5))}Gi`,
  };
  const title = words.addMachine(size.name, size.cpu, size.memory);
  return suggestion('addMachine', title, against, addPlan(size));
}

/** CPUs, bytes, and whatever else the pod requests. */
function amountsOf({ spec }: Pod): Record<string, number> {
  const requests = Object.entries(podRequests(spec));
  return Object.fromEntries(requests.map(([name, amount]) => [name, parseQuantity(amount)]));
}

function ungate({ metadata, spec }: Pod, gate: string): Suggestion {
  const { namespace = '', name } = metadata;
  const schedulingGates = (spec.schedulingGates ?? []).filter((each) => each.name !== gate);
  const patch = { spec: { schedulingGates } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  return suggestion(`ungate ${gate}`, words.ungate(gate), 'SchedulingGated', {
    command:
      `kubectl patch pod ${name} -n ${namespace} --type merge ` +
      `-p ${quoted(JSON.stringify(patch))}`,
    run: async ({ request }) => {
      await change(request, path, patch);
      return `pod/${name} patched`;
    },
  });
}

const CLAIM_SIZE = '1Gi';

function claim({ metadata }: Pod, name: string, against: string): Suggestion {
  const { namespace = '' } = metadata;
  const object = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: CLAIM_SIZE } } },
  };
  return suggestion(`claim ${name}`, words.claim(name, CLAIM_SIZE), against, {
    command: `echo ${quoted(JSON.stringify(object))} | kubectl create -f -`,
    run: async ({ request }) => {
      await create(request, `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, object);
      return `persistentvolumeclaim/${name} created`;
    },
  });
}

function suggestion(id: string, name: string, against: string, plan: Plan): Suggestion {
  return { id, name, against, plan: () => plan };
}
