// Golden pairs of controllers that were not recorded: what is written and how time passes, in the
// recordings' format, and what the controllers make of it, as a fixture beside their tests.
import { stringify } from 'yaml';
import { playControllers, type ControllerCase } from './golden-controllers';
import type { Json } from './golden-snapshot';

export type Actions = ControllerCase['actions'];

export const NAMESPACE = 'pairs';

/** Objects of these kinds and the Events at each snapshot, as YAML. */
export function playedPair(
  actions: Actions,
  kinds: readonly string[],
  nodes: ControllerCase['nodes'] = [],
): string {
  const pair = { name: 'pair', why: '', namespace: NAMESPACE, nodes, actions };
  const played = playControllers(pair);
  const shown = [...played].map(([label, { objects, events }]) => ({
    snapshot: label,
    objects: objects
      .filter(({ kind }) => kinds.includes(kind as string))
      .map((object) => (object.kind === 'Pod' ? podShown(object) : objectShown(object))),
    events: events.filter(isOfControllers).map(eventText),
  }));
  return stringify(shown, { lineWidth: 100 });
}

/** Where pods go, or cannot, is none of theirs. */
function isOfControllers({ reason }: Json): boolean {
  return reason !== 'Scheduled' && reason !== 'FailedScheduling';
}

function objectShown({ kind, metadata, status }: Json): Json {
  return { kind, metadata, status };
}

/** Of a pod, what controllers decide, and how far it came. */
function podShown({ kind, metadata, status }: Json): Json {
  const { name, annotations, finalizers, ownerReferences, deletionTimestamp } = metadata as Json;
  const owners = (ownerReferences as { name: string }[] | undefined)?.map((owner) => owner.name);
  const { phase, reason, resourceClaimStatuses: claims } = status as Json;
  return { kind, name, owners, annotations, finalizers, deletionTimestamp, phase, reason, claims };
}

function eventText({ type, reason, message, involvedObject, objects }: Json): string {
  const { kind, name } = involvedObject as { kind: string; name: string };
  const suffix = (objects as number) > 1 ? ` (x${objects as number})` : '';
  return `${type as string} ${reason as string}${suffix} ${kind}/${name}: ${message as string}`;
}

/** A write that merges into an object, or into its status. */
export function mergePatch(path: string, body: object): Actions[number] {
  const contentType = 'application/merge-patch+json';
  return { request: { method: 'PATCH', path, contentType, body } };
}
