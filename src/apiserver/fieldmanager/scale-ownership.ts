// Ownership through the subresource `scale`: whoever writes it owns the one field of the workload
// that holds the replicas, and is compared with those who own that field.
// Upstream: apimachinery/pkg/util/managedfields/scalehandler.go.
import type { KubeObject } from '../../api/object';
import type { ApiRequest } from '../../client/transport';
import { applyConfiguration } from './apply-configuration';
import { FieldSet } from './field-set';
import { fieldElement } from './path-element';
import { identityOf, type Managed, type Ownership } from './managed-fields';
import { updateOwnership, type Versions, type Writer } from './ownership-update';
import { shapeOfKind } from './shape';
import { zeroObject } from './zero-object';

const API_VERSION = 'autoscaling/v1';
const KIND = 'Scale';
const PATH = ['spec', 'replicas'];
const REPLICAS = FieldSet.of(PATH);
const ELEMENTS = PATH.map(fieldElement);

interface ScaleVersions extends Versions {
  readonly kind: string;
}

function scaleVersions(): ScaleVersions {
  const shape = shapeOfKind(API_VERSION, KIND)!;
  const convert = (object: unknown): ReturnType<Versions['convert']> => ({ object, shape });
  return { apiVersion: API_VERSION, kind: KIND, shape, ignored: new FieldSet(), convert };
}

/** Ownership of the workload after `next` was written in place of `scale`. */
export function scaleOwnership(
  managed: Managed,
  writer: Writer,
  scale: KubeObject,
  next: KubeObject,
): Managed {
  const through = { ...writer, subresource: 'scale', apiVersion: API_VERSION };
  const owners = replicasOwners(managed);
  const after = updateOwnership(scale, next, owners, through, scaleVersions(), undefined);
  return ofWorkload(managed, after, writer.apiVersion);
}

export interface AppliedScale {
  readonly scale: unknown;
  readonly managed: Managed;
}

/** What applying a Scale makes of it, and of the ownership of its workload. */
export function applyToScale(
  scale: KubeObject,
  request: ApiRequest,
  managed: Managed,
  writer: Writer,
  time: string,
): AppliedScale {
  const versions = scaleVersions();
  const through = { ...writer, subresource: 'scale', apiVersion: API_VERSION };
  let owners = replicasOwners(managed);
  if (owners.size === 0) {
    const former = { ...through, operation: 'Update', manager: 'before-first-apply' } as const;
    const zero = zeroObject(API_VERSION, KIND);
    owners = updateOwnership(zero, scale, owners, former, versions, time);
  }
  const applied = applyConfiguration(scale, request, owners, through, versions, time);
  const after = ofWorkload(managed, applied.managed, writer.apiVersion);
  return { scale: applied.object ?? scale, managed: after };
}

/** Those who own the workload's replicas, as owners of the Scale's. */
function replicasOwners(managed: Managed): Managed {
  const owners = new Map<string, Ownership>();
  for (const [identity, owner] of managed) {
    if (!owner.set.has(ELEMENTS)) continue;
    owners.set(identity, { ...owner, set: REPLICAS, apiVersion: API_VERSION });
  }
  return owners;
}

/** Who lost the replicas of the Scale loses those of the workload, and the reverse. */
function ofWorkload(managed: Managed, owners: Managed, apiVersion: string): Managed {
  const after = new Map<string, Ownership>();
  for (const [identity, owner] of managed) {
    const keeps = !owner.set.has(ELEMENTS) || owners.has(identity);
    const set = keeps ? owner.set : owner.set.difference(REPLICAS);
    if (!set.isEmpty) after.set(identity, set === owner.set ? owner : { ...owner, set });
  }
  for (const [identity, owner] of owners) {
    if (managed.has(identity) || !owner.set.has(ELEMENTS)) continue;
    const gained = { ...owner, apiVersion, set: REPLICAS, time: undefined };
    after.set(identityOf(gained), gained);
  }
  return after;
}
