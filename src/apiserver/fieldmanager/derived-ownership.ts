// Who owns what components wrote. Inside the simulation nobody keeps book of it, since millions of
// writes would pay for what almost nobody reads; it follows from what is known of Kubernetes' own
// programs: which of them makes a kind of object, and which writes its status.
// Invariant: pure; only what is present and owned by no recorded entry is attributed.
// Where the real one differs: it remembers each write, so an object that several components have
// changed may show finer entries and other times.
import type { KubeObject } from '../../api/object';
import { compareFields } from './compare';
import { creatorOf } from './creator-of';
import { FieldSet } from './field-set';
import { identityOf, type Managed, type Operation, type Ownership } from './managed-fields';
import { NEVER_OWNED } from './never-owned';
import { nodeParts } from './node-parts';
import { podCreatorSet, podStatusParts } from './pod-parts';
import { shapeOfKind } from './shape';
import { newestTime } from './status-time';
import { zeroObject } from './zero-object';

/** A part of an object that one component has written. */
export interface WrittenPart {
  readonly manager: string;
  readonly operation?: Operation;
  readonly subresource?: string;
  readonly set: FieldSet;
}

/** `object` as stored, `recorded` what its managedFields say, undefined when it has none. */
export function derivedOwnership(object: KubeObject, recorded: Managed | undefined): Ownership[] {
  const written = writtenFields(object);
  if (!written) return [];
  const parts = recorded
    ? statusParts(object, written)
    : [...mainParts(object, written), ...statusParts(object, written)];
  return parts.flatMap((part) => ownershipOf(object, part, recorded));
}

function ownershipOf(
  object: KubeObject,
  { manager, operation = 'Update', subresource = '', set: whole }: WrittenPart,
  recorded: Managed | undefined,
): Ownership[] {
  const { apiVersion } = object;
  const writer = { manager, operation, subresource, apiVersion } as const;
  const identity = identityOf(writer);
  let set = whole;
  for (const [key, { set: owned }] of recorded ?? []) {
    if (key !== identity) set = set.difference(owned);
  }
  if (set.isEmpty) return [];
  const time = subresource ? newestTime(object) : writtenAt(object);
  return [{ ...writer, set, time }];
}

/** Every field that somebody has set; undefined for kinds of which nothing is known. */
function writtenFields(object: KubeObject): FieldSet | undefined {
  const { apiVersion, kind } = object;
  const shape = shapeOfKind(apiVersion, kind);
  if (!shape) return undefined;
  const zero = zeroObject(apiVersion, kind);
  const { added, modified } = compareFields(zero, object, shape);
  return added.union(modified).difference(NEVER_OWNED);
}

function mainParts(object: KubeObject, written: FieldSet): WrittenPart[] {
  const set = written.without(FieldSet.of(['status'], ['metadata', 'managedFields']));
  switch (object.kind) {
    case 'Pod':
      return [{ manager: creatorOf(object), set: podCreatorSet(object, set) }];
    case 'Node':
      return nodeParts(set);
    case 'Service':
      return [{ manager: creatorOf(object), set: set.without(serviceClaims(object)) }];
    case 'Namespace':
      return [{ manager: creatorOf(object), set: set.without(FieldSet.of(['spec'])) }];
    case 'ClusterRole':
      return 'aggregationRule' in object
        ? [
            { manager: creatorOf(object), set: set.without(RULES) },
            {
              manager: 'clusterrole-aggregation-controller',
              operation: 'Apply',
              set: set.intersection(RULES),
            },
          ]
        : [{ manager: creatorOf(object), set }];
    default:
      return [{ manager: creatorOf(object), set }];
  }
}

const RULES = FieldSet.of(['rules']);

/** What the server itself chose for a Service. */
function serviceClaims({ metadata }: KubeObject): FieldSet {
  const isApi = metadata.name === 'kubernetes' && metadata.namespace === 'default';
  const claims = [
    ['spec', 'clusterIPs'],
    ['spec', 'ipFamilies'],
  ];
  return FieldSet.of(
    ...claims,
    ...(isApi
      ? []
      : [
          ['spec', 'clusterIP'],
          ['spec', 'ipFamilyPolicy'],
        ]),
  );
}

function statusParts(object: KubeObject, written: FieldSet): WrittenPart[] {
  const below = written.children.get('f:status');
  if (!below) return [];
  const status = new FieldSet();
  status.children.set('f:status', below);
  switch (object.kind) {
    case 'Pod':
      return podStatusParts(object, status);
    case 'Node':
      return [{ manager: 'kubelet', subresource: 'status', set: status }];
    case 'Namespace':
      return [byManager(status.without(FieldSet.of(['status', 'phase'])))];
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return [byManager(volumeStatus(object, status))];
    case 'APIService':
    case 'CustomResourceDefinition':
    case 'ServiceCIDR': {
      // The versions that were ever stored are noted when a definition is written.
      const set = status.without(FieldSet.of(['status', 'storedVersions']));
      return [{ manager: 'kube-apiserver', subresource: 'status', set }];
    }
    case 'FlowSchema':
    case 'PriorityLevelConfiguration':
      return [
        {
          manager: 'api-priority-and-fairness-config-consumer-v1',
          operation: 'Apply',
          subresource: 'status',
          set: status,
        },
      ];
    case 'ResourceClaim':
      return [{ manager: 'kube-scheduler', subresource: 'status', set: status }];
    default:
      return [byManager(status)];
  }
}

const PHASE = FieldSet.of(['status', 'phase']);

/** The server itself sets the first phase, and notes when phases change. */
function volumeStatus(object: KubeObject, status: FieldSet): FieldSet {
  const { phase } = (object as { status?: { phase?: unknown } }).status ?? {};
  const reported = status.without(FieldSet.of(['status', 'lastPhaseTransitionTime']));
  return phase === 'Pending' ? reported.without(PHASE) : reported;
}

function byManager(set: FieldSet): WrittenPart {
  return { manager: 'kube-controller-manager', subresource: 'status', set };
}

/** When what is not status was written last: for most when they were made. */
function writtenAt(object: KubeObject): string {
  const { kind, metadata } = object;
  const { spec, lastTimestamp } = object as {
    spec?: { renewTime?: unknown };
    lastTimestamp?: unknown;
  };
  if (kind === 'Lease' && typeof spec?.renewTime === 'string') {
    return spec.renewTime.slice(0, SECONDS_LENGTH) + 'Z';
  }
  if (kind === 'Event' && typeof lastTimestamp === 'string') return lastTimestamp;
  return metadata.creationTimestamp;
}

/** Of '2026-01-01T00:00:00' in a time with microseconds. */
const SECONDS_LENGTH = 19;
