// The legend of the canvas, in English.

const legendLooks = {
  running: ['Running and ready', 'thin line, disc'],
  notReady: ['Running, not ready', 'amber line, half disc'],
  creating: ['ContainerCreating', 'fills with the image'],
  pending: ['Pending', 'dashed, hourglass'],
  terminating: ['Terminating', 'cut corner, hatched'],
  crashLoop: ['CrashLoopBackOff', 'octagon, loop'],
  failed: ['Failed', 'octagon, cross'],
  succeeded: ['Succeeded', 'pill, tick'],
  unknown: ['Unknown', 'dotted: silent node'],
};

export const legend = {
  pods: 'Pods: silhouette, then glyph',
  looks: legendLooks,
  containersTitle: 'Containers and owners',
  containers: {
    running: 'running',
    waiting: 'waiting',
    error: 'ended in error',
    initDone: 'init, done',
    initWaiting: 'init, waiting',
    sidecar: 'sidecar',
  },
  current: 'current revision',
  older: 'older revision',
  messagesTitle: 'Messages on the move',
  messages: {
    request: 'request',
    answer: 'answer',
    watch: 'watch event',
    heartbeat: 'heartbeat',
    failure: 'failed',
  },
  water:
    'A node is a tank: the water stands as high as the larger of CPU and memory requested. ' +
    'A node without power is dry.',
};
