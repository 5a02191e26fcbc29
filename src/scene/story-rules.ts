// How writes read as sentences. One rule a kind of write, looked up by who wrote what and how.
// A sentence is: subject, fact, arrow, act, in the present tense. Double asterisks mark names.
import { controllerOf } from '../api/object';
import type { Deployment, Node, Pod, ReplicaSet } from '../api/types';
import type { Informer } from '../client/informer';
import type { TraceRecord } from '../sim/trace';
import type { MachineStories } from './machine-stories';
import { placeOf } from './messages';
import { readinessOf } from './node-view';
import { lookOf } from './pod-view';
import type { SceneLink, SceneStory } from './scene';

export interface StorySources {
  pods: Informer<Pod>;
  nodes: Informer<Node>;
  replicaSets: Informer<ReplicaSet>;
  deployments: Informer<Deployment>;
  machines: MachineStories;
}

export type Told = Pick<SceneStory, 'text' | 'tone' | 'about'>;
type Rule = (record: TraceRecord, sources: StorySources) => Told | undefined;

/** The sentence for a write, or undefined when it is routine. */
export function tell(record: TraceRecord, sources: StorySources): Told | undefined {
  const place = placeOf(record.actor);
  if (!place) return undefined;
  if (record.resource.startsWith(MACHINES)) {
    return place === 'you' && record.resource === MACHINES
      ? sources.machines.tell(record)
      : undefined;
  }
  if (place === 'you') return yourAct(record);
  const who = place.startsWith('node:') ? 'kubelet' : place;
  return rules[`${who} ${record.verb} ${record.resource}`]?.(record, sources);
}

/** Machines are of the world: no API server of the cluster sees them. */
export const MACHINES = 'machines.sim.kubarium.dev';

const KINDS: Record<string, string> = {
  pods: 'Pod',
  nodes: 'Node',
  services: 'Service',
  configmaps: 'ConfigMap',
  secrets: 'Secret',
  namespaces: 'Namespace',
  serviceaccounts: 'ServiceAccount',
  'deployments.apps': 'Deployment',
  'replicasets.apps': 'ReplicaSet',
  'daemonsets.apps': 'DaemonSet',
  'priorityclasses.scheduling.k8s.io': 'PriorityClass',
};

function yourAct(record: TraceRecord): Told | undefined {
  const kind = KINDS[record.resource.split('/')[0]];
  if (!kind) return undefined;
  const verbs: Record<string, [act: string, result: string]> = {
    create: ['create', 'the API server stores it'],
    update: ['change', 'the API server stores it'],
    patch: ['change', 'the API server stores it'],
    delete: ['delete', kind === 'Pod' ? 'its kubelet stops it' : 'the API server marks it'],
  };
  const found = verbs[record.verb];
  if (!found) return undefined;
  const [act, result] = found;
  return {
    text: `You ${act} ${kind} **${record.name}** → ${result}`,
    tone: 'plain',
    about: {
      kind,
      namespace: record.namespace,
      name: record.name,
      text: `you: ${act} ${record.name}`,
    },
  };
}

const rules: Record<string, Rule> = {
  'kube-controller-manager create replicasets.apps': (record, { replicaSets }) => {
    const replicaSet = replicaSets.get(keyOf(record));
    const owner = replicaSet && controllerOf(replicaSet);
    return {
      text:
        `Deployment **${owner?.name ?? '?'}** has a new pod template ` +
        `→ creates ReplicaSet **${record.name}**`,
      tone: 'plain',
      about: link('ReplicaSet', record),
    };
  },
  'kube-controller-manager update replicasets.apps': scaledReplicaSet,
  'kube-controller-manager patch replicasets.apps': scaledReplicaSet,
  'kube-controller-manager create pods': (record, { pods, replicaSets }) => {
    const pod = pods.get(keyOf(record));
    const owner = pod && controllerOf(pod);
    if (!pod || !owner) return undefined;
    const replicaSet = replicaSets.get(`${record.namespace}/${owner.name}`);
    const wants = replicaSet?.spec.replicas;
    const fact =
      wants === undefined ? 'lacks a pod' : `wants ${wants} ${wants === 1 ? 'pod' : 'pods'}`;
    return {
      text: `${owner.kind} **${owner.name}** ${fact} → creates **${pod.metadata.name}**`,
      tone: 'plain',
      about: podLink(pod.metadata.name, record),
    };
  },
  'kube-controller-manager delete pods': deletedPod,
  'kube-scheduler create pods/binding': (record, { pods }) => {
    const node = pods.get(keyOf(record))?.spec.nodeName;
    return {
      text: `Pod **${record.name}** fits → the scheduler binds it${node ? ` to **${node}**` : ''}`,
      tone: 'plain',
      about: podLink(record.name, record),
    };
  },
  'kube-scheduler patch pods/status': notScheduled,
  'kube-scheduler update pods/status': notScheduled,
  'kubelet patch pods/status': podProgress,
  'kubelet update pods/status': podProgress,
  'kube-controller-manager patch nodes': nodeNews,
  'kube-controller-manager update nodes': nodeNews,
  'kube-controller-manager patch nodes/status': nodeNews,
  'kube-controller-manager update nodes/status': nodeNews,
  'kubelet create nodes': (record) => ({
    text: `The kubelet on **${record.name}** joins → it registers its Node`,
    tone: 'good',
    about: link('Node', record),
  }),
};

function deletedPod(record: TraceRecord, { pods, replicaSets }: StorySources): Told {
  const pod = pods.get(keyOf(record));
  const owner = pod && controllerOf(pod);
  const about = podLink(record.name, record);
  const name = `**${record.name}**`;
  if (pod?.status.conditions?.some(({ type }) => type === 'DisruptionTarget')) {
    const text = `Pod ${name} does not tolerate its node any longer → it is evicted`;
    return { text, tone: 'warn', about };
  }
  const subject = owner ? `${owner.kind} **${owner.name}**` : 'The controller';
  const isOwnerGone =
    owner?.kind === 'ReplicaSet' && !replicaSets.get(`${record.namespace}/${owner.name}`);
  const text = isOwnerGone
    ? `${subject} is gone → its pod ${name} goes too`
    : `${subject} has a pod too many → deletes ${name}`;
  return { text, tone: 'plain', about };
}

function scaledReplicaSet(record: TraceRecord, { replicaSets }: StorySources): Told | undefined {
  const replicaSet = replicaSets.get(keyOf(record));
  const owner = replicaSet && controllerOf(replicaSet);
  if (!replicaSet || !owner) return undefined;
  const count = replicaSet.spec.replicas ?? 0;
  const current = replicaSet.status.replicas;
  if (count === current) return undefined;
  return {
    text:
      `Deployment **${owner.name}** scales ReplicaSet **${record.name}** ` +
      `→ from ${current} to ${count}`,
    tone: 'plain',
    about: link('ReplicaSet', record),
  };
}

function notScheduled(record: TraceRecord, { pods }: StorySources): Told | undefined {
  const condition = pods
    .get(keyOf(record))
    ?.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  const why = condition?.message?.split(':')[0];
  if (!why) return undefined;
  return {
    text: `Scheduler: **${why}** for ${record.name} → waits and tries again`,
    tone: 'warn',
    about: podLink(record.name, record),
  };
}

function podProgress(record: TraceRecord, sources: StorySources): Told | undefined {
  const pod = sources.pods.get(keyOf(record));
  if (!pod) return undefined;
  const node = record.actor.slice('kubelet/'.length);
  const name = `**${record.name}**`;
  const about = podLink(record.name, record);
  switch (lookOf(pod, false)) {
    case 'creating':
      return {
        text: `The kubelet on **${node}** takes ${name} → ${firstStep(pod, node, sources)}`,
        tone: 'plain',
        about,
      };
    case 'running':
      return { text: `Pod ${name} is ready → Services may send to it`, tone: 'good', about };
    case 'crashLoop':
      return {
        text: `Pod ${name} keeps crashing → the kubelet waits longer each time`,
        tone: 'bad',
        about,
      };
    case 'failed':
      return { text: `Pod ${name} cannot start → ${troubleOf(pod)}`, tone: 'bad', about };
    default:
      return undefined;
  }
}

/** What comes before its containers start. */
function firstStep({ spec }: Pod, nodeName: string, { pods, nodes }: StorySources): string {
  const listed = nodes.get(nodeName)?.status.images ?? [];
  const here = new Set(listed.flatMap(({ names }) => names ?? []));
  // A node lists its images now and then; containers that run are newer proof.
  for (const { status } of pods.byIndex('node', nodeName)) {
    for (const { image, imageID } of status.containerStatuses ?? []) if (imageID) here.add(image);
  }
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const isHere = ({ image = '', imagePullPolicy }: (typeof containers)[number]) =>
    imagePullPolicy !== 'Always' && (here.has(image) || here.has(`docker.io/library/${image}`));
  if (containers.every(isHere)) return 'starts it: the image is there';
  return containers.length === 1 ? 'pulls its image' : 'pulls its images';
}

function troubleOf(pod: Pod): string {
  for (const { state } of pod.status.containerStatuses ?? []) {
    if (state?.waiting?.reason) return state.waiting.reason;
  }
  return pod.status.reason ?? pod.status.phase ?? 'Failed';
}

function nodeNews(record: TraceRecord, { nodes }: StorySources): Told | undefined {
  const node = nodes.get(record.name);
  if (!node) return undefined;
  const about = link('Node', record);
  const name = `**${record.name}**`;
  if (record.resource === 'nodes/status') {
    if (readinessOf(node) !== 'Unknown') return undefined;
    return { text: `Node ${name} sends no heartbeat → it counts as NotReady`, tone: 'bad', about };
  }
  const taint = node.spec.taints?.find(({ effect }) => effect === 'NoExecute');
  // A node that is ready again loses its taints one after the other.
  if (!taint || readinessOf(node) === 'Ready') return undefined;
  const what = taint.key.replace('node.kubernetes.io/', '');
  return { text: `Node ${name} is ${what} → tainted, its pods leave in 300 s`, tone: 'bad', about };
}

function keyOf({ namespace, name }: TraceRecord): string {
  return namespace ? `${namespace}/${name}` : name;
}

function link(kind: string, { namespace, name }: TraceRecord): SceneLink {
  return { kind, namespace, name, text: `${kind} ${name}` };
}

function podLink(name: string, { namespace }: TraceRecord): SceneLink {
  return { kind: 'Pod', namespace, name, text: `Pod ${name.slice(name.lastIndexOf('-') + 1)}` };
}
