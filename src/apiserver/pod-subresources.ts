// The binding of a pod to its node, which the scheduler asks for.
// Upstream: pkg/registry/core/pod/storage/storage.go.
import type { KubeObject } from '../api/object';
import { FieldErrors } from '../api/field-errors';
import { badRequest, conflict, notFound, StatusError, type Status } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Pod, PodCondition } from '../api/types';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { admitPart } from './admission/chain';
import type { ServerContext } from './context';
import { nextVersion } from './metadata';

interface Binding {
  metadata?: { name?: string; uid?: string; annotations?: Record<string, string> };
  target?: { kind?: string; name?: string };
}

/**
 * Sets spec.nodeName, once. Throws Conflict when the pod is bound, ending or another of its name.
 */
export function bindPod(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): Status {
  const pod = currentPod(context, definition, request);
  const body = request.body as KubeObject | undefined;
  const asked = body?.metadata ? body : ({ ...body, metadata: {} } as KubeObject);
  const binding = admitPart(context, definition, request, 'CREATE', asked);
  const { metadata = {}, target = {} } = binding as Binding;
  checkBinding(target, request.name);
  const refuse = (why: string): never => {
    throw conflict({ group: '', resource: 'pods/binding' }, request.name, why);
  };
  if (metadata.uid && metadata.uid !== pod.metadata.uid) {
    refuse(
      `Precondition failed: UID in precondition: ${metadata.uid}, ` +
        `UID in object meta: ${pod.metadata.uid}`,
    );
  }
  if (pod.metadata.deletionTimestamp) {
    refuse(`pod ${pod.metadata.name} is being deleted, cannot be assigned to a host`);
  }
  if (pod.spec.nodeName) {
    refuse(`pod ${pod.metadata.name} is already assigned to node "${pod.spec.nodeName}"`);
  }
  if (pod.spec.schedulingGates?.length) {
    refuse(`pod ${pod.metadata.name} has non-empty .spec.schedulingGates`);
  }
  const bound = nextVersion(pod);
  bound.spec = { ...pod.spec, nodeName: target.name };
  if (metadata.annotations) {
    bound.metadata.annotations = { ...bound.metadata.annotations, ...metadata.annotations };
  }
  const scheduled: PodCondition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null as never,
    lastTransitionTime: formatTime(context.sim.clock.activityMs),
  };
  bound.status = { ...pod.status, conditions: withCondition(pod, scheduled) };
  // Where preemption meant it to go is of no use any longer.
  delete bound.status.nominatedNodeName;
  if (!request.options.dryRun) context.store.update(definition.ref.key, bound, pod);
  return success(201);
}

function currentPod(
  { store }: ServerContext,
  { ref }: ResourceDefinition,
  { namespace, name }: ApiRequest,
): Pod {
  const pod: KubeObject | undefined = store.get(ref.key, namespace, name);
  if (!pod) throw notFound(ref, name);
  return pod as Pod;
}

function checkBinding(target: { kind?: string; name?: string }, name: string): void {
  const errors = new FieldErrors();
  if (target.kind && target.kind !== 'Node' && target.kind !== 'Minion') {
    errors.notSupported('target.kind', target.kind, ['Node', '<empty>']);
  }
  if (!target.name) errors.required('target.name');
  const [cause] = errors.causes;
  // The real server passes this on as it is, without making it an Invalid.
  if (cause) throw new StatusError(500, '', `${cause.field}: ${cause.message}`);
  if (!name) throw badRequest('name must be provided');
}

function withCondition(pod: Pod, condition: PodCondition): PodCondition[] {
  const rest = pod.status.conditions?.filter(({ type }) => type !== condition.type);
  // Not by spreading, which leaves room for sixteen more.
  return rest?.length ? rest.concat(condition) : [condition];
}

function success(code: number): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code };
}
