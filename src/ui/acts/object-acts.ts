// What can be done to any object of the API.
import { objectPath, refOfKind } from '../state/object-path';
import type { SceneData } from '../state/scene-store';
import { Refusal, type Act, type ActTarget, type Offer } from './act';
import { inNamespace } from './pod-acts';
import { quoted } from './quoted';
import { change, remove } from './requests';
import { words } from './words';

export const label: Act = {
  id: 'label',
  group: 'node',
  icon: 'label',
  key: 'l',
  offers: onObject((target, path) => [
    {
      id: '',
      name: words.label,
      about: words.labelAbout,
      fields: [{ name: 'label', label: words.fields.label, value: '', hint: 'disk=ssd' }],
      plan: ({ label: text = '' }) => ({
        command:
          `kubectl label ${named(target)} ${quoted(text)}` +
          (isRemoval(text) ? '' : ' --overwrite'),
        run: async ({ request }) => {
          await change(request, path, { metadata: { labels: labelsOf(text) } });
          return `${subject(target)} ${isRemoval(text) ? 'unlabeled' : 'labeled'}`;
        },
      }),
    },
  ]),
};

/** 'disk-' takes a label away. */
function isRemoval(text: string): boolean {
  return text.endsWith('-') && !text.includes('=');
}

function labelsOf(text: string): Record<string, string | null> {
  if (isRemoval(text)) return { [text.slice(0, -1)]: null };
  const at = text.indexOf('=');
  if (at <= 0) throw new Refusal(words.noLabel(text));
  return { [text.slice(0, at)]: text.slice(at + 1) };
}

/** Kinds whose own acts delete them. */
const OTHERWISE = new Set(['Pod', 'Node', 'Machine']);
const OWNERS = new Set(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob']);

export const deleteObject: Act = {
  id: 'deleteObject',
  group: 'end',
  icon: 'trash',
  key: 'Delete',
  grave: true,
  offers: onObject((target, path) => {
    if (OTHERWISE.has(target.kind)) return [];
    const offer = (cascade: '' | 'Foreground' | 'Orphan', name: string): Offer => ({
      id: cascade,
      name,
      plan: () => ({
        command:
          `kubectl delete ${named(target)}` +
          (cascade ? ` --cascade=${cascade.toLowerCase()}` : ''),
        run: async ({ request }) => {
          await remove(request, path, { propagationPolicy: cascade || 'Background' });
          return `${subject(target).replace('/', ' "')}" deleted`;
        },
      }),
    });
    const plain = offer('', words.deleteObject(target.kind));
    if (!OWNERS.has(target.kind)) return [plain];
    return [
      plain,
      offer('Foreground', words.deleteForeground),
      offer('Orphan', words.deleteOrphan),
    ];
  }),
};

/** 'deployment web -n shop': how kubectl is told which. */
function named({ kind, namespace, name }: ActTarget): string {
  return `${kind.toLowerCase()} ${name}${inNamespace(namespace)}`;
}

/** 'deployment.apps/web': how kubectl says which. */
function subject({ kind, name }: ActTarget): string {
  const group = refOfKind(kind)?.group;
  return `${kind.toLowerCase()}${group ? '.' + group : ''}/${name}`;
}

function onObject(offers: (target: ActTarget, path: string) => Offer[]) {
  return (target: ActTarget, scene: SceneData): Offer[] => {
    // A tank without a Node is a machine, which nobody labels.
    if (target.kind === 'Machine') return [];
    if (target.kind === 'Node' && !scene.nodes.get(target.name)?.registered) return [];
    const path = objectPath(target);
    return path ? offers(target, path) : [];
  };
}
