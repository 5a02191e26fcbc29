// What an empty object of a built-in type looks like on the wire: Go writes structs that are no
// pointers, and fields that are never left out, even when nobody set them. Such fields are not
// owned by whoever creates the object, since they were there before.
// Upstream: the Go types' JSON tags, staging/src/k8s.io/api.
import type { FieldType } from '../../api/wire-schema';
import { fillAlwaysPresent } from '../decode/always-present';
import { typeNameOf, typeSchema } from '../decode/known-types';
import type { JsonObject } from '../patch/json-value';

const known = new Map<string, JsonObject>();

/** An empty object of a kind; of one that is not built in, one without any field. */
export function zeroObject(apiVersion: string, kind: string): Readonly<JsonObject> {
  const typeName = typeNameOf(apiVersion, kind);
  if (typeName === undefined) return {};
  let zero = known.get(typeName);
  if (!zero) known.set(typeName, (zero = zeroOfKind(typeName)));
  return zero;
}

function zeroOfKind(typeName: string): JsonObject {
  const { fields } = typeSchema(typeName);
  const zero = zeroOfType(typeName);
  for (const part of ['metadata', 'spec', 'status']) {
    const type = fields[part];
    if (type?.[0] === '@') zero[part] = part === 'metadata' ? {} : zeroOfType(type.slice(1));
  }
  return zero;
}

function zeroOfType(typeName: string): JsonObject {
  const { fields, required = [] } = typeSchema(typeName);
  const zero: JsonObject = {};
  for (const name of required) zero[name] = zeroOfField(fields[name]);
  fillAlwaysPresent(zero, typeName);
  for (const name of STRUCTS[typeName] ?? []) zero[name] = zeroOfField(fields[name]);
  return { ...zero, ...ALWAYS[typeName] };
}

function zeroOfField(type: FieldType): unknown {
  switch (type[0]) {
    case '@':
      return zeroOfType(type.slice(1));
    case 's':
      return '';
    case 'b':
      return false;
    case 'i':
    case 'l':
    case 'n':
      return 0;
    case 'q':
      return '0';
    default:
      return null;
  }
}

/** Fields that are written even when nobody set them, though documents call them optional. */
const ALWAYS: Readonly<Record<string, JsonObject>> = {
  ClusterRole: { rules: null },
  CustomResourceDefinitionNames: { kind: '' },
  CustomResourceDefinitionStatus: { conditions: null, storedVersions: null },
  Event: { reportingComponent: '', reportingInstance: '' },
  EventsV1Event: { deprecatedFirstTimestamp: null, deprecatedLastTimestamp: null },
  PodDisruptionBudgetStatus: {
    currentHealthy: 0,
    desiredHealthy: 0,
    disruptionsAllowed: 0,
    expectedPods: 0,
  },
  Role: { rules: null },
  StatefulSetStatus: { availableReplicas: 0 },
};

/** Fields that may be left out by a client but hold a struct, and no pointer to one. */
const STRUCTS: Readonly<Record<string, readonly string[]>> = {
  CronJobSpec: ['jobTemplate'],
  CustomResourceDefinitionStatus: ['acceptedNames'],
  DaemonSetSpec: ['updateStrategy', 'template'],
  DeploymentSpec: ['strategy', 'template'],
  Event: ['involvedObject', 'source'],
  EventsV1Event: ['regarding', 'deprecatedSource'],
  IngressStatus: ['loadBalancer'],
  JobSpec: ['template'],
  JobTemplateSpec: ['metadata', 'spec'],
  NetworkPolicySpec: ['podSelector'],
  NodeDaemonEndpoints: ['kubeletEndpoint'],
  NodeStatus: ['daemonEndpoints', 'nodeInfo'],
  PersistentVolumeClaimSpec: ['resources'],
  PodTemplate: ['template'],
  PodTemplateSpec: ['metadata', 'spec'],
  ReplicaSetSpec: ['template'],
  ResourceClaimSpec: ['devices'],
  ResourceClaimTemplateSpec: ['metadata', 'spec'],
  ServiceStatus: ['loadBalancer'],
  StatefulSetSpec: ['updateStrategy', 'template'],
};
