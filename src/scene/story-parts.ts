// What each sentence of the story is filled with, by the rule that tells it. The engine sends a
// rule's name and its parts; the page has the words, in each of its languages (src/i18n).
// `name`, `pod`, `node`, `owner`, ... are names of objects; `message` and `reason` are the server's
// own words, which are shown as they are.

interface Named {
  kind: string;
  name: string;
}
interface OfPod {
  pod: string;
}
interface OfNode {
  node: string;
}
interface OwnedPod extends OfPod {
  kind: string;
  owner: string;
}
interface Program {
  program: string;
  node: string;
}

/** Many machines or nodes that are one to the person. */
interface OfMany {
  kind: 'Zone' | 'Rack';
  name: string;
  /** How many of its machines. */
  count: number;
}

/** What a person does. */
interface Acts {
  youCreate: Named;
  youChange: Named;
  /** `stays`: it is only marked, until its kubelet or its finalizers let it go. */
  youDelete: Named & { stays: boolean };
  youScale: Named & { count: number };
  youCordon: OfNode;
  youUncordon: OfNode;
  youBind: OfPod & OfNode;
  youEvict: OfPod;
  /** A PodDisruptionBudget does not let a pod go. */
  evictionRefused: OfPod;
  youAdd: OfNode;
  youRemove: OfNode;
  youPowerOff: OfNode;
  youPowerOn: OfNode;
  youCutCable: OfNode;
  youPlugCable: OfNode;
  youPowerOffAll: OfMany;
  youPowerOnAll: OfMany;
  youCutCableAll: OfMany;
  youPlugCableAll: OfMany;
  youCordonAll: OfMany;
  youUncordonAll: OfMany;
  youFillDisk: OfNode;
  youFreeDisk: OfNode;
  youKill: OfPod & OfNode;
  youFailProbe: OfPod & OfNode;
  youMendProbe: OfPod & OfNode;
  youStopProgram: Program;
  youStartProgram: Program;
  youCrashProgram: Program;
  /** `code` is the HTTP status that a write was answered with. */
  youRefused: Named & { verb: string; code: number };
}

interface Workloads {
  replicaSetCreated: { deployment: string; replicaSet: string };
  replicaSetScaled: { deployment: string; replicaSet: string; from: number; to: number };
  /** `count`: how many pods the owner wants; -1 when it does not say. */
  podCreated: OwnedPod & { count: number };
  podSurplus: OwnedPod;
  podCascade: OwnedPod;
  podEvicted: OfPod & OfNode;
  rolloutDone: { deployment: string; replicaSet: string; count: number };
  rolloutStuck: { deployment: string; message: string };
  statefulPodCreated: { owner: string; pod: string; ordinal: number; count: number };
  daemonPodCreated: { owner: string; pod: string };
  jobPodCreated: { owner: string; pod: string; succeeded: number; completions: number };
  jobDone: { job: string };
  jobFailed: { job: string; message: string };
  jobCreated: { cronJob: string; job: string };
  scheduleMissed: { cronJob: string; message: string };
  createRefused: { kind: string; owner: string; message: string };
  autoscaled: { autoscaler: string; count: number; reason: string };
  autoscalerBlind: { autoscaler: string; message: string };
}

interface Pods {
  podBound: OfPod & OfNode;
  podUnschedulable: OfPod & { message: string };
  podPreempted: OfPod & { node: string };
  /** `pulls`: images that have to be fetched first; 0 when all are there. */
  podTaken: OfPod & OfNode & { pulls: number };
  podReady: OfPod;
  podUnready: OfPod;
  podCrashLoop: OfPod & { reason: string; restarts: number };
  podTrouble: OfPod & { reason: string };
  podFailed: OfPod & { reason: string };
  podSucceeded: OfPod;
  podGone: OfPod & OfNode;
  /** Its node is not there any more. */
  podOrphaned: OfPod & OfNode;
  podOutOfMemory: OfPod & { container: string };
  probeFailed: OfPod & { probe: string; message: string };
  probeKills: OfPod & { message: string };
  volumeNotMounted: OfPod & { message: string };
  podPressureEvicted: OfPod & OfNode & { message: string };
}

interface Nodes {
  /** `pods`: those on them that nobody hears of now. */
  groupSilent: OfMany & { pods: number; cause: 'power' | 'cable' };
  groupTainted: OfMany & { taint: string };
  groupBack: OfMany;
  nodeJoined: OfNode;
  nodeBack: OfNode;
  nodeSilent: OfNode;
  nodeTainted: OfNode & { taint: string };
  nodePressure: OfNode & { resource: string };
  nodeRebooted: OfNode;
  nodeRemoved: OfNode;
}

interface Cluster {
  /** `from` and `ready`: endpoints that were and are ready. */
  endpointsChanged: { service: string; from: number; ready: number; total: number };
  ownerGone: Named & { ownerKind: string; owner: string };
  cleanedUp: Named;
  namespaceEnding: { namespace: string };
  namespaceGone: { namespace: string };
  volumeProvisioned: { claim: string; volume: string };
  claimBound: { claim: string; volume: string };
  claimWaits: { claim: string; message: string };
  volumeReleased: { volume: string };
  leaderChanged: { program: string; holder: string };
  /** `others`: how many more of them run. */
  programStopped: Program & { others: number };
  programStarted: Program;
  quorumLost: { running: number; members: number };
  quorumBack: { running: number; members: number };
  /** An Event of type Warning that no other rule tells. */
  warning: Named & { reason: string; message: string };
}

export type StoryParts = Acts & Workloads & Pods & Nodes & Cluster;
export type StoryRule = keyof StoryParts;
/** The rules that tell of an act of the person: each begins a chain of causes. */
export type StoryAct = Exclude<keyof Acts, 'evictionRefused' | 'youRefused'>;
