// The subresource `scale`: the one number of a workload, in a shape that is the same for all of
// them.
// Upstream: pkg/registry/apps/deployment/storage/storage.go.
import { FieldErrors } from '../api/field-errors';
import type { Labels } from '../api/label-selector';
import { selectorFromLabels, selectorFromLabelSelector } from '../api/label-selector';
import type { KubeObject } from '../api/object';
import { notFound } from '../api/status-error';
import type { Deployment } from '../api/types';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { admitPart } from './admission/chain';
import type { ServerContext } from './context';
import { applyPatch } from './patch/apply-patch';
import { replaceObject } from './update';

/** autoscaling/v1 Scale. */
export interface Scale extends KubeObject {
  spec: { replicas?: number };
  status: { replicas: number; selector?: string };
}

/** What a workload with replicas has of a Deployment. */
type Workload = Pick<Deployment, keyof KubeObject> & {
  spec: Pick<Deployment['spec'], 'replicas' | 'selector'>;
  status: { replicas?: number };
};

export function getScale(
  { store }: ServerContext,
  { ref }: ResourceDefinition,
  { namespace, name }: ApiRequest,
): Scale {
  const workload = store.get(ref.key, namespace, name);
  if (!workload) throw notFound({ group: ref.group, resource: ref.resource + '/scale' }, name);
  return scaleOf(workload as Workload);
}

/** Sets the replicas from a Scale, or from a patch of one; answers with the new Scale. */
export function writeScale(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): Scale {
  const { namespace, name, options, verb } = request;
  const current = context.store.get(definition.ref.key, namespace, name) as Workload | undefined;
  if (!current) throw notFound(definition.ref, name);
  const scale = scaleOf(current);
  const withReplicas = (replicas: number): Workload => ({
    ...current,
    spec: { ...current.spec, replicas },
  });
  const { fieldManager } = context.services;
  const applied =
    options.patchType === 'apply'
      ? fieldManager?.applyScale(definition, request, current, scale, withReplicas)
      : undefined;
  const asked = (applied?.object ??
    (verb === 'patch' ? patched(scale, request) : request.body)) as Scale;
  // Admission sees the Scale, and not the workload, which is updated behind it.
  const proposed = admitPart(context, definition, request, 'UPDATE', asked, scale);
  const { replicas = 0 } = proposed.spec ?? {};
  const errors = new FieldErrors();
  if (replicas < 0) errors.invalid('spec.replicas', replicas, NOT_NEGATIVE);
  errors.throwIfAny('Scale', 'autoscaling', name);
  const resourceVersion = proposed.metadata?.resourceVersion ?? '';
  const scaled = {
    ...withReplicas(replicas),
    metadata: { ...current.metadata, resourceVersion },
  };
  const entries =
    applied?.entries ??
    fieldManager?.ofScale(definition, request, current, scale, scaleOf(scaled), scaled);
  const update: ApiRequest = { ...request, subresource: '', options, isAdmitted: true };
  return scaleOf(replaceObject(context, definition, update, current, scaled, entries) as Workload);
}

const NOT_NEGATIVE = 'must be greater than or equal to 0';

function patched(scale: Scale, { body, options, decode }: ApiRequest): unknown {
  const result = applyPatch(options.patchType ?? 'strategic', scale, body, 'Scale');
  return decode?.(result) ?? result;
}

function scaleOf({ kind, metadata, spec, status }: Workload): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: spec.replicas ? { replicas: spec.replicas } : {},
    status: {
      replicas: status?.replicas ?? 0,
      selector: selectorText(kind, spec.selector),
    },
  };
}

/** That of a ReplicationController is a plain map. */
function selectorText(kind: string, selector: Workload['spec']['selector']): string {
  return kind === 'ReplicationController'
    ? selectorFromLabels(selector as Labels).toString()
    : selectorFromLabelSelector(selector).toString();
}
