// The editor's quick fixes, Diff, Live and further samples, in English.

export const editor = {
  fixes: {
    change: (to: string) => `Change to “${to}”`,
    add: (field: string) => `Add ${field}`,
    version: (to: string) => `Use ${to}`,
    rename: (to: string) => `Rename to ${to}`,
    remove: (field: string) => `Remove ${field}`,
    spaces: 'Replace tabs by spaces',
  },
  diff: {
    label: 'What applying would change',
    asking: 'The API server tries it, and stores nothing',
    none: 'Nothing would change.',
    before: 'as it is',
    after: 'as it would be',
    created: (subject: string) => `${subject} would be created`,
    failed: (subject: string, message: string) => `${subject}: ${message}`,
    unreadable: 'Some of the file cannot be read: see the problems under Edit.',
  },
  live: {
    label: 'The objects of this file, live',
    none: 'The file names no object yet.',
    missing: 'not in the cluster',
    open: (name: string) => `Open ${name}`,
  },
  more: {
    statefulSet: { name: 'StatefulSet', about: 'three replicas in order, a volume each' },
    job: { name: 'Job', about: 'six completions, two at a time' },
    cronJob: { name: 'CronJob', about: 'a Job every minute' },
    ingress: { name: 'Ingress', about: 'one host, two Services by path' },
    autoscaler: { name: 'HorizontalPodAutoscaler', about: 'two to six replicas by CPU' },
    budget: { name: 'PodDisruptionBudget', about: 'a drain has to wait' },
    claim: { name: 'PersistentVolumeClaim', about: 'a volume made when a Pod needs it' },
    policy: { name: 'NetworkPolicy', about: 'who may talk to whom' },
    spread: { name: 'Topology spread', about: 'evenly over the nodes' },
    init: { name: 'Init and sidecar containers', about: 'what runs before, and beside' },
    crash: { name: 'CrashLoopBackOff', about: 'a container that ends in error' },
    probe: { name: 'Failing probe', about: 'runs, and is never ready' },
    quota: { name: 'ResourceQuota', about: 'a namespace that is full' },
    crd: { name: 'Custom resource', about: 'a kind of your own' },
  },
};
