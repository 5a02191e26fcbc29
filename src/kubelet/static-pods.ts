// Pods from manifests on the machine. They run without an API server; a mirror in the API shows
// each of them, and is made anew when somebody deletes it.
// Upstream: pkg/kubelet/config/{file,common}.go, pkg/kubelet/pod/mirror_client.go.
import type { Draft } from '../api/object';
import { pods } from '../api/resource-ref';
import { ConnectionError, isAlreadyExists, isNotFound, StatusError } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Container as ContainerSpec, Node, Pod } from '../api/types';
import { hashString, RandomStream } from '../sim/rng';
import type { KubeletContext, StaticPodManifest } from './context';
import type { PodWorker } from './pod-worker';

export const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';
const HASH_ANNOTATION = 'kubernetes.io/config.hash';
const RETRY_MS = 3000;

export class StaticPods {
  /** Mirrors by 'namespace/name'. */
  private readonly mirrors = new Map<string, Pod>();

  constructor(
    private readonly context: KubeletContext,
    private readonly node: () => Node | undefined,
  ) {}

  /** The pods of the machine's manifests, as the kubelet completes them. */
  load(): Pod[] {
    return this.podsOf(this.context.machine.staticPods);
  }

  podsOf(manifests: readonly StaticPodManifest[]): Pod[] {
    return manifests.map((manifest) => this.podOf(manifest));
  }

  mirrorOf(worker: PodWorker): Pod | undefined {
    return this.mirrors.get(keyOf(worker.pod));
  }

  /** Takes note of a mirror; one that is outdated or being deleted is removed from the API. */
  seen(worker: PodWorker | undefined, mirror: Pod): void {
    const isOurs = worker?.uid === mirror.metadata.annotations?.[MIRROR_ANNOTATION];
    if (!isOurs || mirror.metadata.deletionTimestamp) {
      this.mirrors.delete(keyOf(mirror));
      this.remove(mirror);
    } else {
      this.mirrors.set(keyOf(mirror), mirror);
    }
    if (worker) this.context.trigger(worker, 0);
  }

  /** Keeps the mirror that a status was written to. */
  written(mirror: Pod): void {
    this.mirrors.set(keyOf(mirror), mirror);
  }

  gone(worker: PodWorker | undefined, mirror: Pod): void {
    this.mirrors.delete(keyOf(mirror));
    if (worker) this.context.trigger(worker, 0);
  }

  /** Makes the mirror when there is none; tries again later while the API cannot be reached. */
  ensureMirror(worker: PodWorker): void {
    const node = this.node();
    if (this.mirrors.has(keyOf(worker.pod))) return;
    if (node) {
      try {
        const mirror = this.context.client.create(pods, mirrorDraft(worker.pod, node));
        this.mirrors.set(keyOf(mirror), mirror);
        return;
      } catch (error) {
        // The informer will bring what is there already.
        if (isAlreadyExists(error)) return;
        if (!(error instanceof ConnectionError || error instanceof StatusError)) throw error;
      }
    }
    this.context.trigger(worker, RETRY_MS);
  }

  private remove({ metadata }: Pod): void {
    try {
      this.context.client.delete(pods, metadata.namespace!, metadata.name, {
        gracePeriodSeconds: 0,
        preconditions: { uid: metadata.uid },
      });
    } catch (error) {
      if (!isNotFound(error) && !(error instanceof ConnectionError)) throw error;
    }
  }

  private podOf({ metadata, spec }: StaticPodManifest): Pod {
    const { machine, sim } = this.context;
    // 32 hex digits, as the MD5 sum that the real kubelet takes.
    const text = machine.name + JSON.stringify([metadata, spec]);
    const uid = new RandomStream(hashString(text), text).hex(32);
    const seenAt = formatTime(sim.clock.nowMs);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...metadata,
        name: metadata.name + '-' + machine.name,
        namespace: metadata.namespace ?? 'default',
        uid,
        resourceVersion: '',
        creationTimestamp: seenAt,
        annotations: {
          ...metadata.annotations,
          [HASH_ANNOTATION]: uid,
          'kubernetes.io/config.seen': seenAt.replace('Z', '.000000000Z'),
          'kubernetes.io/config.source': 'file',
        },
      },
      spec: completeSpec(spec, machine.name),
      status: { phase: 'Pending' },
    };
    return pod as Pod;
  }
}

function mirrorDraft({ metadata, spec }: Pod, node: Node): Draft<Pod> {
  const { name, namespace, labels, annotations, uid } = metadata;
  return {
    metadata: {
      name,
      namespace,
      labels,
      annotations: { ...annotations, [MIRROR_ANNOTATION]: uid },
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Node',
          name: node.metadata.name,
          uid: node.metadata.uid,
          controller: true,
        },
      ],
    },
    spec,
  };
}

/** What the API server would default, which the kubelet has to do itself for a file. */
function completeSpec(spec: Pod['spec'], nodeName: string): Pod['spec'] {
  const complete = (container: ContainerSpec): ContainerSpec => ({
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    resources: {},
    ...container,
  });
  const whole: Pod['spec'] = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    enableServiceLinks: true,
    ...spec,
    nodeName,
    containers: spec.containers.map(complete),
    tolerations: [...(spec.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }],
  };
  if (spec.initContainers) whole.initContainers = spec.initContainers.map(complete);
  return whole;
}

function keyOf({ metadata }: Pod): string {
  return metadata.namespace + '/' + metadata.name;
}
