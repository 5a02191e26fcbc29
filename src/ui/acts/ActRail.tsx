import { sceneStore, useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import { dropActs, type DropAct } from './drop-acts';
import { findOffer } from './offered';
import { words } from './words';

export interface ActRailProps {
  node: string;
  target: DropAct | null;
}

/** Where a node in the hand can be dropped; the hot target says what will happen. */
export function ActRail({ node: name, target }: ActRailProps) {
  const node = useScene((scene) => scene.nodes.get(name));
  if (!node) return null;
  return (
    <div className="rail" role="listbox" aria-label={words.menuOf(name)}>
      {dropActs(node).map((act) => (
        <Target key={act} act={act} hot={act === target} name={name} />
      ))}
    </div>
  );
}

function Target({ act, hot, name }: { act: DropAct; hot: boolean; name: string }) {
  const found = findOffer(act, { kind: 'Node', namespace: '', name }, sceneStore.getState());
  if (!found) return null;
  return (
    <div
      className={`drop${hot ? ' hot' : ''}${found.act.grave ? ' grave' : ''}`}
      data-drop={act}
      role="option"
      aria-selected={hot}
    >
      <Icon name={found.act.icon} />
      <span>
        <b>{hot ? words.drop[act] : found.offer.name}</b>
        <small>{found.offer.about}</small>
      </span>
    </div>
  );
}
