// Every English sentence of the inspector. Kubernetes' own nouns stay as they are in every
// language.

const components = {
  'kube-apiserver': {
    does:
      'The front door. Every read and every change of the cluster is a request to it: it checks ' +
      'who asks, what may be asked and whether the object makes sense, then stores it.',
    without: 'Running pods go on; nothing can be changed and nothing heals.',
  },
  etcd: {
    does:
      'The memory. Every object of the cluster is a key here, every change a new revision, and ' +
      'whoever watches is told of it.',
    without: 'The API server can answer nothing.',
  },
  'kube-scheduler': {
    does:
      'Finds a node for every pod that has none: it filters out the nodes that do not fit, ' +
      'scores the rest and binds the pod to the best.',
    without: 'New pods stay Pending; those that run are not touched.',
  },
  'kube-controller-manager': {
    does:
      'Many small loops, each of which compares what is wanted with what is there and takes one ' +
      'step: Deployments make ReplicaSets, ReplicaSets make pods, lost nodes are given up.',
    without: 'Nothing is made, replaced or cleaned up any more.',
  },
  'cloud-controller-manager': {
    does:
      'Speaks with the cloud that the machines stand in: tells each new Node its addresses, zone ' +
      'and sort, gives Services of type LoadBalancer an address, and takes Nodes away whose ' +
      'machine is gone.',
    without:
      'New Nodes stay behind a taint and new LoadBalancers stay pending; addresses that were ' +
      'given stay.',
  },
  kubelet: {
    does:
      'The agent on a node. It registers the node, tells every ten seconds that it is alive, and ' +
      'has the runtime start, probe and stop the pods bound to it.',
    without: 'After 40 s without news the node is NotReady; after 300 s its pods are evicted.',
  },
  'kube-proxy': {
    does: 'Writes the rules of its node that lead a Service address to one of its ready pods.',
    without: 'Old rules stay and lead to pods that may be gone.',
  },
};

const looks = {
  pending: 'Pending',
  creating: 'ContainerCreating',
  notReady: 'Running, not ready',
  running: 'Running and ready',
  terminating: 'Terminating',
  crashLoop: 'CrashLoopBackOff',
  failed: 'Failed',
  succeeded: 'Succeeded',
  unknown: 'Unknown, no news from its node',
};

export const inspector = {
  looks,
  components,
  phase: {
    since: (words: string, age: string) => `${words} for ${age}`,
    endpoints: (ready: number, total: number) => `${ready} of ${total} endpoints ready`,
    ready: (ready: number, wanted: number) => `${ready} of ${wanted} ready`,
    old: (age: string) => `${age} old`,
    notRegistered: 'no Node yet',
    noPower: 'no power',
    cableCut: 'cable cut',
    cordoned: 'cordoned',
    lastHeard: (age: string) => `last heard ${age} ago`,
  },
  rows: {
    node: 'Node',
    noNode: 'none yet',
    podIp: 'Pod IP',
    phase: 'Phase',
    qos: 'QoS class',
    serviceAccount: 'Service account',
    priority: 'Priority',
    nodeSelector: 'Node selector',
    allocatable: 'Allocatable',
    allocatableOf: (cpu: string, memory: string) => `${cpu} CPU, ${memory} memory`,
    podsMax: 'Pods at most',
    address: 'Address',
    podCidr: 'Pod CIDR',
    kubelet: 'Kubelet',
    runtime: 'Runtime',
    taints: 'Taints',
    scheduling: 'Scheduling',
    cordoned: 'cordoned: takes no new pods',
    type: 'Type',
    clusterIp: 'Cluster IP',
    headless: 'None (headless)',
    ports: 'Ports',
    selector: 'Selector',
    replicas: 'Replicas',
    pods: 'Pods',
    wantedAndMade: (wanted: number, made: number) => `${wanted} wanted, ${made} made`,
    updated: 'Updated',
    upToDate: 'Up to date',
    ready: 'Ready',
    available: 'Available',
    strategy: 'Strategy',
    rolling: (type: string, surge: string, unavailable: string) =>
      `${type}, surge ${surge}, unavailable ${unavailable}`,
    revision: 'Revision',
    paused: 'Paused',
    yes: 'yes',
    power: 'Power',
    network: 'Network',
    role: 'Role',
    zone: 'Zone',
    capacity: 'Capacity',
    capacityOf: (cpu: string, memory: string, disk: string, pods: number) =>
      `${cpu} CPU, ${memory} memory, ${disk} disk, ${pods} pods`,
    programs: 'Programs',
    images: 'Images',
    data: 'Data',
    controlledBy: 'Controlled by',
    labels: 'Labels',
    created: 'Created',
    deletionAsked: 'Deletion asked',
  },
  fills: { cpu: 'CPU requested', memory: 'Memory requested', pods: 'Pods' },
  containers: {
    title: 'Containers',
    init: 'init',
    ready: 'ready',
    notReady: 'not ready',
    restarts: (count: number) => (count === 1 ? '1 restart' : `${count} restarts`),
    requests: (cpu: string) => `${cpu} CPU`,
    exit: (reason: string, code: number) => `${reason}, exit code ${code}`,
    running: 'running',
    waiting: 'waiting',
    terminated: 'terminated',
  },
  facts: {
    state: 'State',
    leads: (state: string) => `${state}, leads`,
    machine: 'Machine',
    requests: 'Requests a second',
    watches: 'Watches',
    revision: 'Revision',
    objects: 'Objects',
    size: 'Size',
    waiting: 'Waiting',
    backingOff: 'Backing off',
    unschedulable: 'Unschedulable',
    queue: (count: number) => `${count} in its queue`,
    pod: 'Pod',
    without: (words: string) => `Without it: ${words}`,
  },
};
