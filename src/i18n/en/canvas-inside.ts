// What the canvas says of the inside of a pod, in English.
export const inside = {
  running: 'running',
  waiting: 'waiting',
  ended: 'ended',
  init: 'init container',
  sidecar: 'sidecar',
  app: 'container',
  ephemeral: 'ephemeral container',
  probes: { startup: 'startup', readiness: 'readiness', liveness: 'liveness' },
  results: { passed: 'passed', failed: 'failed', waiting: 'not run yet', unknown: 'unknown' },
  restarts: (n: number) => (n === 1 ? '1 restart' : `${n} restarts`),
  every: (probe: string, seconds: number) => `${probe}, every ${seconds} s`,
  mounts: 'Mounts',
  mountedBy: 'Mounted by',
  notMounted: 'mounted by no container',
  readOnly: 'read only',
  image: 'Image',
  last: 'Before',
  address: 'Pod IP',
  noAddress: 'no IP yet',
  label: (containers: string, volumes: string) =>
    `Containers: ${containers}. Volumes: ${volumes || 'none'}.`,
};
