import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { SceneNode } from '../../scene/scene';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';
import { useScene } from '../state/scene-store';
import type { CanvasActions } from './actions';
import { actOnNode, openObject, useActions } from './actions-context';
import { canvasUi, useCanvasUi, type Menu } from './canvas-ui';
import { actWords } from './DropRail';
import { messages } from './messages';
import { nodeActs } from './node-state';
import './menu.css';

interface Item {
  icon: IconName;
  name: string;
  key?: string;
  grave?: boolean;
  run: () => void;
}

/**
 * What can be done with the object under the pointer or in focus: right click, M, or a long press.
 */
export function CanvasMenu() {
  const menu = useCanvasUi((ui) => ui.menu);
  return menu ? <OpenMenu key={`${menu.kind} ${menu.name} ${menu.x}`} menu={menu} /> : null;
}

function OpenMenu({ menu }: { menu: Menu }) {
  const actions = useActions();
  const node = useScene((scene) => scene.nodes.get(menu.name));
  const items = menu.kind === 'Node' ? nodeItems(actions, node) : podItems(actions, menu);
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: menu.x, top: menu.y });
  useFocusInside(ref);
  useLayoutEffect(() => {
    const box = ref.current;
    const home = box?.offsetParent;
    if (!box || !home) return;
    setPlace({
      left: Math.max(8, Math.min(menu.x, home.clientWidth - box.offsetWidth - 8)),
      top: Math.max(8, Math.min(menu.y, home.clientHeight - box.offsetHeight - 8)),
    });
  }, [menu]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const buttons = [...(ref.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      closeMenu();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      buttons[(at + by + buttons.length) % buttons.length]?.focus();
    }
  };
  return (
    <div
      ref={ref}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={messages.menuOf(menu.name)}
      style={place}
      onKeyDown={onKeyDown}
    >
      <div className="menu-head mono">{menu.name}</div>
      {items.map((item) => (
        <button
          key={item.name}
          type="button"
          role="menuitem"
          className={item.grave ? 'menu-item grave' : 'menu-item'}
          onClick={() => {
            closeMenu();
            item.run();
          }}
        >
          <Icon name={item.icon} />
          <span>{item.name}</span>
          {item.key && <kbd>{item.key}</kbd>}
        </button>
      ))}
    </div>
  );
}

function nodeItems(actions: CanvasActions, node: SceneNode | undefined): Item[] {
  if (!node) return [];
  const target = { kind: 'Node', namespace: '', name: node.name, text: node.name };
  const items: Item[] = [
    { icon: 'doc', name: messages.inspect, key: 'Enter', run: () => openObject(actions, target) },
  ];
  for (const act of nodeActs(node)) {
    const grave = act === 'powerOff' || act === 'cutCable';
    const key = act === 'powerOff' ? 'Del' : undefined;
    items.push({ ...actWords(act), grave, key, run: () => actOnNode(actions, node, act) });
  }
  return items;
}

function podItems(actions: CanvasActions, menu: Menu): Item[] {
  const { namespace, name } = menu;
  const target = { kind: 'Pod', namespace, name, text: name };
  return [
    { icon: 'doc', name: messages.inspect, key: 'Enter', run: () => openObject(actions, target) },
    {
      icon: 'trash',
      name: messages.deletePod,
      key: 'Del',
      grave: true,
      run: () => actions.deletePod(namespace, name),
    },
  ];
}

/** Moves focus into the menu, and back to where it was once it closes. */
function useFocusInside(ref: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const box = ref.current;
    box?.querySelector('button')?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box?.contains(event.target)) closeMenu();
    };
    window.addEventListener('pointerdown', outside, true);
    return () => {
      window.removeEventListener('pointerdown', outside, true);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [ref]);
}

function closeMenu(): void {
  canvasUi.setState({ menu: null });
}

/** Opens the menu of what an element draws, at a place in client pixels; false when it has none. */
export function openMenuFor(element: Element | null, clientX: number, clientY: number): boolean {
  const drawn = element?.closest('[data-kind="Pod"],[data-kind="Node"],[data-kind="Machine"]');
  const home = element?.closest('.cluster-canvas')?.getBoundingClientRect();
  if (!drawn || !home) return false;
  canvasUi.setState({
    menu: {
      kind: drawn.getAttribute('data-kind') === 'Pod' ? 'Pod' : 'Node',
      namespace: drawn.getAttribute('data-namespace') ?? '',
      name: drawn.getAttribute('data-name') ?? '',
      x: clientX - home.x,
      y: clientY - home.y,
    },
  });
  return true;
}
