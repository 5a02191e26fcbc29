// Every English sentence that the canvas shows or says aloud. Kubernetes' own nouns stay as they
// are in every language; the rest is what a translation replaces.

const looks = {
  pending: 'Pending',
  creating: 'ContainerCreating',
  notReady: 'Running, not ready',
  running: 'Running, ready',
  terminating: 'Terminating',
  crashLoop: 'CrashLoopBackOff',
  failed: 'Failed',
  succeeded: 'Succeeded',
  unknown: 'Unknown, no news from its node',
};

export const canvas = {
  canvasLabel: 'Cluster',
  loading: 'The cluster starts',
  controlPlane: 'Control plane',
  controlPlaneOf: (machine: string, state: string) => `${machine} · ${state}`,
  apiStopped: 'API stopped',
  stopped: 'stopped',
  stoppedAgo: (age: string) => `stopped ${age} ago`,
  starting: 'starts',
  waitsForServer: 'waits for the server',
  refused: 'refused',
  componentStates: { running: 'running', starting: 'starts', stopped: 'stopped' },
  leader: 'leader',
  members: (n: number) => (n === 1 ? '1 member' : `${n} members`),
  revision: 'revision',
  revisionShort: 'rev',
  requestsAndWatches: (requests: string, watches: string) =>
    `${requests} req/s · ${watches} watches`,
  requests: (requests: string) => `${requests} req/s`,
  schedulerShort: 'scheduler',
  managerShort: 'controller-manager',
  queue: 'queue',
  backoff: 'backoff',
  noFit: 'no fit',
  queueShort: (n: number) => `queue ${n}`,
  more: (n: number) => `+${n}`,
  moreControllers: (n: number) => `${n} more controllers`,
  controller: (name: string, queue: number, busy: boolean) =>
    `Controller ${name}, ${queue} in its queue${busy ? ', at work' : ''}`,
  stages: { authn: 'authn', authz: 'authz', admit: 'admit', check: 'check', store: 'store' },

  you: 'You',
  youAbout: 'kubectl · editor',
  unscheduled: 'Unscheduled',
  waitsForNode: 'waits for a node',
  noNodeFits: 'no node fits',
  readyOf: (ready: number, total: number) => `${ready}/${total} ready`,
  headless: 'headless',

  ready: 'Ready',
  notReady: 'NotReady',
  readyAgo: (age: string) => `Ready, ${age} ago`,
  readyCordoned: 'Ready, cordoned',
  notRegistered: 'no Node yet',
  noPower: 'no power',
  noCable: 'cable cut',
  kubelet: 'kubelet',
  kubeProxy: 'kube-proxy',
  kubeletStarting: 'starts',
  lastHeard: (age: string) => `last heard ${age} ago`,
  cpu: 'CPU',
  memory: 'Mem',
  images: (n: number) => (n === 1 ? '1 image' : `${n} images`),
  morePods: (n: number) => `${n} more pods`,

  inspect: 'Open',
  powerOff: 'Power off',
  powerOn: 'Power on',
  cutCable: 'Cut cable',
  plugCable: 'Plug cable in',
  cordon: 'Cordon',
  uncordon: 'Uncordon',
  deletePod: 'Delete',
  powerOffNode: (name: string) => `Power off ${name}`,
  powerOnNode: (name: string) => `Power on ${name}`,
  menuOf: (name: string) => `What can be done with ${name}`,

  drop: {
    powerOff: 'Drop to power off',
    powerOn: 'Drop to power on',
    cutCable: 'Drop to cut the cable',
    plugCable: 'Drop to plug the cable in',
  },
  inHand: (name: string) =>
    `${name} is in your hand. Arrow keys choose a target, Enter drops it, Escape puts it back.`,
  putBack: (name: string) => `${name} is back in its place`,
  podsCount: (n: number) => (n === 1 ? '1 pod' : `${n} pods`),
  nodesCount: (n: number) => (n === 1 ? '1 node' : `${n} nodes`),
  unscheduledCount: (n: number) => `${n} unscheduled`,
  notReadyCount: (n: number) => `${n} NotReady`,

  legend: 'Legend',
  closeLegend: 'Close the legend',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomFit: 'Fit the whole cluster',
  zoomReset: (percent: number) => `Zoom ${percent}%, back to fit`,

  podLabel: (parts: {
    name: string;
    look: string;
    ready: number;
    total: number;
    node: string;
    owner: string;
    restarts: number;
  }) =>
    [
      `Pod ${parts.name}`,
      parts.look,
      `${parts.ready} of ${parts.total} containers ready`,
      parts.restarts > 0 ? `${parts.restarts} restarts` : '',
      parts.node ? `on ${parts.node}` : 'on no node',
      parts.owner,
    ]
      .filter(Boolean)
      .join(', '),
  nodeLabel: (name: string, state: string, about: string, pods: number) =>
    `Node ${name}, ${state}, ${about}, ${pods === 1 ? '1 pod' : `${pods} pods`}`,
  serviceLabel: (name: string, ready: number, total: number) =>
    `Service ${name}, ${ready} of ${total} endpoints ready`,
  componentLabel: (name: string, state: string) => `${name}, ${state}`,
  pullShare: (percent: number) => `image ${percent}%`,
  looks,

  emptyTray: 'No pods of yours yet. Apply a Deployment: they appear here first.',
  emptyHint: 'The cluster runs and has no pods of yours yet → apply a Deployment',
  emptyAbout:
    'a request enters kube-apiserver, controllers make pods, the scheduler finds each a node',
  restHint: 'The cluster runs on as it was left',
  restAbout: 'change something, or stop a node, and see what follows',
  stoppedTitle: 'The engine has stopped.',
  stoppedAbout: 'What you see is the last it said.',
};
