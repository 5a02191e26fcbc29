// What a card says of its object, in a few words: how far it is from what it wants.
import type {
  CronJob,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  NetworkPolicy,
  PersistentVolume,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  ReplicationController,
  StatefulSet,
} from '../../api/extension-types';
import type {
  ConfigMap,
  DaemonSet,
  Deployment,
  EndpointSlice,
  ReplicaSet,
  Secret,
  Service,
} from '../../api/types';
import type { GraphNode } from './relations';
import { revisionOf } from './revisions';
import { words } from './words';

export interface CardWords {
  about: string;
  /** Wanted and not there, or on its way out. */
  tone: 'plain' | 'warn' | 'bad';
}

/** The second line of a card. */
export function cardWords(node: GraphNode): CardWords {
  const { object, kind } = node;
  if (!object) return { about: words.missing, tone: 'bad' };
  if (object.metadata.deletionTimestamp) return { about: words.deleting, tone: 'warn' };
  const said = rules[kind]?.(object as never, node);
  if (said === undefined) return { about: '', tone: 'plain' };
  return typeof said === 'string' ? { about: said, tone: 'plain' } : said;
}

type Rule = (object: never, node: GraphNode) => string | CardWords;

const rules: Record<string, Rule> = {
  Deployment: ({ spec, status }: Deployment) => ready(status.readyReplicas, spec.replicas),
  StatefulSet: ({ spec, status }: StatefulSet) => ready(status?.readyReplicas, spec?.replicas),
  ReplicationController: ({ spec, status }: ReplicationController) =>
    ready(status?.readyReplicas, spec?.replicas),
  DaemonSet: ({ status }: DaemonSet) => ready(status.numberReady, status.desiredNumberScheduled),
  ReplicaSet: ({ spec, status }: ReplicaSet, node) => {
    const said = ready(status.readyReplicas, spec.replicas);
    const revision = revisionOf(node);
    if (revision === 0) return said;
    const { readyReplicas = 0 } = status;
    const about = `${words.revision(revision)} · ${readyReplicas}/${spec.replicas ?? 1}`;
    return { ...said, about };
  },
  Job: ({ spec, status }: Job) => {
    if (spec?.suspend) return { about: words.suspended, tone: 'warn' };
    const failed = status?.conditions?.some(
      ({ type, status: is }) => type === 'Failed' && is === 'True',
    );
    if (failed) return { about: words.failed, tone: 'bad' };
    return words.done(status?.succeeded ?? 0, spec?.completions ?? 1);
  },
  CronJob: ({ spec, status }: CronJob) => {
    const active = status?.active?.length ?? 0;
    if (spec?.suspend) return { about: `${spec.schedule} · ${words.suspended}`, tone: 'warn' };
    return active > 0 ? `${spec?.schedule} · ${words.active(active)}` : (spec?.schedule ?? '');
  },
  HorizontalPodAutoscaler: ({ spec }: HorizontalPodAutoscaler) =>
    words.replicas(spec?.minReplicas ?? 1, spec?.maxReplicas ?? 1),
  PodDisruptionBudget: ({ status }: PodDisruptionBudget) =>
    words.disruptions(status?.disruptionsAllowed ?? 0),
  NetworkPolicy: ({ spec }: NetworkPolicy) => (spec?.policyTypes ?? []).join(', '),
  Service: ({ spec }: Service) =>
    [spec.type ?? 'ClusterIP', spec.externalName ?? spec.clusterIP].filter(Boolean).join(' · '),
  EndpointSlice: ({ endpoints }: EndpointSlice) => {
    const all = endpoints ?? [];
    return ready(all.filter(({ conditions }) => conditions?.ready !== false).length, all.length);
  },
  Ingress: ({ spec }: Ingress) =>
    (spec?.rules ?? []).map(({ host }) => host ?? '*').join(', ') || '*',
  ConfigMap: ({ data, binaryData }: ConfigMap) => keys(data, binaryData),
  Secret: ({ data }: Secret) => keys(data),
  PersistentVolumeClaim: ({ spec, status }: PersistentVolumeClaim) => {
    const phase = status?.phase ?? 'Pending';
    const size = status?.capacity?.['storage'] ?? spec?.resources?.requests?.['storage'];
    const about = [phase, size].filter(Boolean).join(' · ');
    return { about, tone: phase === 'Bound' ? 'plain' : phase === 'Lost' ? 'bad' : 'warn' };
  },
  PersistentVolume: ({ spec, status }: PersistentVolume) =>
    [status?.phase, spec?.capacity?.['storage']].filter(Boolean).join(' · '),
};

function ready(count = 0, wanted = 1): CardWords {
  return { about: words.ready(count, wanted), tone: count < wanted ? 'warn' : 'plain' };
}

function keys(...maps: (object | undefined)[]): string {
  return words.keys(maps.reduce((sum, map) => sum + Object.keys(map ?? {}).length, 0));
}
