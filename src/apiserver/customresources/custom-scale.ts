// The subresource `scale` of custom resources, whose CRD says where the numbers are.
// Upstream: apiextensions-apiserver/pkg/registry/customresource/etcd.go.
import type { CustomResourceDefinition } from '../../api/extension-types';
import { invalidError } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { badRequest, internalError, notFound } from '../../api/status-error';
import type { ApiRequest } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';
import { applyPatch } from '../patch/apply-patch';
import type { SubresourceHandler } from '../subresources/subresource';
import { replaceObject } from '../update';
import { findByPath } from './json-path';

type Scales = NonNullable<
  NonNullable<CustomResourceDefinition['spec']['versions'][number]['subresources']>['scale']
>;

interface Scale extends KubeObject {
  spec: { replicas?: number };
  status: { replicas: number; selector?: string };
}

/** The handler for one custom resource. */
export function customScaleHandler(key: string, scales: Scales): SubresourceHandler {
  const write = (context: ServerContext, definition: ResourceDefinition, request: ApiRequest) =>
    writeScale(context, definition, request, scales);
  return {
    resource: key,
    subresource: 'scale',
    verbs: {
      get: ({ store }, { ref }, { namespace, name }) => {
        const object = store.get(ref.key, namespace, name);
        if (!object) throw notFound(ref, name);
        return scaleOf(object, scales);
      },
      update: write,
      patch: write,
    },
  };
}

function writeScale(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  scales: Scales,
): Scale {
  const { namespace, name, options, verb } = request;
  const current = context.store.get(definition.ref.key, namespace, name);
  if (!current) throw notFound(definition.ref, name);
  const before = scaleOf(current, scales);
  let proposed = request.body as Scale;
  if (verb === 'patch') {
    const patched = applyPatch(options.patchType ?? 'strategic', before, request.body, 'Scale');
    proposed = (request.decode?.(patched) ?? patched) as Scale;
  }
  const replicas = proposed.spec?.replicas ?? 0;
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: should be a non-negative integer`;
    const cause = { reason: 'FieldValueInvalid', message, field: 'spec.replicas' };
    throw invalidError('Scale', 'autoscaling', name, [cause]);
  }
  const names = scales.specReplicasPath.split('.').slice(1);
  const resourceVersion = proposed.metadata?.resourceVersion || current.metadata.resourceVersion;
  const scaled = withValue(current, names, replicas) as KubeObject;
  const next = { ...scaled, metadata: { ...current.metadata, resourceVersion } };
  const update: ApiRequest = { ...request, verb: 'update', subresource: '' };
  return scaleOf(replaceObject(context, definition, update, current, next), scales);
}

/** A copy of the object with a value at a path; what is on the way is made. */
function withValue(object: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (object !== undefined && (typeof object !== 'object' || object === null)) {
    throw badRequest(`the path of the replicas leads through a value that is no object`);
  }
  const own = (object ?? {}) as Record<string, unknown>;
  return { ...own, [name]: withValue(own[name], rest, value) };
}

function scaleOf(object: KubeObject, scales: Scales): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const [replicas] = findByPath(object, scales.specReplicasPath);
  if (replicas === undefined) {
    const path = JSON.stringify(scales.specReplicasPath);
    throw internalError(`the spec replicas field ${path} does not exist`);
  }
  const [actual] = findByPath(object, scales.statusReplicasPath);
  const [selector] = scales.labelSelectorPath
    ? findByPath(object, scales.labelSelectorPath)
    : [undefined];
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, ...(namespace && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: replicas ? { replicas: Number(replicas) } : {},
    status: {
      replicas: Number(actual ?? 0),
      ...(typeof selector === 'string' && selector !== '' && { selector }),
    },
  };
}
