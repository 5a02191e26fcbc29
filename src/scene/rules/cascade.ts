// What goes because its owner has gone, and what controllers clear away. An object that is gone
// tells nothing any more, so its owner is noted when it is made.
import type { OwnerReference } from '../../api/object';
import type { TraceRecord } from '../../sim/trace';
import { isGone, linkOf, ownedBy, told, type RuleTable } from './rule';
import type { StoryFamily, StoryView, Told } from './rule';

const KINDS: Record<string, string> = {
  'replicasets.apps': 'ReplicaSet',
  'statefulsets.apps': 'StatefulSet',
  'jobs.batch': 'Job',
  persistentvolumeclaims: 'PersistentVolumeClaim',
};
const NOTED_MAX = 2048;

export function cascadeRules(): StoryFamily {
  const owners = new Map<string, OwnerReference>();
  const keyOf = ({ resource, namespace, name }: TraceRecord): string =>
    `${resource}/${namespace}/${name}`;

  function note(record: TraceRecord, view: StoryView): undefined {
    const owner = ownedBy(record, view)?.owner;
    if (owner) owners.set(keyOf(record), owner);
    if (owners.size > NOTED_MAX) owners.delete(owners.keys().next().value!);
  }

  function deleted(record: TraceRecord, view: StoryView): Told {
    const key = keyOf(record);
    const owner = ownedBy(record, view)?.owner ?? owners.get(key);
    owners.delete(key);
    const kind = KINDS[record.resource];
    const { name, namespace } = record;
    const about = linkOf(kind, record);
    if (!owner || !isGone(owner, namespace, view)) return told('cleanedUp', { kind, name }, about);
    const parts = { kind, name, ownerKind: owner.kind, owner: owner.name };
    return told('ownerGone', parts, about);
  }

  const table: RuleTable = {};
  for (const resource of Object.keys(KINDS)) {
    table[`kube-controller-manager create ${resource}`] = note;
    table[`kube-controller-manager delete ${resource}`] = deleted;
  }
  return { table };
}
