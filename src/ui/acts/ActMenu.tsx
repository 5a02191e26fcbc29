import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { openObject, useActions } from '../canvas/actions-context';
import { canvasUi, type Menu } from '../canvas/canvas-ui';
import { words as panels } from '../inspector/group/words';
import { rackGroup } from '../state/node-groups';
import { sceneStore, useScene } from '../state/scene-store';
import { Icon } from '../theme/Icon';
import type { ActGroup, ActTarget } from './act';
import { nodeOf } from './machine-acts';
import { grouped, offeredFor, type Offered } from './offered';
import { useFocusInside, useInsideCanvas } from './popovers';
import { words } from './words';

/** What can be done with an object, where it is: the acts in groups, programs folded. */
export function ActMenu({ menu }: { menu: Menu }) {
  const actions = useActions();
  const target = { kind: menu.kind, namespace: menu.namespace, name: menu.name };
  // What is offered changes with machines and programs, and with what is asked of them.
  useScene(useShallow(({ nodes, components }) => [nodes, components]));
  const groups = grouped(offeredFor(target, sceneStore.getState()));
  const ref = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(menu.kind === 'Component');
  const place = useInsideCanvas(ref, menu);
  useFocusInside(ref, closeMenu);
  useLayoutEffect(() => {
    if (open && menu.kind !== 'Component') focusFirst(ref.current?.querySelector('.menu-fold'));
  }, [open, menu.kind]);
  const choose = ({ act, offer }: Offered) => {
    closeMenu();
    actions.act(act.id, target, offer.id);
  };
  const isCanvas = menu.kind === 'Canvas';
  const title = isCanvas ? words.cluster : menu.name;
  return (
    <div
      ref={ref}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={words.menuOf(title)}
      style={place}
      onKeyDown={(event) => onMenuKey(event, ref.current)}
    >
      <div className="menu-head mono">{title}</div>
      <MenuRow
        icon="doc"
        name={words.inspect}
        hint={isCanvas ? undefined : 'Enter'}
        onClick={() => {
          closeMenu();
          openObject(actions, { ...target, text: menu.name });
        }}
      />
      <RackRow target={target} />
      {groups.map(([group, offered]) => (
        <Group
          key={group}
          group={group}
          offered={offered}
          isFolded={group === 'programs' && menu.kind !== 'Component'}
          isOpen={open}
          onFold={() => setOpen(!open)}
          onChoose={choose}
        />
      ))}
    </div>
  );
}

/** From a machine to what can be done to all of its rack. */
function RackRow({ target }: { target: ActTarget }) {
  const actions = useActions();
  const node = nodeOf(target, sceneStore.getState());
  if (!node?.rack) return null;
  const rack = rackGroup(node.zone, node.rack);
  return (
    <MenuRow
      icon="tank"
      name={panels.acts.open(panels.rack(rack.name))}
      onClick={() => {
        closeMenu();
        openObject(actions, { ...rack, text: rack.name });
      }}
    />
  );
}

interface GroupProps {
  group: ActGroup;
  offered: readonly Offered[];
  isFolded: boolean;
  isOpen: boolean;
  onFold: () => void;
  onChoose: (offered: Offered) => void;
}

function Group({ offered, isFolded, isOpen, onFold, onChoose }: GroupProps) {
  const rows = offered.map((each) => (
    <MenuRow
      key={`${each.act.id} ${each.offer.id}`}
      icon={each.act.icon}
      name={each.offer.name}
      about={each.offer.about}
      hint={keyHint(each, isFolded)}
      grave={each.act.grave}
      onClick={() => onChoose(each)}
    />
  ));
  if (!isFolded) {
    return (
      <div className="menu-group" role="group">
        {rows}
      </div>
    );
  }
  return (
    <div className="menu-group" role="group">
      <button
        type="button"
        role="menuitem"
        className="menu-item"
        aria-expanded={isOpen}
        onClick={onFold}
      >
        <Icon name="loop" />
        <span>{words.programs}</span>
        <Icon name={isOpen ? 'down' : 'chev'} size={12} />
      </button>
      {isOpen && <div className="menu-fold">{rows}</div>}
    </div>
  );
}

function keyHint({ act, offer }: Offered, isFolded: boolean): string | undefined {
  // Only the first of an act's offers is what its key does.
  if (isFolded || !act.key || (offer.id !== '' && act.group !== 'pod')) return undefined;
  return act.key === 'Delete' ? 'Del' : act.key.toUpperCase();
}

interface RowProps {
  icon: Parameters<typeof Icon>[0]['name'];
  name: string;
  about?: string;
  hint?: string;
  grave?: boolean;
  onClick: () => void;
}

function MenuRow({ icon, name, about, hint, grave, onClick }: RowProps) {
  return (
    <button
      type="button"
      role="menuitem"
      aria-label={name}
      title={about}
      className={grave ? 'menu-item grave' : 'menu-item'}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span>{name}</span>
      {hint && <kbd>{hint}</kbd>}
    </button>
  );
}

function closeMenu(): void {
  canvasUi.setState({ menu: null });
}

function focusFirst(box: Element | null | undefined): void {
  box?.querySelector('button')?.focus();
}

function onMenuKey(event: KeyboardEvent, box: HTMLElement | null): void {
  event.stopPropagation();
  const buttons = [...(box?.querySelectorAll('button') ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to: Record<string, number> = {
    ArrowDown: (at + 1) % buttons.length,
    ArrowUp: (at - 1 + buttons.length) % buttons.length,
    Home: 0,
    End: buttons.length - 1,
  };
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    closeMenu();
  } else if (event.key in to) {
    event.preventDefault();
    buttons[to[event.key]!]?.focus();
  } else if (event.key === 'Delete' || (/^\S$/.test(event.key) && !isCommand(event))) {
    const hint = event.key === 'Delete' ? 'Del' : event.key.toUpperCase();
    buttons.find((button) => button.querySelector('kbd')?.textContent === hint)?.click();
  }
}

function isCommand({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}
