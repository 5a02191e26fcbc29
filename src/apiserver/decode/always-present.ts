// Fields that the server's Go types cannot leave out: times that show as null, and structs that
// show as
// {} when the client said nothing of them.

type Filler = Readonly<Record<string, unknown>>;

const EMPTY = Object.freeze({});
const TRANSITION: Filler = { lastTransitionTime: null };
const UPDATED: Filler = { lastUpdateTime: null, lastTransitionTime: null };

const FILLERS: Readonly<Record<string, Filler>> = {
  PodCondition: { lastProbeTime: null, lastTransitionTime: null },
  NodeCondition: { lastHeartbeatTime: null, lastTransitionTime: null },
  NamespaceCondition: TRANSITION,
  ReplicaSetCondition: TRANSITION,
  DaemonSetCondition: TRANSITION,
  DeploymentCondition: UPDATED,
  StatefulSetCondition: TRANSITION,
  ReplicationControllerCondition: TRANSITION,
  HorizontalPodAutoscalerCondition: TRANSITION,
  StatefulSetStatus: { availableReplicas: 0 },
  V2HorizontalPodAutoscalerStatus: { currentMetrics: null },
  ContainerStateRunning: { startedAt: null },
  ContainerStateTerminated: { startedAt: null, finishedAt: null },
  ContainerStatus: { state: EMPTY, lastState: EMPTY },
  Container: { resources: EMPTY },
  EphemeralContainer: { resources: EMPTY },
  Endpoint: { conditions: EMPTY },
  Event: {
    involvedObject: EMPTY,
    source: EMPTY,
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
  },
  PersistentVolumeClaimTemplate: { metadata: EMPTY },
  PodTemplateSpec: { metadata: EMPTY },
  PreferredSchedulingTerm: { preference: EMPTY },
  WeightedPodAffinityTerm: { podAffinityTerm: EMPTY },
};

/** Adds to a decoded object of a type what is always there. */
export function fillAlwaysPresent(object: Record<string, unknown>, typeName: string): void {
  const filler = FILLERS[typeName];
  if (!filler) return;
  for (const field in filler) if (!(field in object)) object[field] = filler[field];
}
