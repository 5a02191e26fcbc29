// The story in English: a sentence for each rule, and what comes next, which ends the chain of
// causes. Names stand between double asterisks. Subject, fact, arrow, act, in the present tense.
import type { StoryWords } from '../story-words';
import { counted } from './counted';
import { groupStories } from './group-stories';
import { refusal, without } from './story-answers';

const pods = (n: number) => counted(n, 'pod', 'pods');
const wants = (count: number) => (count < 0 ? 'lacks a pod' : `wants ${pods(count)}`);

const rules: StoryWords = {
  youCreate: {
    says: ({ kind, name }) => `You create ${kind} **${name}** → the API server stores it`,
    next: 'whoever watches is told',
  },
  youChange: {
    says: ({ kind, name }) => `You change ${kind} **${name}** → the API server stores it`,
    next: 'whoever watches is told',
  },
  youDelete: {
    says: ({ kind, name, stays }) =>
      `You delete ${kind} **${name}** → ` +
      (!stays
        ? 'the API server removes it'
        : kind === 'Pod'
          ? 'its kubelet stops it'
          : 'the API server marks it'),
    next: 'what it owns follows',
  },
  youScale: {
    says: ({ kind, name, count }) =>
      `You scale ${kind} **${name}** to ${count} → its controller makes up the difference`,
    next: 'its controller compares',
  },
  youCordon: {
    says: ({ node }) => `You cordon **${node}** → it takes no new pods, those on it stay`,
    next: 'the scheduler leaves it out',
  },
  youUncordon: {
    says: ({ node }) => `You uncordon **${node}** → it takes new pods again`,
    next: 'the scheduler counts it in',
  },
  youBind: {
    says: ({ pod, node }) => `You bind Pod **${pod}** to **${node}** → its kubelet takes it`,
    next: 'its kubelet takes it',
  },
  youEvict: {
    says: ({ pod }) => `You ask Pod **${pod}** to leave → its kubelet stops it`,
    next: 'its owner makes another',
  },
  evictionRefused: {
    says: ({ pod }) => `A PodDisruptionBudget needs Pod **${pod}** → it may not be evicted now`,
    next: 'waits for other pods to be ready',
  },
  youAdd: {
    says: ({ node }) => `You add **${node}** → it boots and joins`,
    next: 'its kubelet registers',
  },
  youRemove: {
    says: ({ node }) => `You take **${node}** away → its Node stays behind`,
    next: 'its heartbeats stop',
  },
  youPowerOff: {
    says: ({ node }) => `You cut the power of **${node}** → kubelet and containers stop`,
    next: 'its heartbeats stop',
  },
  youPowerOn: {
    says: ({ node }) => `You switch **${node}** on → it boots, its kubelet rejoins`,
    next: 'its kubelet rejoins',
  },
  youCutCable: {
    says: ({ node }) => `You cut the cable of **${node}** → it runs on, unheard`,
    next: 'nobody hears its heartbeats',
  },
  youPlugCable: {
    says: ({ node }) => `You plug **${node}** in again → its kubelet is heard again`,
    next: 'its kubelet catches up',
  },
  ...groupStories,
  youFillDisk: {
    says: ({ node }) => `You fill the disk of **${node}** → its kubelet must evict pods`,
    next: 'its kubelet measures',
  },
  youFreeDisk: {
    says: ({ node }) => `You free the disk of **${node}** → the pressure ends in a while`,
    next: 'its kubelet measures',
  },
  youKill: {
    says: ({ pod, node }) => `You end a container of **${pod}** on ${node} → its kubelet sees it`,
    next: 'its kubelet restarts it',
  },
  youFailProbe: {
    says: ({ pod }) => `You let a probe of **${pod}** fail → its kubelet counts the failures`,
    next: 'it is probed again',
  },
  youMendProbe: {
    says: ({ pod }) => `You let the probe of **${pod}** pass again → its kubelet counts that`,
    next: 'it is probed again',
  },
  youStopProgram: {
    says: ({ program, node }) => `You stop **${program}** on ${node} → its container ends`,
    next: 'it stays down until started',
  },
  youStartProgram: {
    says: ({ program, node }) => `You start **${program}** on ${node} → its kubelet runs it again`,
    next: 'it catches up',
  },
  youCrashProgram: {
    says: ({ program, node }) => `You crash **${program}** on ${node} → its kubelet restarts it`,
    next: 'its kubelet restarts it',
  },
  youRefused: {
    says: ({ kind, name, verb, code }) =>
      `The API server refuses to ${verb} ${kind} **${name}** → ${refusal(code)}`,
    next: 'nothing has changed',
  },

  replicaSetCreated: {
    says: ({ deployment, replicaSet }) =>
      `Deployment **${deployment}** has a new pod template → creates ReplicaSet **${replicaSet}**`,
    next: 'it makes pods',
  },
  replicaSetScaled: {
    says: ({ deployment, replicaSet, from, to }) =>
      `Deployment **${deployment}** scales ReplicaSet **${replicaSet}** → from ${from} to ${to}`,
    next: 'it makes up the difference',
  },
  podCreated: {
    says: ({ kind, owner, pod, count }) =>
      `${kind} **${owner}** ${wants(count)} → creates **${pod}**`,
    next: 'waits for a node',
  },
  podSurplus: {
    says: ({ kind, owner, pod }) =>
      `${kind} **${owner}** ${kind === 'Job' ? 'is over' : 'has a pod too many'} → ` +
      `deletes **${pod}**`,
    next: 'its kubelet stops it',
  },
  podCascade: {
    says: ({ kind, owner, pod }) => `${kind} **${owner}** is gone → its pod **${pod}** goes too`,
    next: 'its kubelet stops it',
  },
  podEvicted: {
    says: ({ pod, node }) =>
      `Pod **${pod}** does not tolerate ${node || 'its node'} any longer → it is evicted`,
    next: 'its owner makes another',
  },
  rolloutDone: {
    says: ({ deployment, replicaSet, count }) =>
      `Deployment **${deployment}** is rolled out → ReplicaSet **${replicaSet}** has ` +
      counted(count, 'ready pod', 'ready pods'),
    next: 'nothing more to do',
  },
  rolloutStuck: {
    says: ({ deployment }) =>
      `Deployment **${deployment}** makes no progress → its rollout counts as failed`,
    next: 'it goes on trying',
  },
  statefulPodCreated: {
    says: ({ owner, pod, ordinal, count }) =>
      `StatefulSet **${owner}** goes in order, ${ordinal + 1} of ${count} → creates **${pod}**`,
    next: 'waits for a node',
  },
  daemonPodCreated: {
    says: ({ owner, pod }) =>
      `DaemonSet **${owner}** finds a node without its pod → creates **${pod}**`,
    next: 'the scheduler binds it there',
  },
  jobPodCreated: {
    says: ({ owner, pod, succeeded, completions }) =>
      `Job **${owner}** has ${succeeded} of ${completions} done → creates **${pod}**`,
    next: 'waits for a node',
  },
  jobDone: {
    says: ({ job }) => `All pods of Job **${job}** have succeeded → it is complete`,
    next: 'nothing more to do',
  },
  jobFailed: {
    says: ({ job, message }) => `Job **${job}** gives up → ${message}`,
    next: 'it makes no more pods',
  },
  jobCreated: {
    says: ({ cronJob, job }) => `CronJob **${cronJob}** is due → creates Job **${job}**`,
    next: 'it makes pods',
  },
  scheduleMissed: {
    says: ({ cronJob, message }) => `CronJob **${cronJob}** is too late → ${message}`,
    next: 'waits for its next time',
  },
  createRefused: {
    says: ({ kind, owner, message }) => `${kind} **${owner}** may not create a pod → ${message}`,
    next: 'it tries again, ever later',
  },
  autoscaled: {
    says: ({ autoscaler, count, reason }) =>
      `HorizontalPodAutoscaler **${autoscaler}** sees ${reason} → wants ${pods(count)}`,
    next: 'the Deployment is scaled',
  },
  autoscalerBlind: {
    says: ({ autoscaler, message }) =>
      `HorizontalPodAutoscaler **${autoscaler}** cannot measure → ${message}`,
    next: 'it changes nothing',
  },

  podBound: {
    says: ({ pod, node }) =>
      `Pod **${pod}** fits → the scheduler binds it${node ? ` to **${node}**` : ''}`,
    next: 'its kubelet takes it',
  },
  podUnschedulable: {
    says: ({ pod, message }) =>
      `Pod **${pod}** fits nowhere, ${message} → it waits and is tried again`,
    next: 'waits for a node',
  },
  podPreempted: {
    says: ({ pod, node }) => `A pod that matters more needs ${node} → Pod **${pod}** makes way`,
    next: 'its owner makes another',
  },
  podTaken: {
    says: ({ pod, node, pulls }) =>
      `The kubelet on **${node}** takes **${pod}** → ` +
      (pulls === 0
        ? 'starts it: the image is there'
        : pulls === 1
          ? 'pulls its image'
          : 'pulls its images'),
    next: 'its containers start',
  },
  podReady: {
    says: ({ pod }) => `Pod **${pod}** is ready → Services may send to it`,
    next: 'it runs',
  },
  podUnready: {
    says: ({ pod }) => `Pod **${pod}** is not ready any more → Services stop sending to it`,
    next: 'waits to be ready again',
  },
  podCrashLoop: {
    says: ({ pod, reason, restarts }) =>
      `Pod **${pod}** keeps ${reason === 'Completed' ? 'ending' : 'crashing'}` +
      `${reason ? ` (${reason})` : ''}, ` +
      `${counted(restarts, 'restart', 'restarts')} → the kubelet waits longer each time`,
    next: 'waits to be restarted',
  },
  podTrouble: {
    says: ({ pod, reason }) => `Pod **${pod}** cannot start → ${reason}`,
    next: 'its kubelet tries again',
  },
  podFailed: {
    says: ({ pod, reason }) => `Pod **${pod}** has failed → ${reason}`,
    next: 'it is not restarted',
  },
  podSucceeded: {
    says: ({ pod }) => `The containers of Pod **${pod}** have done their work → it is complete`,
    next: 'it keeps its logs',
  },
  podGone: {
    says: ({ pod, node }) => `The kubelet on **${node}** has stopped **${pod}** → it is gone`,
    next: 'its place is free',
  },
  podOrphaned: {
    says: ({ pod, node }) => `Node **${node}** is gone → its pod **${pod}** is cleared away`,
    next: 'its owner makes another',
  },
  podOutOfMemory: {
    says: ({ pod, container }) =>
      `Container ${container} of Pod **${pod}** takes more memory than its limit → OOMKilled`,
    next: 'its kubelet restarts it',
  },
  probeFailed: {
    says: ({ pod, probe, message }) =>
      `The ${probe.toLowerCase()} probe of Pod **${pod}** fails → ` +
      (message || 'it is tried again'),
    next: 'it is probed again',
  },
  probeKills: {
    says: ({ pod, message }) => `Pod **${pod}** has failed its probe too often → ${message}`,
    next: 'its kubelet restarts it',
  },
  volumeNotMounted: {
    says: ({ pod, message }) => `Pod **${pod}** lacks a volume → ${message}`,
    next: 'its kubelet tries again',
  },
  podPressureEvicted: {
    says: ({ pod, node, message }) =>
      `**${node}** runs short and evicts Pod **${pod}** → ${message}`,
    next: 'its owner makes another',
  },

  nodeJoined: {
    says: ({ node }) => `The kubelet on **${node}** joins → it registers its Node`,
    next: 'the scheduler counts it in',
  },
  nodeBack: {
    says: ({ node }) => `Node **${node}** is heard again → it is Ready`,
    next: 'the scheduler counts it in',
  },
  nodeSilent: {
    says: ({ node }) => `Node **${node}** sends no heartbeat → it counts as NotReady`,
    next: 'its pods leave in 300 s',
  },
  nodeTainted: {
    says: ({ node, taint }) => `Node **${node}** is ${taint} → tainted, its pods leave in 300 s`,
    next: 'its pods leave in 300 s',
  },
  nodePressure: {
    says: ({ node, resource }) =>
      `Node **${node}** runs short of ${resource} → its kubelet evicts pods`,
    next: 'its kubelet evicts pods',
  },
  nodeRebooted: {
    says: ({ node }) => `Node **${node}** has rebooted → its containers start anew`,
    next: 'its containers start',
  },
  nodeRemoved: {
    says: ({ node }) => `Node **${node}** is deleted → its pods are cleared away`,
    next: 'its pods are cleared away',
  },

  endpointsChanged: {
    says: ({ service, from, ready, total }) =>
      `Service **${service}** ${ready > from ? 'gains' : 'loses'} ` +
      `${counted(Math.abs(ready - from), 'endpoint', 'endpoints')} → ` +
      (ready === 0 ? 'it has nobody to send to' : `sends to ${ready} of ${total}`),
    next: 'every kube-proxy is told',
  },
  ownerGone: {
    says: ({ kind, name, ownerKind, owner }) =>
      `${ownerKind} **${owner}** is gone → its ${kind} **${name}** goes too`,
    next: 'what it owns follows',
  },
  cleanedUp: {
    says: ({ kind, name }) => `${kind} **${name}** is not needed any more → it is deleted`,
    next: 'what it owns follows',
  },
  namespaceEnding: {
    says: ({ namespace }) => `Namespace **${namespace}** ends → all that is in it is deleted`,
    next: 'it waits until it is empty',
  },
  namespaceGone: {
    says: ({ namespace }) => `Namespace **${namespace}** is empty → it is gone`,
    next: 'nothing is left',
  },
  volumeProvisioned: {
    says: ({ claim, volume }) =>
      `PersistentVolumeClaim **${claim}** needs a volume → **${volume}** is provisioned`,
    next: 'it is bound',
  },
  claimBound: {
    says: ({ claim, volume }) =>
      `PersistentVolumeClaim **${claim}** is bound → it has volume **${volume}**`,
    next: 'its pods may start',
  },
  claimWaits: {
    says: ({ claim, message }) => `PersistentVolumeClaim **${claim}** waits → ${message}`,
    next: 'waits for a volume',
  },
  volumeReleased: {
    says: ({ volume }) => `Volume **${volume}** is claimed no more → it is deleted`,
    next: 'its data are gone',
  },
  leaderChanged: {
    says: ({ program, holder }) => `**${program}** on ${holder} becomes leader → it does the work`,
    next: 'the others stand by',
  },
  programStopped: {
    says: ({ program, node, others }) =>
      `**${program}** on ${node} has stopped → ` +
      (others > 0 && program !== 'etcd'
        ? `${counted(others, 'other goes', 'others go')} on`
        : without(program)),
    next: 'its kubelet may restart it',
  },
  programStarted: {
    says: ({ program, node }) => `**${program}** on ${node} runs → it catches up`,
    next: 'it catches up',
  },
  quorumLost: {
    says: ({ running, members }) =>
      `etcd has ${running} of ${members} members → no majority, nothing can be written`,
    next: 'waits for a majority',
  },
  quorumBack: {
    says: ({ running, members }) =>
      `etcd has ${running} of ${members} members again → it takes writes`,
    next: 'what waited goes on',
  },
  warning: {
    says: ({ kind, name, reason, message }) => `${kind} **${name}**: ${reason} → ${message}`,
    next: '',
  },
};

export const stories = {
  rules,
  /** The panel with the whole story. */
  panel: {
    close: 'Close the story',
    nothing: 'Nothing has happened yet. Apply something, or stop a node, and it is told here.',
    noMatch: 'Nothing of that is told.',
    find: 'Find in the story',
    only: (object: string) => `Only ${object}`,
    applied: (fileName: string) => `You applied ${fileName}`,
    byItself: (object: string) => `${object}, by itself`,
    rollout: (deployment: string, replicaSet: string, state: 'running' | 'done' | 'stuck') =>
      `rollout of ${deployment} to ${replicaSet}, ` +
      { running: 'under way', done: 'done', stuck: 'stuck' }[state],
    count: (n: number) => counted(n, 'change', 'changes'),
    times: (n: number) => `×${n}`,
    more: 'Each of them, and why',
    older: (n: number) => counted(n, 'older chapter', 'older chapters'),
    tones: { good: 'good', warn: 'warning', bad: 'trouble' },
    walk: 'How a Pod is made',
  },
  /** The same for several of a kind at once. */
  many: {
    podCreated: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** creates **${pods(n)}**`,
    podSurplus: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** ${kind === 'Job' ? 'is over' : `has ${pods(n)} too many`} → ` +
      'deletes them',
    podCascade: ({ kind, owner }: { kind: string; owner: string }, n: number) =>
      `${kind} **${owner}** is gone → its **${pods(n)}** go too`,
    podEvicted: (_: object, n: number) =>
      `**${pods(n)}** do not tolerate their node any longer → they are evicted`,
    podBound: (_: object, n: number) => `The scheduler finds a node for **${pods(n)}**`,
    podUnschedulable: (_: object, n: number) => `**${pods(n)}** fit on no node → they wait`,
    podTaken: (_: object, n: number) => `Kubelets take **${pods(n)}** → start their containers`,
    podReady: (_: object, n: number) => `**${pods(n)}** are ready → Services may send to them`,
    podUnready: (_: object, n: number) => `**${pods(n)}** are not ready any more`,
    podGone: (_: object, n: number) => `**${pods(n)}** have stopped → they are gone`,
    podTrouble: ({ reason }: { reason: string }, n: number) =>
      `**${pods(n)}** cannot start → ${reason}`,
    podCrashLoop: (_: object, n: number) =>
      `Pods crash, **${counted(n, 'time', 'times')}** → the kubelet waits longer each time`,
    statefulPodCreated: ({ owner }: { owner: string }, n: number) =>
      `StatefulSet **${owner}** creates **${pods(n)}**, one after the other`,
    daemonPodCreated: ({ owner }: { owner: string }, n: number) =>
      `DaemonSet **${owner}** creates **${pods(n)}**, one a node`,
    jobPodCreated: ({ owner }: { owner: string }, n: number) =>
      `Job **${owner}** creates **${pods(n)}**`,
    endpointsChanged: ({ service, ready, total }: EndpointParts, n: number) =>
      `Service **${service}** changes its endpoints ${counted(n, 'time', 'times')} → ` +
      `sends to ${ready} of ${total}`,
  },
  /** How a chain of causes begins, from the kind of the act. */
  acts: {
    applied: (fileName: string) => `you applied ${fileName}`,
    youCreate: (text: string) => `you created ${text}`,
    youChange: (text: string) => `you changed ${text}`,
    youDelete: (text: string) => `you deleted ${text}`,
    youScale: (text: string) => `you scaled ${text}`,
    youCordon: (text: string) => `you cordoned ${text}`,
    youUncordon: (text: string) => `you uncordoned ${text}`,
    youBind: (text: string) => `you bound ${text}`,
    youEvict: (text: string) => `you evicted ${text}`,
    youAdd: (text: string) => `you added ${text}`,
    youRemove: (text: string) => `you removed ${text}`,
    youPowerOff: (text: string) => `you powered ${text} off`,
    youPowerOn: (text: string) => `you powered ${text} on`,
    youCutCable: (text: string) => `you cut the cable of ${text}`,
    youPlugCable: (text: string) => `you plugged ${text} in`,
    youPowerOffAll: (text: string) => `you powered ${text} off`,
    youPowerOnAll: (text: string) => `you powered ${text} on`,
    youCutCableAll: (text: string) => `you cut the cables of ${text}`,
    youPlugCableAll: (text: string) => `you plugged ${text} in`,
    youCordonAll: (text: string) => `you cordoned ${text}`,
    youUncordonAll: (text: string) => `you uncordoned ${text}`,
    youFillDisk: (text: string) => `you filled the disk of ${text}`,
    youFreeDisk: (text: string) => `you freed the disk of ${text}`,
    youKill: (text: string) => `you ended a container of ${text}`,
    youFailProbe: (text: string) => `you made a probe of ${text} fail`,
    youMendProbe: (text: string) => `you mended a probe of ${text}`,
    youStopProgram: (text: string) => `you stopped a program on ${text}`,
    youStartProgram: (text: string) => `you started a program on ${text}`,
    youCrashProgram: (text: string) => `you crashed a program on ${text}`,
  },
};

type EndpointParts = { service: string; ready: number; total: number };
