// The timeline, moments of the past and what was run over, in English.
import { counted } from './counted';

const looks = {
  pending: 'Pending',
  creating: 'ContainerCreating',
  notReady: 'Running, not ready',
  running: 'Running',
  terminating: 'Terminating',
  crashLoop: 'CrashLoopBackOff',
  failed: 'Failed',
  succeeded: 'Succeeded',
  unknown: 'not heard of',
};

const nodeStates = {
  Ready: 'Ready',
  NotReady: 'NotReady',
  Unknown: 'not heard of',
  absent: 'not registered',
};

const counts = {
  as: 'Show Pods as',
  lanes: 'Lanes: one for each Pod',
  counts: 'Counts: how many Pods do not run',
  heading: 'Pods not running',
  title: 'How many Pods do not run, over time',
  looks: {
    creating: 'creating',
    pending: 'pending',
    notReady: 'not ready',
    terminating: 'terminating',
    unknown: 'unknown',
    crashLoop: 'crashing',
    failed: 'failed',
  },
  part: (count: string, look: string) => `${count} ${look}`,
  allRun: (count: number) =>
    count === 1 ? 'The only Pod runs' : `All ${counted(count, 'Pod', 'Pods')} run`,
  none: 'There are no Pods.',
  inAll: (count: number) => `${counted(count, 'Pod', 'Pods')} in all`,
};

const rolloutStates = { rolling: 'rolling out', done: 'done', stalled: 'past its deadline' };

const skipped = {
  podsCreated: (count: number) => `${counted(count, 'Pod', 'Pods')} created`,
  podsDeleted: (count: number) => `${counted(count, 'Pod', 'Pods')} deleted`,
  podsEvicted: (count: number) => `${counted(count, 'Pod', 'Pods')} evicted`,
  podsReady: (count: number) => `${counted(count, 'Pod', 'Pods')} became ready`,
  podsFailed: (count: number) => `${counted(count, 'Pod', 'Pods')} failed`,
  restarts: (count: number) => counted(count, 'restart', 'restarts'),
  rolloutsDone: (count: number) => `${counted(count, 'rollout', 'rollouts')} done`,
  nodesLost: (count: number) => `${counted(count, 'Node', 'Nodes')} lost`,
  nodesReady: (count: number) => `${counted(count, 'Node', 'Nodes')} ready`,
  jobsDone: (count: number) => `${counted(count, 'Job', 'Jobs')} done`,
  warnings: (count: number) => counted(count, 'warning', 'warnings'),
};

const marks = {
  act: (label: string, _about: string) => label,
  rollout: (name: string, revision: string) => `${name} rolls out revision ${revision}`,
  rolloutDone: (name: string, _revision: string) => `${name} is rolled out`,
  nodeLost: (name: string, state: string) => `${name} is ${state}`,
  nodeReady: (name: string, _state: string) => `${name} is Ready`,
  warning: (reason: string, about: string) => `${reason}: ${about}`,
};

export const timeline = {
  acts: {
    apply: (file: string) => `apply ${file}`,
    delete: (file: string) => `delete what ${file} holds`,
  },

  scrubber: 'Moment that is shown',
  now: 'now',
  atNow: (time: string) => `${time}, now`,
  before: (time: string, ago: string) => `${time}, ${ago} before now`,
  happened: (when: string, what: string) => `${when}: ${what}`,
  marks,

  wrote: {
    ADDED: (kind: string, name: string) => `${kind} ${name} is created`,
    MODIFIED: (kind: string, name: string) => `${kind} ${name} changes`,
    DELETED: (kind: string, name: string) => `${kind} ${name} is gone`,
  },
  past: (time: string, ago: string) => `You see ${time}, ${ago} ago`,
  pastAbout: 'The cluster waits. Nothing can be changed here.',
  pastAboutShared: 'The cluster goes on meanwhile. Nothing can be changed here.',
  playing: 'It runs by.',
  toNow: 'Back to now',
  branch: 'Branch from here',
  branchSame: 'With the same seed',
  branchSameAbout: 'The dice lie as they lay then',
  branchOther: 'With another seed',
  branchOtherAbout: 'Other names, other choices',
  apart: {
    title: 'Go on apart?',
    branch: (time: string) =>
      `Others use this cluster: it stays as it is. As it was at ${time} it opens for you alone.`,
    undo: (label: string) =>
      `Others use this cluster: it stays as it is. As before “${label}” it opens for you alone.`,
    open: 'Open in a new tab',
    cancel: 'Cancel',
    tooLarge: 'Too large for a tab: more than 12 000 pods or 1 100 nodes.',
    failed: (message: string) => `Not opened: ${message}`,
  },
  branches: 'Branches',
  branchName: (id: number) => `Branch ${id}`,
  branchFirst: 'From the beginning',
  branchFrom: (id: number, time: string) => `left branch ${id} at ${time}`,
  branchSeed: (seed: number) => `seed ${seed}`,
  branchUntil: (time: string) => `until ${time}`,

  skipped,
  skippedLine: (span: string, what: string) => `Ran ahead ${span}: ${what}`,
  skippedNothing: 'nothing that would show',
  skippedMissed: (target: string) => `${target}: it has not come.`,
  skippedClose: 'Close',
  skippedLook: 'See it from there',

  lanes: { pods: 'Pods', rollouts: 'Rollouts', nodes: 'Nodes' },
  counts,
  lanesLabel: 'What the lanes show',
  zoomIn: 'Shorter span',
  zoomOut: 'Longer span',
  span: (span: string) => `${span} across`,
  whole: 'whole history',
  empty: 'Every pod will leave a bar here, coloured and shaped by its phase.',
  emptyHow: 'Drag the time marker to go back.',
  emptyRollouts: 'Each rollout of a Deployment, StatefulSet or DaemonSet leaves a bar here.',
  emptyNodes: 'Each node leaves a bar here: Ready or not, with power or without.',
  notKept: 'What keeps the past did not load. Events tell of the last hour.',
  letGo: (revisions: string, time: string) =>
    `The oldest ${revisions} revisions were let go to spare memory: the past begins at ${time}.`,
  full: 'There are more pods than lanes: some are not shown here.',
  groupAlone: 'without an owner',
  group: (kind: string, name: string, count: number) => `${kind} ${name}, ${count} pods`,
  looks,
  nodeStates,
  rolloutStates,
  powerOff: 'no power',
  cut: 'cable cut',
  cordoned: 'cordoned',
  revision: (revision: string) => `revision ${revision}`,
  updated: (updated: number, wanted: number) => `${updated} of ${wanted} updated`,
  restart: (reason: string, code: number) => `restart after ${reason} (exit code ${code})`,
  restarts: (count: number) => counted(count, 'restart', 'restarts'),
  from: (from: string, span: string) => `from ${from}, ${span}`,
  gone: (time: string) => `gone at ${time}`,
  jump: 'Click to go there',

  days: (count: number) => `${count} d`,
  hours: (count: number) => `${count} h`,
  minutes: (count: number) => `${count} min`,
  seconds: (count: string) => `${count} s`,
};
