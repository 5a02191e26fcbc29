import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { KubeObject } from '../../api/object';
import { controllerOf } from '../../api/object';
import { loadActs, type Acts } from '../acts/load';
import { Menu } from '../app/Menu';
import { usePage } from '../app/page-context';
import { useVirtualSecond } from '../app/use-virtual-age';
import { PodShape } from '../canvas/PodShape';
import { messages } from '../messages';
import type { SceneNode, ScenePod } from '../../scene/scene';
import { useScene } from '../state/scene-store';
import type { Selection } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { closeInspector } from './close-inspector';
import { phaseWords } from './phase-words';

const words = messages.inspector;

export interface InspectorHeadProps {
  selection: Selection;
  object?: KubeObject;
  gone: boolean;
}

/** Kind, name and how it is, with what can be done about it. */
export function InspectorHead({ selection, object, gone }: InspectorHeadProps) {
  const { kind, namespace, name } = selection;
  const key = `${namespace}/${name}`;
  const pod = useScene((scene) => (kind === 'Pod' ? scene.pods.get(key) : undefined));
  const node = useScene((scene) => nodeOf(scene.nodes, selection));
  const service = useScene((scene) => (kind === 'Service' ? scene.services.get(key) : undefined));
  const nowMs = useVirtualSecond();
  const owner = object && controllerOf(object);
  const about = [
    kind,
    gone ? '' : phaseWords(object, { nowMs, pod, node, service }),
    owner ? `${owner.kind} ${owner.name}` : '',
    namespace,
  ];
  return (
    <header className="inspector-head">
      <Picture kind={kind} pod={pod} />
      <div className="inspector-title">
        <h2 className="mono">{name}</h2>
        <p>{about.filter(Boolean).join(' · ')}</p>
      </div>
      <ActionsMenu selection={selection} disabled={gone} />
      <CloseButton />
    </header>
  );
}

/** Back to what the inspector lies over. */
export function CloseButton() {
  return (
    <button
      type="button"
      className="btn sq"
      aria-label={words.close}
      title={words.close}
      onClick={closeInspector}
    >
      <Icon name="x" />
    </button>
  );
}

function nodeOf(nodes: ReadonlyMap<string, SceneNode>, { kind, name }: Selection) {
  if (kind === 'Node') return nodes.get(name);
  if (kind !== 'Machine') return undefined;
  return [...nodes.values()].find((node) => node.machine === name);
}

const icons: Record<string, IconName> = {
  Node: 'tank',
  Machine: 'tank',
  Service: 'svc',
  Deployment: 'own',
  ReplicaSet: 'own',
  DaemonSet: 'own',
  ConfigMap: 'doc',
  Secret: 'key',
  etcd: 'db',
  Component: 'loop',
  Controller: 'loop',
  Client: 'user',
};

function Picture({ kind, pod }: { kind: string; pod: ScenePod | undefined }) {
  if (!pod) {
    return (
      <span className="inspector-icon">
        <Icon name={icons[kind] ?? 'doc'} size={20} />
      </span>
    );
  }
  return (
    <span className="pod inspector-pod" data-look={pod.look}>
      <PodShape
        look={pod.look}
        w={40}
        h={30}
        shape="cell"
        hue={pod.owner?.hue ?? 6}
        current={pod.owner?.current ?? true}
        containers={pod.containers}
      />
    </span>
  );
}

interface ActionsMenuProps {
  selection: Selection;
  disabled: boolean;
}

/** Everything that can be done with it, as on the canvas. */
export function ActionsMenu({ selection, disabled }: ActionsMenuProps) {
  const { actions } = usePage();
  const acts = useLoadedActs();
  // What is offered changes with what the picture knows of machines and programs.
  useScene(useShallow(({ nodes, components }) => [nodes, components]));
  const offers = acts?.offersOf(selection) ?? [];
  if (offers.length === 0) return null;
  return (
    <Menu
      className="btn out"
      menuLabel={words.actions}
      items={offers.map(({ act, offer, ...item }) => ({
        ...item,
        run: () => actions.act(act, selection, offer),
      }))}
      align="end"
      disabled={disabled}
    >
      {words.actions}
      <Icon name="down" />
    </Menu>
  );
}

/** Undefined until they have come. */
function useLoadedActs(): Acts | undefined {
  const [acts, setActs] = useState<Acts>();
  useEffect(() => {
    let isShown = true;
    void loadActs().then((loaded) => isShown && setActs(() => loaded));
    return () => {
      isShown = false;
    };
  }, []);
  return acts;
}
