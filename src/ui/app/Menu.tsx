import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from '../theme/Icon';
import type { IconName } from '../theme/icon-paths';

export interface MenuItem {
  id: string;
  name: ReactNode;
  about?: string;
  icon?: IconName;
  /** Heading under which it stands with its neighbours of the same group. */
  group?: string;
  /** For a choice of one among several. */
  checked?: boolean;
  /** It makes no sense now. */
  disabled?: boolean;
  /** Takes something away. */
  grave?: boolean;
  run: () => void;
}

export interface MenuProps {
  /** Name of the button, when its content is no words. */
  label?: string;
  /** Name of the list. */
  menuLabel: string;
  className: string;
  items: readonly MenuItem[];
  /** Words above the items. */
  heading?: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  above?: boolean;
  /** In columns, for many items. */
  wide?: boolean;
  disabled?: boolean;
  /** Called whenever the list is opened. */
  onOpen?: () => void;
}

/** A button with a list of things to do. Arrows move, Escape and Tab close, focus goes back. */
export function Menu(props: MenuProps) {
  const [open, setOpen] = useState(false);
  const wrap = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useOutsidePress(wrap, open, () => setOpen(false));
  const openList = () => {
    if (!open) props.onOpen?.();
    setOpen(!open);
  };
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="pop-wrap" ref={wrap}>
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        disabled={props.disabled}
        onClick={openList}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          if (!open) openList();
        }}
      >
        {props.children}
      </button>
      {open && <MenuList {...props} id={id} onClose={close} />}
    </div>
  );
}

interface MenuListProps extends MenuProps {
  id: string;
  onClose: () => void;
}

function MenuList({ id, menuLabel, items, heading, align, above, wide, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = list.current?.querySelector<HTMLElement>('[aria-checked=true]');
    (first ?? itemsIn(list.current)[0])?.focus();
  }, []);
  const sides = [wide && 'pop-wide', align === 'end' && 'pop-end', above && 'pop-above'];
  const place = ['pop pop-menu', ...sides].filter(Boolean).join(' ');
  return (
    <div className={place}>
      {heading && <div className="pop-heading">{heading}</div>}
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={menuLabel}
        tabIndex={-1}
        onKeyDown={(event) => onMenuKey(event, list.current, onClose)}
      >
        {groupsOf(items).map(([group, rows]) => (
          <MenuGroup key={group} name={group}>
            {rows.map((item) => (
              <MenuRow key={item.id} item={item} onClose={onClose} />
            ))}
          </MenuGroup>
        ))}
      </div>
    </div>
  );
}

/** Items without a group stand for themselves. */
function MenuGroup({ name, children }: { name: string; children: ReactNode }) {
  if (name === '') return children;
  return (
    <div role="group" aria-label={name} className="pop-group">
      <div className="pop-heading" aria-hidden="true">
        {name}
      </div>
      {children}
    </div>
  );
}

function groupsOf(items: readonly MenuItem[]): [string, MenuItem[]][] {
  const groups = new Map<string, MenuItem[]>();
  for (const item of items) {
    const held = groups.get(item.group ?? '');
    if (held) held.push(item);
    else groups.set(item.group ?? '', [item]);
  }
  return [...groups];
}

function MenuRow({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const isChoice = item.checked !== undefined;
  return (
    <button
      type="button"
      role={isChoice ? 'menuitemradio' : 'menuitem'}
      aria-checked={isChoice ? item.checked : undefined}
      aria-disabled={item.disabled}
      tabIndex={-1}
      className={`pop-item${item.grave ? ' is-grave' : ''}`}
      onClick={() => {
        if (item.disabled) return;
        onClose();
        item.run();
      }}
    >
      {isChoice && (
        <span className="pop-mark">{item.checked && <Icon name="check" size={14} />}</span>
      )}
      {item.icon && <Icon name={item.icon} />}
      <span>
        {item.name}
        {item.about && <small>{item.about}</small>}
      </span>
    </button>
  );
}

function itemsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

function onMenuKey(event: KeyboardEvent, list: HTMLElement | null, onClose: () => void): void {
  const items = itemsIn(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  event.stopPropagation();
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    onClose();
  } else if (event.key in to) {
    event.preventDefault();
    items[to[event.key]!]?.focus();
  }
}

/** Calls back when a press lands outside an open popover. */
export function useOutsidePress(
  wrap: React.RefObject<HTMLElement | null>,
  open: boolean,
  close: () => void,
): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!wrap.current?.contains(event.target as Node)) latest.current();
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => document.removeEventListener('pointerdown', onPress, true);
  }, [open, wrap]);
}
