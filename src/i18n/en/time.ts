// What the clock and the head of the timeline say, in English.

const warps = {
  change: 'Next change',
  scheduled: 'Next Pod gets a node',
  pulled: 'Next image is pulled',
  ready: 'All Pods are ready',
  rollout: 'Rollout done',
  restart: 'Next restart',
  node: 'Next Node change',
  eviction: 'Next eviction',
  job: 'Next Job done',
  cronJob: 'Next CronJob fires',
};

export const time = {
  timeline: 'Timeline',
  hop: 'Step one hop: to the next arrival of a message',
  warpMenu: 'Run ahead to',
  warpMenuAbout: 'What is grey is not to come as things stand',
  warps,
  undo: (label: string) => `Undo: ${label}`,
  undoNothing: 'Nothing to undo',
  redo: (label: string) => `Redo: ${label}`,
  redoNothing: 'Nothing to redo',
};
