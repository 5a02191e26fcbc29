// A large cluster that is there at once: a small one of the same preset is booted and made to run
// one pod of each workload; then its worker and its pods are multiplied in the saved form, and what
// counts them says so. The result is what the controllers would have reached two hours after the
// start: none of them finds anything to do (see grow-cluster.test.ts). Where it differs from a
// cluster that took that way: its Events have expired, its history begins here, and pods of one
// workload share the name of the volume with their token.
import type { Draft } from '../../api/object';
import { deployments, namespaces } from '../../api/resource-ref';
import type { Deployment } from '../../api/types';
import { assert } from '../../sim/assert';
import { RandomStream } from '../../sim/rng';
import { DEFAULT_START_MS } from '../../sim/simulation';
import { findPreset } from '../../world/presets';
import type { Preset } from '../../world/presets/preset';
import { Cluster, type ClusterOptions } from '../cluster';
import type { Extension } from '../extension-parts';
import { PodRanges } from '../pod-ranges';
import type { SavedCluster } from '../saved-cluster';
import { multiply } from './multiply';
import { workloadsFor, type Workload } from './workloads';

/** Beyond this many workers a cluster is grown even when nothing is to run on it. */
const WORKERS_BOOTED = 60;
/** Workers of the small cluster. */
const SEEDLINGS = 6;
const AGE_MS = 2 * 3_600_000;
const STEP_MS = 1_000;
const READY_WITHIN_MS = 600_000;

/** Whether a cluster of these options is quicker grown than booted. */
export function isGrown(options: ClusterOptions, extension: Extension): boolean {
  if (options.machines) return false;
  if (options.pods) return true;
  const machines = presetOf(options, extension).machines(options);
  return machines.length > WORKERS_BOOTED;
}

/** The cluster in the form that `restoreCluster` takes; `options.pods` of it are workloads'. */
export function growCluster(options: ClusterOptions, extension: Extension): SavedCluster {
  const { seed, startMs = DEFAULT_START_MS, pods: podCount = 0 } = options;
  const preset = presetOf(options, extension);
  const wanted = preset.machines(options);
  const workers = wanted.filter(({ spec }) => spec?.role !== 'control-plane');
  const workloads = podCount > 0 ? workloadsFor(podCount) : [];
  const ranges = new PodRanges(wanted.length, options.maxPods ?? 110, preset.podPrefix);
  const machines = wanted.filter(
    (machine) => !workers.includes(machine) || workers.indexOf(machine) < SEEDLINGS,
  );
  const small = new Cluster(
    { ...options, pods: 0, pace: 'real', startMs: startMs - AGE_MS, machines },
    { extension, podRanges: ranges },
  );
  small.boot();
  for (const workload of workloads) plant(small, workload);
  const endMs = small.clock.nowMs + READY_WITHIN_MS;
  while (!isReady(small, workloads)) {
    assert(small.clock.nowMs < endMs, 'one pod of each workload becomes ready');
    small.clock.runFor(STEP_MS);
  }
  // Events of the last second, and what follows them.
  small.clock.runFor(15_000);
  return multiply({
    saved: small.save(),
    options: { ...options, startMs },
    nowMs: startMs,
    machines: wanted,
    podRanges: ranges,
    cloud: preset.cloud,
    workloads,
    podCount,
    random: new RandomStream(seed, 'growth'),
  });
}

function presetOf({ preset = 'kubeadm' }: ClusterOptions, { presets }: Extension): Preset {
  const found = findPreset(preset) ?? presets.find(({ name }) => name === preset);
  assert(found, `there is a preset ${preset}`);
  return found;
}

function plant({ client }: Cluster, workload: Workload): void {
  const { namespace } = workload;
  const known = client.list(namespaces).items.some(({ metadata }) => metadata.name === namespace);
  if (!known) client.create(namespaces, { metadata: { name: namespace } } as never);
  client.create(deployments, deploymentOf(workload));
}

function deploymentOf({ namespace, name, image, ...size }: Workload): Draft<Deployment> {
  const labels = { app: name, team: namespace };
  const requests = { cpu: `${size.cpuMillicores}m`, memory: `${size.memoryMebibytes}Mi` };
  // A program that stays, whatever the image brings.
  const command = /^(node|python):/.test(image) ? { command: ['sleep', 'infinity'] } : {};
  return {
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name, image, ...command, resources: { requests } }] },
      },
    },
  } as unknown as Draft<Deployment>;
}

function isReady({ client }: Cluster, workloads: readonly Workload[]): boolean {
  return workloads.every(
    ({ namespace, name }) => client.get(deployments, namespace, name).status?.readyReplicas === 1,
  );
}
