// Who a pod of a StatefulSet is: its ordinal, the names and labels that follow from it, and the
// claims that are its own. Upstream: pkg/controller/statefulset/stateful_set_utils.go.
import type { PersistentVolumeClaim, StatefulSet } from '../../api/extension-types';
import type { Pod, Volume } from '../../api/types';

export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';
export const REVISION_LABEL = 'controller-revision-hash';

type ClaimTemplate = NonNullable<StatefulSet['spec']['volumeClaimTemplates']>[number];

const MEMBER_NAME = /^(.*)-(\d+)$/;

/** The number at the end of a pod's name; -1 without one. */
export function ordinalOf({ metadata: { name } }: Pod): number {
  let ordinal = 0;
  const dash = name.lastIndexOf('-');
  if (dash < 0 || dash === name.length - 1) return -1;
  for (let at = dash + 1; at < name.length; at++) {
    const digit = name.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    ordinal = ordinal * 10 + digit;
  }
  return ordinal;
}

/** The set that a pod's name says it belongs to; '' when it says none. */
export function parentNameOf(podName: string): string {
  return MEMBER_NAME.exec(podName)?.[1] ?? '';
}

export function podNameOf({ metadata }: StatefulSet, ordinal: number): string {
  return `${metadata.name}-${ordinal}`;
}

export function startOrdinal({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

/** Whether the pod's ordinal is one of those that the set should have. */
export function isInRange(set: StatefulSet, pod: Pod): boolean {
  const index = ordinalOf(pod) - startOrdinal(set);
  return index >= 0 && index < set.spec.replicas!;
}

/** The revision by whose template the pod was made; '' when it does not say. */
export function podRevision({ metadata }: Pod): string {
  return metadata.labels?.[REVISION_LABEL] ?? '';
}

/** The labels that make a pod findable by its name and number. */
export function identityLabels(set: StatefulSet, ordinal: number): Record<string, string> {
  return { [POD_NAME_LABEL]: podNameOf(set, ordinal), [POD_INDEX_LABEL]: String(ordinal) };
}

export function identityMatches(set: StatefulSet, pod: Pod): boolean {
  const { name, labels } = pod.metadata;
  return name === podNameOf(set, ordinalOf(pod)) && labels?.[POD_NAME_LABEL] === name;
}

export function claimName(set: StatefulSet, template: ClaimTemplate, ordinal: number): string {
  return `${template.metadata?.name ?? ''}-${set.metadata.name}-${ordinal}`;
}

/** The claims of one pod, as they are to be made. */
export function claimsOf(set: StatefulSet, ordinal: number): PersistentVolumeClaim[] {
  return (set.spec.volumeClaimTemplates ?? []).map((template) => {
    const { metadata, spec } = template;
    const labels = { ...metadata?.labels, ...set.spec.selector.matchLabels };
    const name = claimName(set, template, ordinal);
    const { namespace } = set.metadata;
    return { metadata: { ...metadata, name, namespace, labels }, spec } as PersistentVolumeClaim;
  });
}

/** The template's volumes with the pod's claims in the place of those of the same name. */
export function volumesOf(
  set: StatefulSet,
  ordinal: number,
  own: readonly Volume[] | undefined,
): Volume[] | undefined {
  const templates = set.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return own as Volume[] | undefined;
  const claimed = templates.map((template): Volume => ({
    name: template.metadata?.name ?? '',
    persistentVolumeClaim: { claimName: claimName(set, template, ordinal) },
  }));
  const names = new Set(claimed.map(({ name }) => name));
  return [...claimed, ...(own ?? []).filter(({ name }) => !names.has(name))];
}

export function storageMatches(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOf(pod);
  return (set.spec.volumeClaimTemplates ?? []).every((template) => {
    const volume = pod.spec.volumes?.find(({ name }) => name === template.metadata?.name);
    return volume?.persistentVolumeClaim?.claimName === claimName(set, template, ordinal);
  });
}
