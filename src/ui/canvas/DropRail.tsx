import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { useScene } from '../state/scene-store';
import { messages } from './messages';
import { dropActs, type NodeAct } from './node-state';

const icons: Record<NodeAct, IconName> = {
  powerOff: 'power',
  powerOn: 'power',
  cutCable: 'cable',
  plugCable: 'plug',
  cordon: 'cordon',
  uncordon: 'check',
};

const names: Record<NodeAct, string> = {
  powerOff: messages.powerOff,
  powerOn: messages.powerOn,
  cutCable: messages.cutCable,
  plugCable: messages.plugCable,
  cordon: messages.cordon,
  uncordon: messages.uncordon,
};

export interface DropRailProps {
  node: string;
  target: NodeAct | null;
}

/** Where a node in the hand can be dropped; the hot target says what will happen. */
export function DropRail({ node: name, target }: DropRailProps) {
  const node = useScene((scene) => scene.nodes.get(name));
  if (!node) return null;
  return (
    <div className="rail" role="listbox" aria-label={messages.menuOf(name)}>
      {dropActs(node).map((act) => (
        <Target key={act} act={act} hot={act === target} name={name} />
      ))}
    </div>
  );
}

function Target({ act, hot, name }: { act: NodeAct; hot: boolean; name: string }) {
  const grave = act === 'powerOff' || act === 'cutCable';
  const dropped = act !== 'cordon' && act !== 'uncordon' ? act : null;
  return (
    <div
      className={`drop${hot ? ' hot' : ''}${grave ? ' grave' : ''}`}
      data-drop={act}
      role="option"
      aria-selected={hot}
    >
      <Icon name={icons[act]} />
      <span>
        <b>{hot && dropped ? messages.drop[dropped] : names[act]}</b>
        {dropped && <small>{messages.dropAbout[dropped](name)}</small>}
      </span>
    </div>
  );
}

/** Icon and name of an act, for menus. */
export function actWords(act: NodeAct): { icon: IconName; name: string } {
  return { icon: icons[act], name: names[act] };
}
