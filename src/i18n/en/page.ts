// Every English sentence of the page around the canvas. Kubernetes' own nouns stay as they are in
// every language; the rest is what a translation replaces.

const badLinks = {
  damaged: 'This link is damaged: a part of it is missing or was changed. ',
  version: 'This link was made by another version of Kubarium, which this page cannot read. ',
  tooLarge: 'This link holds more than a page can take. ',
};

const outcomes = {
  created: 'created',
  configured: 'configured',
  unchanged: 'unchanged',
  deleted: 'deleted',
  notFound: 'not found',
  failed: 'rejected',
  unreadable: 'cannot be read',
};

const samples = {
  web: { name: 'Deployment, Service, ConfigMap', about: 'ten replicas of nginx' },
  rollout: { name: 'Rolling update', about: 'with readiness probes and a surge of one' },
  pending: { name: 'Pod that fits nowhere', about: 'asks for more CPU than any node has' },
  daemon: { name: 'DaemonSet', about: 'one pod on every worker' },
  badImage: { name: 'Wrong image tag', about: 'ImagePullBackOff' },
  machine: { name: 'One more machine', about: 'a fifth worker joins' },
};

const themes = { system: 'As the system', light: 'Light', dark: 'Dark' };

export const page = {
  brand: 'Kubarium',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  regions: {
    bar: 'Clock and cluster',
    canvas: 'Picture of the cluster',
    side: 'Editor',
    dock: 'Events',
  },

  cluster: (master: number, workers: number) => `kubeadm · ${master} + ${workers}`,
  clusterMenu: 'This cluster',
  clusterAbout: (version: string, seed: number) => `Kubernetes ${version} · seed ${seed}`,
  newCluster: 'New cluster',
  newClusterAbout: 'Starts anew; the editor keeps its text',

  clock: 'Clock',
  pause: 'Pause',
  resume: 'Resume',
  step: 'Step one event',
  warp: 'Run to the next change',
  warpStop: 'Stop running ahead',
  speed: (speed: string) => `Speed ${speed}`,
  speedMenu: 'Cluster time against yours',
  speedReached: (speed: string) => `This machine reaches ${speed}`,
  time: 'Cluster time',

  share: 'Share',
  shareTitle: 'A link to this cluster',
  shareAbout:
    'Whoever opens it gets these machines and this YAML in a cluster of their own. Nothing is' +
    ' sent to a server: everything is in the link.',
  shareCopied: 'The link is on your clipboard.',
  shareByHand: 'Your browser keeps its clipboard closed: copy the link from here.',
  shareLink: 'Link',
  shareFailed: (message: string) => `The link could not be made: ${message}`,
  embed: 'Embed',
  embedTitle: 'This cluster in your page',
  embedAbout: 'Paste this into the HTML of a post. It needs no script and no server.',
  embedSnippet: 'HTML',
  embedFrameTitle: 'Kubarium: a Kubernetes cluster in this page',

  language: 'Language',
  languageOfBrowser: 'As the browser',
  theme: 'Theme',
  themes,
  more: 'More',
  help: 'Keys and help',
  helpTitle: 'Keys',
  helpAbout:
    'Kubarium runs a whole Kubernetes cluster in this tab; nothing you do breaks anything.',

  tabs: { cluster: 'Cluster', editor: 'Editor', events: 'Events' },
  openEditor: 'Editor',
  closeEditor: 'Close the editor',
  splitSide: 'Width of the editor',
  splitDock: 'Height of the events',

  events: 'Events',
  eventsNone: 'No events yet. Apply something, and the cluster tells here what it does.',
  eventsNoWarnings: 'No warnings.',
  eventsAll: 'All',
  eventsWarnings: 'Warnings',
  eventsOlder: (count: number) => `${count} older events are not shown`,
  eventColumns: { age: 'Age', type: 'Type', reason: 'Reason', object: 'Object', text: 'Message' },
  eventTimes: (count: number) => `×${count}`,
  openObject: (object: string) => `Open ${object}`,

  editor: {
    label: (fileName: string) => `${fileName}, YAML`,
    changed: 'not applied yet',
    samples: 'Samples',
    emptyHint: 'Write or paste YAML here, or take a sample.',
    sampleMenu: 'Put a sample into the editor',
    sampleNames: samples,
    plain: (because: string) =>
      `Completion and colours could not be loaded (${because}). The text is safe here.`,
    replaced: (fileName: string) => `A sample took the place of your ${fileName}.`,
    bringBack: 'Bring it back',
    apply: 'Apply',
    dryRun: 'Dry run',
    remove: 'Delete',
    removeMenu: 'Delete the objects of this file',
    cascades: {
      Background: {
        name: 'Delete with all they own',
        about: 'background: at once, dependents after them',
      },
      Foreground: {
        name: 'Delete what they own first',
        about: 'foreground: the objects wait until dependents are gone',
      },
      Orphan: { name: 'Delete these alone', about: 'orphan: what they own stays and runs on' },
    },
    busy: { apply: 'Applying', dryRun: 'Trying', delete: 'Deleting' },
    nothing: 'Nothing to apply yet',
    noServer: 'No API server. Your text is kept.',
    problems: (count: number) => (count === 1 ? '1 problem' : `${count} problems`),
    nextProblem: 'Go to the next problem',
    rejected: 'Rejected by the server',
    warned: 'Warning by the server',
    unreadable: 'Not YAML that kubectl could read',
    line: (line: number) => `line ${line}`,
    atLine: (line: number) => `, line ${line}`,
    report: 'What became of it',
    reportCopies: (act: string) => (act === 'dryRun' ? ' (server dry run)' : ''),
    outcomes,
    summary: (parts: readonly { outcome: keyof typeof outcomes; count: number }[]) =>
      parts.map(({ outcome, count }) => `${count} ${outcomes[outcome]}`).join(', '),
  },

  inspector: {
    label: (kind: string, name: string) => `${kind} ${name}`,
    actions: 'Actions',
    close: 'Close, back to the editor',
    tabs: {
      why: { here: 'Why here', pending: 'Why pending' },
      summary: 'Summary',
      yaml: 'YAML',
      events: 'Events',
      conditions: 'Conditions',
    },
    gone: 'It is gone from the cluster.',
    loading: 'Asking the API server',
    remove: (kind: string) => `Delete ${kind}`,
    powerOff: 'Power off',
    powerOn: 'Power on',
    cutCable: 'Cut cable',
    plugCable: 'Plug cable in',
    cordon: 'Cordon',
    uncordon: 'Uncordon',
    noEvents: 'No events about it.',
    noConditions: 'It has no conditions.',
    yamlLabel: 'YAML of the object, live',
    copyYaml: 'Copy YAML',
    conditionColumns: { type: 'Condition', status: 'Status', reason: 'Reason', age: 'Since' },
  },

  why: {
    none: 'The scheduler has not looked at it: it was bound by something else.',
    waiting: 'The scheduler has not come to it yet.',
    fits: (node: string) => `It fits ${node} best.`,
    scored: (node: string, total: number, next: string, nextTotal: number) =>
      `${node} scored ${total}, ${next} ${nextTotal}.`,
    tied: (best: string, others: string, total: number) =>
      `${best} scored ${total}, and so did ${others}: among the best, the lot decides.`,
    onlyOne: (node: string) => `${node} was the only node that passed every filter.`,
    noNode: 'No node fits.',
    tried: (attempts: number) => (attempts === 1 ? 'Tried once.' : `Tried ${attempts} times.`),
    filters: 'filter, in the order it runs',
    scores: 'score × weight',
    total: 'total',
    passes: 'passes',
    rejects: 'rejects',
    notRun: 'not run, rejected above',
    reasons: 'What each node lacks',
  },

  notices: {
    startedFresh:
      'The cluster kept from last time could not be read by this version, so a new one runs. Your' +
      ' text in the editor is kept.',
    badLink: (why: keyof typeof badLinks) => `${badLinks[why]}Your own cluster runs instead.`,
    sharedCluster: 'This cluster came by a link. Your own is kept as you left it.',
    otherTab: 'Another tab runs this cluster. This is a copy, and what you do here stays here.',
    branch: 'This cluster left one that others use. What you do here stays here.',
    branchGone: 'This branch is kept no more, so a new cluster runs.',
    backToShared: 'Back to theirs',
    madeAnew: 'This cluster is too large to be kept over a reload: it is made anew.',
    backToOwn: 'Back to mine',
    refused: (what: string, message: string) => `${what}: ${message}`,
    sharedMachines: (message: string) => `Not every machine of the link could be made: ${message}`,
  },

  crashed: {
    title: 'The engine stopped: a bug of Kubarium, not of yours.',
    about: 'The cluster stands still as it was last kept; your text in the editor is kept too.',
    kept: 'Your text in the editor is kept.',
    again: 'Start it again',
    details: 'Copy details',
  },

  embedded: {
    reset: 'Reset',
    open: 'Open in Kubarium',
    openFile: (fileName: string) => `Open ${fileName}`,
    field: (line: number) => `Line ${line}`,
    closeEditor: 'Close',
  },
};
